"""What every handler is given: the ways to ask, to change, to know people, and to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.engines.papers import FileForm, Paper
from bot.queries.people import Person
from bot.queries.reading import Reader
from bot.queries.rulebook import Rulebooks
from bot.settings import Settings
from bot.slack.answering import Answers
from bot.slack.people import People
from bot.slack.pictures import Pictures
from bot.slack.sending import Sender
from bot.slack.sources import Sources
from bot.slack.words.normalise import unescape
from bot.usecases.unit import Units


class PaperFiles(Protocol):
    """Who makes files of postmortems (web/postmortem_files.py)."""

    @property
    def forms(self) -> tuple[FileForm, ...]:
        """Those that can be made here."""

    async def made(self, paper: Paper, form: FileForm) -> bytes:
        """The content of a file.

        Raises:
            NotFound: none of that form can be made here.
            Unavailable: it was not made in time.
        """


@dataclass(frozen=True, slots=True)
class Desk:
    """Made once in wiring."""

    reader: Reader
    units: Units
    people: People
    answers: Answers
    client: AsyncWebClient
    settings: Settings
    sender: Sender
    pictures: Pictures
    sources: Sources
    rulebooks: Rulebooks
    files: PaperFiles


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a person asks for in words, typed after a command or behind a button; the same for both.

    `words` is what follows the verb, as Slack sends it: mentions in `<…>`, the three characters escaped. `key` names
    this very request, so that Slack's repetition of it is not carried out twice. `trigger_id` opens a form within three
    seconds. `public` asks for an answer that a whole channel may read, in which nobody is pinged. `direct`: it comes
    from direct messages, which are no channel. `response_url` takes later answers, empty where there is none; with
    `replaces` each takes the place of the one before.
    """

    person: Person
    command: str
    verb: str
    words: str
    channel: str
    key: str
    trigger_id: str
    public: bool = False
    direct: bool = False
    response_url: str = ""
    replaces: bool = False

    @property
    def text(self) -> str:
        """The words as they were typed, for titles, names and times. Mentions are taken from `words`, not from here."""
        return unescape(self.words)

    @property
    def line(self) -> str:
        """The command line that asks this, without the slash: `oncall now payments`."""
        return " ".join(part for part in (self.command.removeprefix("/"), self.verb, self.words) if part)
