"""What was said in a review, by whom and when; and which version of a postmortem one is looking at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.escaping import shortened
from bot.queries.postmortems import PostmortemView, ReviewerView
from bot.queries.remarks import RemarkView
from bot.queries.versions import VersionView
from bot.slack.cards.blocks import Block
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.people import named
from bot.slack.cards.postmortem import verdict_words
from bot.vocabulary import PostmortemStatus, Verdict

_WHEN = "\u200b{date_short_pretty} at {time}"
"""With a space of no width before it, or Slack writes `Today` in the middle of a sentence."""


def said_rows(view: PostmortemView, remarks: Sequence[RemarkView], limit: int) -> list[list[Block]]:
    """A row for each thing that was said, in its order, and one for each reviewer who has not answered.

    Each is elements of rich text, in which every character is shown as typed and nobody is mentioned; what was said in
    at most `limit` characters.
    """
    titles = {each.key: each.title for each in view.sections}
    said = [(each.at, _remark(each, titles.get(each.section or "", each.section or ""), limit)) for each in remarks]
    with_words = {(each.person.id, each.at) for each in remarks if each.verdict}
    for each in view.reviewers:
        if each.said_at and (each.person.id, each.said_at) not in with_words:
            said.append((each.said_at, _verdict(each, limit)))
    pending = [_verdict(each, limit) for each in view.reviewers if each.said_at is None]
    return [*(row for _, row in sorted(said, key=lambda each: each[0])), *pending]


def version_words(view: PostmortemView, versions: Sequence[VersionView]) -> Iterator[str]:
    """Which version it is, or how often it was published before, and how to see an older one; escaped."""
    if not versions:
        return
    last, older = versions[-1], versions[:-1]
    who = f" by {named(last.by)}" if last.by else ""
    when = f"{day_and_time(last.at)}{who}"
    if view.status is PostmortemStatus.PUBLISHED:
        before = f" Before it: `/postmortem show {view.label} v{older[-1].number}`." if older else ""
        yield f"Version {last.number}, published {when}.{before}"
        return
    shows = f"`/postmortem show {view.label} v{last.number}` shows it"
    yield f"Version {last.number} of it was published {when}; {shows}. The next is in the making."


def _remark(remark: RemarkView, section: str, limit: int) -> list[Block]:
    match remark.verdict:
        case None:
            deed = f" commented on {section}, " if section else " commented, "
        case _:
            deed = f" asked for changes of {section}, " if section else " asked for changes, "
    return [*_who(remark.person.name, deed, remark.at), _text(f": {shortened(remark.text, limit)}")]


def _verdict(each: ReviewerView, limit: int) -> list[Block]:
    ignored = "" if each.counts else ", which does not count: they own it"
    deed = f" {verdict_words(each)}{ignored}"
    if each.said_at is None:
        return [_text(each.person.name, bold=True), _text(deed)]
    note = each.note if each.verdict is Verdict.CHANGES_REQUESTED else ""
    row = _who(each.person.name, f"{deed}, ", each.said_at)
    return [*row, _text(f": {shortened(note, limit)}")] if note else row


def _who(name: str, deed: str, at: datetime) -> list[Block]:
    fallback = f"{at.astimezone(UTC):%a %d %b %H:%M UTC}"
    when = {"type": "date", "timestamp": int(at.timestamp()), "format": _WHEN, "fallback": fallback}
    return [_text(name, bold=True), _text(deed), when]


def _text(text: str, *, bold: bool = False) -> Block:
    return {"type": "text", "text": text or "…"} | ({"style": {"bold": True}} if bold else {})
