"""What waits for somebody: their open work when they ask, and what a morning's message or a week's digest holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engines.cadence.facts import NudgeKind, Reason
from bot.engines.cadence.nudges import reason
from bot.engines.lifecycle.review import waiting
from bot.queries import drafts
from bot.queries.cadence import Cadence, cadence_of
from bot.queries.drafts import DraftView
from bot.queries.people import Person
from bot.queries.postmortems import Outline, outline, require_member
from bot.queries.reading import Reading
from storage import models, postmortems, reminders


@dataclass(frozen=True, slots=True)
class Item:
    """One postmortem that waits for somebody, and why.

    `kind` is the rung of the ladder that tells it, None where they asked themselves. `approved_by` and `waiting_for`
    are the people of the reason's ids, in its order.
    """

    postmortem: Outline
    kind: NudgeKind | None
    reason: Reason
    approved_by: tuple[Person, ...]
    waiting_for: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What waits for a person, each list newest first.

    `drafts` are their own; `reviews` wait for their verdict; `in_review` are their own that wait for others (or for
    being published); `unsaved` are the texts of theirs that are not in their place.
    """

    drafts: tuple[Item, ...]
    reviews: tuple[Item, ...]
    in_review: tuple[Item, ...]
    unsaved: tuple[DraftView, ...]


async def for_person(reading: Reading, person: Person) -> OpenWork:
    """What waits for a person now.

    Raises:
        NotAllowed: they are an outsider.
    """
    require_member(person, subject="postmortems")
    own = await postmortems.drafts_of(reading.session, person.id)
    reviewed = await postmortems.reviews_of(reading.session, person.id)
    cadence = await cadence_of(reading, [*own, *reviewed])
    asked = [row for row in reviewed if person.id in waiting(cadence.facts[row.id].review, cadence.facts[row.id].rules)]
    return OpenWork(
        drafts=tuple(_item(reading, cadence, row, person.id) for row in own),
        reviews=tuple(_item(reading, cadence, row, person.id) for row in asked),
        in_review=tuple(_item(reading, cadence, row, person.id) for row in reviewed if row.owner_id == person.id),
        unsaved=await drafts.mine(reading, person),
    )


async def morning(reading: Reading, person_id: str) -> tuple[Item, ...]:
    """What a person's morning message says, by the facts of now: empty where all of it was settled meanwhile."""
    return await _nudged(reading, person_id)


async def digest(reading: Reading, channel: str) -> tuple[Item, ...]:
    """What the week's message in a channel says, by the facts of now."""
    return tuple(item for item in await _nudged(reading, channel) if item.kind is NudgeKind.CHANNEL_DIGEST)


async def _nudged(reading: Reading, recipient: str) -> tuple[Item, ...]:
    """Everything that the latest morning of a recipient asks them for, newest first."""
    planned = await reminders.of_recipient(reading.session, recipient)
    rows = await postmortems.by_ids(reading.session, [row.postmortem_id for row in planned])
    rows.sort(key=lambda row: row.number, reverse=True)
    return _due(reading, await cadence_of(reading, rows), recipient, rows)


def _due(reading: Reading, cadence: Cadence, recipient: str, rows: Sequence[models.Postmortem]) -> tuple[Item, ...]:
    since = cadence.latest_morning(recipient, now=reading.now)
    nudges = ((row, cadence.nudge_since(row.id, recipient, morning=since, now=reading.now)) for row in rows)
    return tuple(_item(reading, cadence, row, recipient, nudge.kind) for row, nudge in nudges if nudge)


def _item(
    reading: Reading, cadence: Cadence, row: models.Postmortem, recipient: str, kind: NudgeKind | None = None
) -> Item:
    facts = cadence.facts[row.id]
    why = reason(facts, cadence.zones, recipient, at=reading.now)
    return Item(
        postmortem=outline(reading, row, facts.review, cadence.people[row.owner_id]),
        kind=kind,
        reason=why,
        approved_by=tuple(cadence.people[each] for each in why.approved_by),
        waiting_for=tuple(cadence.people[each] for each in why.waiting_for),
    )
