"""What is said to the bot in words, where no slash can be typed: which command is meant by it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.errors import Unreadable
from bot.slack.words.normalise import for_parsing, split_word
from bot.slack.words.references import is_reference, split_reference
from bot.slack.words.verbs import ONCALL, POSTMORTEM, nearest_verb

COMMANDS = {"/oncall": ONCALL, "/postmortem": POSTMORTEM}
_NAMES = {"oncall": "/oncall", "on-call": "/oncall", "postmortem": "/postmortem"}
_WHO_IS = re.compile(r"who(?:'s| is| are)? (?:currently )?on[- ]?call(?: now)?(?: for| of| in)?", re.IGNORECASE)
_AROUND = "\"'`/?!.,:"
_BESIDE_A_NAME = ",.:;!?-–—"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command and the text that would be typed after it."""

    command: str
    text: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Words that are no command. `nearest` is the whole line that may have been meant, or None."""

    words: str
    nearest: str | None


def addressed(text: str, bot: str) -> str:
    """What is said to the bot, by its id in Slack: what follows its mention, else what stands before it.

    A text without its mention (a direct message) is said to it as a whole.
    """
    before, mention, after = _partition(text, bot)
    after = after.lstrip(f"{_BESIDE_A_NAME} ")
    return (after if for_parsing(after) else before).strip() if mention else text.strip()


def read_spoken(words: str) -> Spoken | NotUnderstood:
    """Which command the words mean: the one named, else the one whose verb they begin with.

    No words at all ask who is on call; so does `who is on call for payments?`. A verb that both commands have is the
    postmortem's where a postmortem's number follows it.
    """
    first, rest = split_word(words)
    verb = first.strip(_AROUND).casefold()
    if not first:
        return Spoken("/oncall", "")
    if verb in _NAMES:
        return Spoken(_NAMES[verb], rest)
    if is_reference(words):
        return Spoken("/postmortem", words.strip())
    if asked := _WHO_IS.match(for_parsing(words)):
        return Spoken("/oncall", f"now {for_parsing(words)[asked.end() :].strip(_AROUND + ' ')}".strip())
    able = [name for name, verbs in COMMANDS.items() if verb in verbs.words()]
    if not able:
        return NotUnderstood(words, _nearest(verb, rest))
    return Spoken("/postmortem" if len(able) > 1 and _is_of_postmortem(rest) else able[0], words.strip())


def _is_of_postmortem(rest: str) -> bool:
    """Whether what follows a verb of both commands is a postmortem's number, or a verb of postmortems alone."""
    try:
        split_reference(rest)
    except Unreadable:
        word = split_word(rest)[0].casefold()
        return word in POSTMORTEM.words() and word not in ONCALL.words()
    return True


def _nearest(word: str, rest: str) -> str | None:
    found = ((name, nearest_verb(word, verbs)) for name, verbs in COMMANDS.items())
    return next((_line(name, verb, rest) for name, verb in found if verb), None)


def _line(command: str, verb: str, rest: str) -> str:
    return " ".join(part for part in (command, verb, rest) if part)


def _partition(text: str, bot: str) -> tuple[str, str, str]:
    mention = re.search(rf"<@{re.escape(bot)}(?:\|[^>]*)?>", text)
    return (text[: mention.start()], mention[0], text[mention.end() :]) if mention else (text, "", "")
