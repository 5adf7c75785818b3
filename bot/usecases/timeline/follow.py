"""Follow the messages that entries are made of: what their writers edit and delete, until it is published."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.queries import people
from bot.queries.cadence import as_review, rules_of
from bot.queries.history import Happening
from bot.usecases.postmortems.held import Held, happened
from bot.usecases.postmortems.indexing import index
from bot.usecases.timeline.held import HeldEntry
from bot.usecases.unit import Unit
from bot.vocabulary import PostmortemStatus
from storage import postmortems, timeline

DELETED = "(deleted in Slack)"
_EDITED = "edited_ts"


async def message_edited(
    unit: Unit, *, channel: str, ts: str, text: str, file_names: tuple[str, ...], edited_ts: str
) -> None:
    """Have the entries made of a message say what it says now. An entry that a person has rewritten stays.

    `edited_ts` is when it was edited, in Slack's writing: an edit told once more, or late, gives way to one that came
    after it.
    """
    async for entry in _following(unit, channel, ts):
        row, before = entry.row, entry.facts
        if row.text == text and tuple(row.file_names) == file_names:
            continue
        last = await timeline.last_event(unit.session, row.postmortem_id, Happening.FOLLOWED_ENTRY, row.id)
        if last is not None and last.after.get(_EDITED, "") >= edited_ts:
            continue
        row.text, row.file_names = text, list(file_names)
        await _followed(unit, entry, before, {"is_deleted": False, _EDITED: edited_ts})


async def message_deleted(unit: Unit, *, channel: str, ts: str) -> None:
    """Strike out the entries made of a message that was deleted; their text is kept, the link to it is not."""
    async for entry in _following(unit, channel, ts):
        row, before = entry.row, entry.facts
        row.text, row.permalink, row.follows = struck(row.text), "", False
        await _followed(unit, entry, before, {"is_deleted": True})


def struck(text: str) -> str:
    """Slack's mrkdwn struck out line by line, and why."""
    lines = (f"~{line.strip()}~" if line.strip() else line for line in text.splitlines())
    return " ".join(each for each in ("\n".join(lines), DELETED) if each)


async def _following(unit: Unit, channel: str, ts: str) -> AsyncIterator[HeldEntry]:
    """The entries to be changed, one after the other, each with its postmortem held."""
    for found in await timeline.following(unit.session, channel, ts):
        postmortem = await postmortems.by_number(unit.session, found.number, lock=True)
        row = await timeline.by_id(unit.session, found.entry.id, lock=True)
        if postmortem is None or row is None or row.postmortem_id != postmortem.id:
            continue
        if not row.follows or postmortem.status == PostmortemStatus.PUBLISHED:
            continue
        reviewers = (await postmortems.reviewers(unit.session, [postmortem.id]))[postmortem.id]
        known = await people.by_ids(unit.reading, [each.user_id for each in reviewers])
        review = as_review(postmortem, reviewers, known)
        yield HeldEntry(row, Held(postmortem, reviewers, review, rules_of(unit.settings)))


async def _followed(unit: Unit, entry: HeldEntry, before: dict[str, object], what: dict[str, object]) -> None:
    await index(unit, entry.postmortem.row)
    after = {**entry.facts, **what}
    await happened(unit, entry.postmortem, Happening.FOLLOWED_ENTRY, before=before, after=after)
