"""The verbs of each command: what they are called, and which one somebody typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.slack.words.normalise import for_parsing, split_word
from bot.slack.words.references import is_reference

# Three letters of five in place: "nwo" is "now" (0.67), "banana" is nothing.
_CUT_OFF = 0.6


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing a command can do. `usage` is what follows the command's name; `help` is one line."""

    name: str
    usage: str
    help: str
    aliases: tuple[str, ...] = ()

    def usage_line(self, command: str) -> str:
        """How it is typed, under the name the command has in this workspace (`/oncall`)."""
        return f"{command} {self.usage}"


@dataclass(frozen=True, slots=True)
class Verbs:
    """A command's verbs in the order help shows them.

    `default` is meant by no word at all. With `shows`, a reference alone (`PM-12`) means that verb.
    """

    verbs: tuple[Verb, ...]
    default: str
    shows: str = ""

    def __iter__(self) -> Iterator[Verb]:
        return iter(self.verbs)

    def named(self, name: str) -> Verb:
        """The verb of exactly this name.

        Raises:
            KeyError: there is none: a mistake of ours, not of the person who types.
        """
        return {verb.name: verb for verb in self.verbs}[name]

    def words(self) -> dict[str, Verb]:
        """Every word that means a verb, names and aliases."""
        return {word: verb for verb in self.verbs for word in (verb.name, *verb.aliases)}

    def help_lines(self, command: str) -> tuple[tuple[str, str], ...]:
        """Usage and help of every verb, under the command's name."""
        return tuple((verb.usage_line(command), verb.help) for verb in self.verbs)


@dataclass(frozen=True, slots=True)
class Asked:
    """A verb and what follows it, exactly as it was typed."""

    verb: Verb
    rest: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A first word that is no verb. `nearest` names the verb that may have been meant; `rest` follows the word."""

    word: str
    nearest: str | None
    rest: str


def read_verb(text: str, verbs: Verbs) -> Asked | Unknown:
    """Split a command's text into its verb and the rest.

    Case, quotes and invisible characters do not count; no text at all is the default verb. The rest is not normalised:
    it may be a title.
    """
    word, rest = split_word(text)
    if not word:
        return Asked(verbs.named(verbs.default), "")
    if verbs.shows and is_reference(text):
        return Asked(verbs.named(verbs.shows), text.strip())
    words = verbs.words()
    plain = word.strip("\"'`/?!.,:").casefold()
    if plain in words:
        return Asked(words[plain], rest)
    return Unknown(word, nearest_verb(plain, verbs), rest)


def nearest_verb(word: str, verbs: Verbs) -> str | None:
    """The name of the verb whose name or alias is most like the word, or None if none is alike."""
    words = verbs.words()
    plain = for_parsing(word).casefold()
    best = process.extractOne(plain, list(words), scorer=OSA.normalized_similarity, score_cutoff=_CUT_OFF)
    return None if best is None else words[best[0]].name


ONCALL = Verbs(
    default="now",
    verbs=(
        Verb("now", "now [schedule]", "who is on call, until when, and who is next", ("who", "whoisoncall")),
        Verb("next", "next [schedule]", "the next hand-off: who, when, for how long"),
        Verb("at", "at <time> [schedule]", "who was or will be on call, e.g. at fri 18:00"),
        Verb("me", "me [until]", "your shifts", ("shifts",)),
        Verb("week", "week [schedule] [next]", "who has which watch this week, as a picture"),
        Verb("month", "month [schedule] [2026-11]", "the same for a month"),
        Verb("why", "why [@user]", "the reasons for who is on call"),
        Verb("override", "override @user <from> <to> [schedule]", "put somebody on call, now or later"),
        Verb("page", "page <schedule> <what is wrong>", "reach the person on call, now"),
        Verb("undo", "undo [@user]", "take back your last change, within ten minutes"),
        Verb("schedules", "schedules [new | edit <name>]", "see, make and edit schedules"),
        Verb("link", "link [schedule]", "this channel's schedules: they come first here"),
        Verb("unlink", "unlink [schedule]", "no longer this channel's"),
        Verb("calendar", "calendar [schedule]", "a private link for your calendar app", ("ical",)),
        Verb("log", "log [schedule]", "who changed what, and when", ("history",)),
        Verb("help", "help [verb]", "this list"),
    ),
)

POSTMORTEM = Verbs(
    default="mine",
    shows="show",
    verbs=(
        Verb("mine", "mine", "your open work: drafts, reviews that wait for you"),
        Verb("create", "create [title]", "start a postmortem", ("new",)),
        Verb("show", "show PM-12 [v1]", "all of it, or an older version; PM-12 alone does the same"),
        Verb("edit", "edit PM-12 [section]", "write a section"),
        Verb("add", "add PM-12 [time] <text>", "what happened when: an entry of its timeline"),
        Verb("timeline", "timeline PM-12", "see, edit and remove the entries of its timeline"),
        Verb("times", "times PM-12", "put right when it was detected, responded to and resolved"),
        Verb(
            "action",
            "action PM-12 <text> @owner <due> [#kind] [issue]",
            "a follow-up, so that it does not happen again",
        ),
        Verb("actions", "actions [mine|team|overdue|PM-12]", "follow-ups: done, moved, edited, removed"),
        Verb("submit", "submit PM-12 [@reviewers]", "ask for review"),
        Verb("approve", "approve PM-12", "approve what you were asked to review"),
        Verb("changes", "changes PM-12 [section:] <text>", "ask for changes"),
        Verb("comment", "comment PM-12 [section:] <text>", "say something about it, without a verdict"),
        Verb("reviewers", "reviewers [team or service] [@people]", "who reviews unless somebody else is named"),
        Verb("preview", "preview PM-12", "what publishing it would show, and what to look at first"),
        Verb("publish", "publish PM-12 [#channel]", "freeze and announce it"),
        Verb(
            "export",
            "export PM-12 [v1] [md|html|json|pdf]",
            "take it along as a file, in your direct messages",
            ("download",),
        ),
        Verb("reopen", "reopen PM-12 <reason>", "back to draft"),
        Verb("assign", "assign PM-12 @user", "give it to a new owner"),
        Verb("list", "list [draft|review|overdue|published] [team] [since]", "postmortems, newest first"),
        Verb("search", "search <words>", "find postmortems by title, text or service", ("find",)),
        Verb("templates", "templates [name | new]", "what postmortems begin with: see, make and edit", ("template",)),
        Verb("stats", "stats [team] [since]", "time to publish, overdue, actions, what comes back; as CSV, too"),
        Verb("snooze", "snooze PM-12 <until>", "no reminders until that day"),
        Verb("delete", "delete PM-12", "remove it; ten minutes to take that back"),
        Verb("undo", "undo PM-12", "bring back what was deleted, within ten minutes", ("restore",)),
        Verb("help", "help [verb]", "this list"),
    ),
)
