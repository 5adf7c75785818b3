"""A follow-up as one types it: `Add an alarm @mia fri #detect https://…/OPS-12`, what follows the text in any order.

Only what surely is one is taken: a person or `me` at either end, and at the end a day that lies ahead, a kind behind
its `#`, and the address of an issue. All else stays in the text, letter for letter, and what is missing then is asked
for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.engines import wallclock
from bot.errors import Unreadable
from bot.slack.words.mentions import extract
from bot.slack.words.normalise import as_typed, for_parsing, unescape
from bot.slack.words.times import read_date
from bot.slack.words.times.tokens import spelt
from bot.vocabulary import ActionKind

MOST_WORDS_OF_A_DAY = 5
_PERSON = r"(?:<@(?P<id>[UW][A-Z0-9]+)(?:\|[^<>]*)?>|(?P<me>me))"
_AT_THE_END = re.compile(rf"(?:(?:^|\s)owner:?\s+|^|(?<=\s)){_PERSON}[\s,.;:]*$", re.IGNORECASE)
_AT_THE_BEGINNING = re.compile(rf"^\s*(?:owner:?\s+)?{_PERSON}(?=[\s,;:]|$)[\s,;:]*", re.IGNORECASE)
_KIND_AT_THE_END = re.compile(
    rf"(?:^|(?<=\s))(?:#|<#[CG][A-Z0-9]+\|)(?P<kind>{'|'.join(ActionKind)})>?[\s,.;]*$", re.IGNORECASE
)
"""Slack makes a link of it where a channel is called the same."""
_ISSUE_AT_THE_END = re.compile(
    r"(?:^|(?<=\s))(?:jira:?\s+)?(?:<(?P<link>https://[^\s<>|]+)(?:\|[^<>]*)?>|(?P<bare>https://[^\s<>|]+))[\s,.;]*$",
    re.IGNORECASE,
)
_KEY_OF_AN_ISSUE = re.compile(r"/[A-Z][A-Z0-9_]+-\d+/?(?:[?#]|$)")
"""Any other address may well be a part of what is to be done."""
_LAST_WORDS = re.compile(r"\S+\s*$")
_BARE_DISTANCE = re.compile(
    r"(?:(?:by|until|till?) )?\d[\d a-z,]*?(?<![a-z])(?:d|days?|w|wks?|weeks?|fortnights?|months?|years?)"
)
_BELONGS_TO_THE_TEXT = frozenset({"the", "of", "a", "an"})
_DUE = re.compile(r"due:?(?:\s+|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedAction:
    """What was understood: `owner` is an id in Slack. None, or an empty text or address, is what was not said.

    `text` has no tokens of Slack's in it any more: people stand in it as they were typed, `@raj`.
    """

    text: str
    owner: str | None
    due: date | None
    kind: ActionKind | None = None
    jira_url: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing needs to be asked for."""
        return bool(self.text and self.owner and self.due)


def read_action(words: str, *, me: str, now: datetime, zone: ZoneInfo) -> TypedAction:
    """Read what follows the postmortem's number, as Slack sent it; `me` is who typed it, by their id in Slack.

    A person in the middle of the text is a part of it: `named_within` says whom to propose.
    """
    rest, owner, due, kind, issue = words.strip(), "", None, None, ""
    for _ in range(4):
        if kind is None and (match := _KIND_AT_THE_END.search(rest)):
            kind, rest = ActionKind(match["kind"].lower()), rest[: match.start()].rstrip(" ,;")
        if not issue and (match := _ISSUE_AT_THE_END.search(rest)) and _KEY_OF_AN_ISSUE.search(_address(match)):
            issue, rest = _address(match), rest[: match.start()].rstrip(" ,;")
        if not owner and (match := _AT_THE_END.search(rest)):
            owner, rest = _who(match, me), rest[: match.start()].rstrip(" ,;")
        if due is None and (found := _day_at_the_end(rest, now, zone)):
            due, rest = found
    if not owner and (match := _AT_THE_BEGINNING.match(rest)):
        owner, rest = _who(match, me), rest[match.end() :]
    return TypedAction(as_typed(rest).strip(), owner or None, due, kind, issue)


def named_within(words: str) -> str | None:
    """The one person whom a text mentions, by their id in Slack, to be proposed as owner; None: nobody, or several."""
    users = extract(words).users
    return users[0] if len(users) == 1 else None


def _who(match: re.Match[str], me: str) -> str:
    return me if match["me"] else match["id"].upper()


def _address(match: re.Match[str]) -> str:
    return unescape(match["link"] or match["bare"])


def _day_at_the_end(text: str, now: datetime, zone: ZoneInfo) -> tuple[date, str] | None:
    """The day ahead that the longest end of the text means, and the text before it."""
    found: tuple[date, str] | None = None
    start = len(text)
    for _ in range(MOST_WORDS_OF_A_DAY):
        match = _LAST_WORDS.search(text[:start])
        if match is None:
            break
        start = match.start()
        day = _day(text[start:], now, zone)
        if day is not None:
            found = (day, text[:start].rstrip(" ,;"))
    is_ahead = found is not None and found[0] >= wallclock.to_local(now, zone).date()
    return found if is_ahead else None


def _day(phrase: str, now: datetime, zone: ZoneInfo) -> date | None:
    """The day that a whole phrase names. `3 days` and `by 3 days` name none: that may well be what is to be changed."""
    plain = _DUE.sub("", for_parsing(phrase), count=1)
    if not plain or plain.split()[0].lower() in _BELONGS_TO_THE_TEXT or _BARE_DISTANCE.fullmatch(spelt(plain)):
        return None
    try:
        return read_date(plain.strip(" ,;."), now, zone)
    except Unreadable:
        return None
