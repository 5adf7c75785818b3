"""What is worth keeping of a line that could not be carried out: its title, its text, its reason."""

from __future__ import annotations

from bot.errors import Unreadable
from bot.slack.cards.typed import text_value
from bot.slack.commands.postmortem.about import spoken
from bot.slack.ids import Form
from bot.slack.keeping import NEW_POSTMORTEM, Typed
from bot.slack.words.normalise import as_typed

REASON_MARKS = (" because ", ": ", ", ")


def title(words: str) -> Typed | None:
    """`create Checkout down`."""
    typed = as_typed(words).strip()
    return Typed(Form.CREATE, NEW_POSTMORTEM, {"values": {"title": text_value(typed)}}) if typed else None


def entry(words: str) -> Typed | None:
    """`add PM-12 14:05 rolled back`: with its time, which belongs to what was typed."""
    subject, text = _divided(words)
    return Typed(Form.ENTRY, subject, {"values": {"text": text_value(text)}}) if text else None


def changes(words: str) -> Typed | None:
    """`changes PM-12 what should change`."""
    subject, text = _divided(words)
    return Typed(Form.CHANGES, subject, {"values": {"text": text_value(text)}}) if text else None


def comment(words: str) -> Typed | None:
    """`comment PM-12 what one has to say`."""
    subject, text = _divided(words)
    return Typed(Form.COMMENT, subject, {"values": {"text": text_value(text)}}) if text else None


def reason(words: str) -> Typed | None:
    """`reopen PM-12 why`."""
    subject, text = _divided(words)
    return Typed(Form.REOPEN, subject, {"values": {"reason": text_value(text)}}) if text else None


def snooze_reason(words: str) -> Typed | None:
    """`snooze PM-12 friday because the fix ships then`."""
    subject, text = _divided(words)
    _, why = with_reason(text)
    return Typed(Form.SNOOZE, subject, {"values": {"reason": text_value(why)}}) if why else None


def with_reason(words: str) -> tuple[str, str]:
    """`friday because the fix ships then` as its two parts; the reason is optional."""
    for mark in REASON_MARKS:
        day, found, why = words.partition(mark)
        if found:
            return day, why.strip()
    return words, ""


def _divided(words: str) -> tuple[str, str]:
    """What it is about and what it says; where no number can be read, everything is what it says."""
    try:
        number, text = spoken(words)
    except Unreadable:
        return "", as_typed(words).strip()
    return f"PM-{number}", text.strip()
