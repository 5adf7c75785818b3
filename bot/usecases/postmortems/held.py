"""One postmortem in a verb's hands: its row locked, its review as the engine takes it, and the way back into rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.engines.lifecycle.review import Review, ReviewRules, section_edited
from bot.errors import Locked
from bot.queries import people
from bot.queries.actors import KeyHolder
from bot.queries.cadence import as_review, rules_of
from bot.queries.deletions import absent
from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.usecases.reminders.plan import plan
from bot.usecases.roles import authorise
from bot.usecases.unit import Unit
from bot.vocabulary import PostmortemStatus, Verb
from storage import models, postmortems


@dataclass(slots=True)
class Held:
    """A postmortem whose row nobody else changes before this transaction ends."""

    row: models.Postmortem
    reviewers: list[models.Reviewer]
    review: Review
    rules: ReviewRules

    @property
    def label(self) -> str:
        """What people call it: `PM-12`."""
        return self.review.name


async def hold(unit: Unit, number: int, verb: Verb) -> Held:
    """The postmortem of that number, for an actor who may do this to it.

    Raises:
        NotFound: there is none of that number, or it was deleted: by whom, and how to bring it back.
        NotAllowed: the actor may not; the sentence says who may. A key acts for another team.
    """
    row = await postmortems.by_number(unit.session, number, lock=True)
    if row is None:
        raise await absent(unit.reading, number, unit.acting_person)
    return await take(unit, row, verb)


async def take(unit: Unit, row: models.Postmortem, verb: Verb) -> Held:
    """The same of a row that is locked already, deleted or not.

    Raises:
        NotAllowed: the actor may not; the sentence says who may.
    """
    reviewers = (await postmortems.reviewers(unit.session, [row.id]))[row.id]
    known = await people.by_ids(unit.reading, [each.user_id for each in reviewers])
    held = Held(row, reviewers, as_review(row, reviewers, known), rules_of(unit.settings))
    await authorise(
        unit,
        verb,
        subject=held.label,
        owner_id=row.owner_id,
        reviewer_ids=[each.user_id for each in reviewers],
        team_id=row.team_id,
    )
    return held


def require_unlocked(unit: Unit, held: Held) -> None:
    """Go on only where it is not published; a program is told its own way out.

    Raises:
        Locked: it is published.
    """
    if isinstance(unit.actor, KeyHolder) and held.review.status is PostmortemStatus.PUBLISHED:
        way_out = f"Change its status to draft or in-review first: `PUT /v2/postmortem/{held.row.id}/status`."
        raise Locked(f"{held.label} is published and cannot be updated. {way_out}")
    section_edited(held.review, now=unit.now)


async def put(unit: Unit, held: Held, review: Review) -> None:
    """Write a review, moved on by the engine, back into the rows; who is no longer a reviewer is let go of."""
    row = held.row
    row.status, row.owner_id, row.review_asked_at = review.status, review.owner_id, review.asked_at
    known = {each.user_id: each for each in held.reviewers}
    for user_id in known.keys() - {each.user_id for each in review.reviewers}:
        await unit.session.delete(known[user_id])
    held.reviewers = [
        known.get(each.user_id)
        or models.Reviewer(postmortem_id=row.id, user_id=each.user_id, position=0, asked_at=each.asked_at)
        for each in review.reviewers
    ]
    for position, (stored, each) in enumerate(zip(held.reviewers, review.reviewers, strict=True)):
        stored.position = position
        stored.asked_at, stored.verdict, stored.said_at = each.asked_at, each.verdict, each.said_at
    unit.session.add_all(held.reviewers)
    held.review = review


async def happened(
    unit: Unit,
    held: Held,
    what: Happening,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    since: datetime | None = None,
) -> int:
    """Write down a change, have the card show it and its thread tell it, and plan its reminders anew.

    `since` is the instant from which reminders are planned, where it was out of sight for a while; now without it.
    Answers the event's id.
    """
    event_id = await unit.event(what, held.row.id, before=before, after=after)
    concerns(unit, held)
    home = await home_of(unit, held.row)
    if home:
        await unit.tell(MessageKind.CARD, held.row.id, home)
        await unit.tell(MessageKind.HISTORY, str(event_id), home, {"postmortem_id": held.row.id})
    await plan(unit, held.row, held.reviewers, since=since)
    return event_id


def concerns(unit: Unit, held: Held) -> None:
    """Its owner's Home tab, and those of its reviewers, show it otherwise from now on."""
    unit.concerned |= {held.row.owner_id, *(each.user_id for each in held.reviewers)}


async def home_of(unit: Unit, row: models.Postmortem) -> str | None:
    """Where its card lives: its channel, else a direct message to its owner; None where that is nobody in Slack."""
    if row.channel:
        return row.channel
    owner = (await people.by_ids(unit.reading, [row.owner_id])).get(row.owner_id)
    return owner.slack_id if owner else None


async def tell_person(unit: Unit, kind: MessageKind, event_id: int, held: Held, person_id: str) -> None:
    """Tell somebody of an event by direct message, but not who did it themselves, nor who is not in Slack.

    Whoever a program does it for did it themselves.
    """
    person = (await people.by_ids(unit.reading, [person_id])).get(person_id)
    did_it = unit.author is not None and unit.author.id == person_id
    if person and person.slack_id and not did_it:
        await unit.tell(kind, str(event_id), person.slack_id, {"postmortem_id": held.row.id})


async def tell_reviewers(unit: Unit, held: Held, reviewer_ids: Iterable[str]) -> None:
    """Send these reviewers their request, or bring the one they have up to date."""
    known = await people.by_ids(unit.reading, reviewer_ids)
    for person in sorted(known.values(), key=lambda each: each.id):
        if person.slack_id and not person.has_left:
            await unit.tell(MessageKind.REVIEW_REQUEST, held.row.id, person.slack_id)
