"""What waits for somebody: their open work when they ask, and what a morning's message or a week's digest holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.engines.cadence.facts import ABOUT_ACTIONS, NudgeKind, Reason
from bot.engines.cadence.nudges import reason
from bot.engines.lifecycle.review import waiting
from bot.queries import actions, drafts
from bot.queries.actions import ActionListing, ActionView
from bot.queries.cadence import Cadence, cadence_of
from bot.queries.drafts import DraftView
from bot.queries.people import Person
from bot.queries.postmortems import Outline, outline, require_member
from bot.queries.reading import Reading
from bot.vocabulary import PostmortemStatus
from storage import models, postmortems, reminders
from storage.postmortems import Filters

POSTMORTEMS = 16
"""Of each list of somebody's open work; more than any message shows."""
ACTIONS = 8
"""Of somebody's open actions, beside everything else that waits for them."""
NO_ACTIONS = ActionListing((), 0)


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
class LeftOut:
    """How many more there are of each list than it holds."""

    drafts: int = 0
    reviews: int = 0
    in_review: int = 0

    @property
    def total(self) -> int:
        """Of all together."""
        return self.drafts + self.reviews + self.in_review


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What waits for a person, each list newest first and no longer than any message shows.

    `drafts` are their own; `reviews` wait for their verdict; `in_review` are their own that wait for others (or for
    being published); `unsaved` are the texts of theirs that are not in their place; `actions` are the first of their
    open ones, the soonest due first.
    """

    drafts: tuple[Item, ...]
    reviews: tuple[Item, ...]
    in_review: tuple[Item, ...]
    unsaved: tuple[DraftView, ...]
    actions: ActionListing = NO_ACTIONS
    left_out: LeftOut = LeftOut()


async def for_person(reading: Reading, person: Person, *, among: Collection[str] | None = None) -> OpenWork:
    """What waits for a person now; with `among`, only of the postmortems with these ids.

    Raises:
        NotAllowed: they are an outsider.
    """
    require_member(person, subject="postmortems")
    limit = POSTMORTEMS if among is None else len(among)
    drafted, reviewed = PostmortemStatus.DRAFT, PostmortemStatus.IN_REVIEW

    async def some(filters: Filters) -> tuple[list[models.Postmortem], int]:
        """The newest, and how many more there are."""
        rows, total = await postmortems.page(reading.session, filters, limit=limit, offset=0)
        return rows, total - len(rows)

    own, more_drafts = await some(Filters(status=drafted, owner_id=person.id, ids=among))
    asked, more_asked = await some(Filters(status=reviewed, asked_id=person.id, ids=among))
    theirs, more_theirs = await some(Filters(status=reviewed, owner_id=person.id, ids=among))
    cadence = await cadence_of(reading, list({row.id: row for row in (*own, *asked, *theirs)}.values()))
    facts = cadence.facts
    judging = [row for row in asked if person.id in waiting(facts[row.id].review, facts[row.id].rules)]
    return OpenWork(
        drafts=tuple(_item(reading, cadence, row, person.id) for row in own),
        reviews=tuple(_item(reading, cadence, row, person.id) for row in judging),
        in_review=tuple(_item(reading, cadence, row, person.id) for row in theirs),
        unsaved=await drafts.mine(reading, person),
        actions=await actions.of_person(reading, person, limit=ACTIONS),
        left_out=LeftOut(more_drafts, more_asked, more_theirs),
    )


async def morning(reading: Reading, person_id: str) -> tuple[Item | ActionView, ...]:
    """What a person's morning message says, by the facts of now: empty where all of it was settled meanwhile.

    Postmortems, and each action by itself, the person's own that is due and those of others that are long overdue;
    newest first, a postmortem before its actions.
    """
    return await _told(reading, person_id)


async def digest(reading: Reading, channel: str) -> tuple[Item | ActionView, ...]:
    """What the week's message in a channel says, by the facts of now: postmortems and actions, in the same order."""
    return await _told(reading, channel)


def number_of(item: Item | ActionView) -> int:
    """The number of the postmortem that an item of a morning is about."""
    return item.postmortem.number if isinstance(item, Item) else item.number


async def _told(reading: Reading, recipient: str) -> tuple[Item | ActionView, ...]:
    cadence, rows = await _planned(reading, recipient)
    since = cadence.latest_morning(recipient, now=reading.now)
    items = _due(reading, cadence, recipient, rows, since=since)
    owed: dict[str, NudgeKind] = {}
    for row in rows:
        owed |= cadence.actions_since(row.id, recipient, morning=since, now=reading.now)
    views = await actions.by_ids(reading, owed, cadence.people.get(recipient))
    both: list[Item | ActionView] = [*items, *(replace(each, rung=owed[each.id]) for each in views)]
    return tuple(sorted(both, key=number_of, reverse=True))


async def _planned(reading: Reading, recipient: str) -> tuple[Cadence, list[models.Postmortem]]:
    """The postmortems of which a recipient will hear, newest first, with their cadence."""
    planned = await reminders.of_recipient(reading.session, recipient)
    rows = await postmortems.by_ids(reading.session, [row.postmortem_id for row in planned])
    rows.sort(key=lambda row: row.number, reverse=True)
    return await cadence_of(reading, rows), rows


def _due(
    reading: Reading, cadence: Cadence, recipient: str, rows: Sequence[models.Postmortem], *, since: datetime
) -> tuple[Item, ...]:
    """What the latest morning of a recipient asks them for, but for actions."""
    nudges = ((row, cadence.nudge_since(row.id, recipient, morning=since, now=reading.now)) for row in rows)
    return tuple(
        _item(reading, cadence, row, recipient, nudge.kind)
        for row, nudge in nudges
        if nudge and nudge.kind not in ABOUT_ACTIONS
    )


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
