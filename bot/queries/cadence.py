"""Postmortems as the cadence sees them: their facts, and the zones of everyone who may hear of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.engines.cadence.facts import Facts, Nudge, NudgeKind, OwedAction, Zones
from bot.engines.cadence.mornings import next_monday_morning, next_morning
from bot.engines.cadence.nudges import actions_called_for, next_nudges, rung_of
from bot.engines.lifecycle.review import Review, Reviewer, ReviewRules
from bot.engines.wallclock import zone_of
from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.settings import Settings
from bot.vocabulary import PostmortemStatus, Verdict
from storage import cadence, models, postmortems
from storage.cadence import Gathered

# Any eight days hold a Monday morning, also where the clocks change between two of them.
_LOOK_BACK = timedelta(days=8)
_A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Cadence:
    """The facts of some postmortems, by their id; the people in them, by theirs; and everyone's zone."""

    facts: Mapping[str, Facts]
    people: Mapping[str, Person]
    zones: Zones
    hour: int
    _reckoned: dict[tuple[str, datetime], tuple[Nudge, ...]] = field(default_factory=dict, compare=False, repr=False)

    def next_nudges(self, postmortem_id: str, *, after: datetime) -> tuple[Nudge, ...]:
        """Who hears of a postmortem next, and when, by the facts as they are; reckoned once."""
        key = postmortem_id, after
        if key not in self._reckoned:
            self._reckoned[key] = next_nudges(self.facts[postmortem_id], self.zones, after=after, hour=self.hour)
        return self._reckoned[key]

    def nudge_since(self, postmortem_id: str, recipient: str, *, morning: datetime, now: datetime) -> Nudge | None:
        """The nudge that the facts of now give a recipient from a morning on, until now; None where they give none."""
        nudges = self.next_nudges(postmortem_id, after=morning - _A_MOMENT)
        return next((each for each in nudges if each.recipient == recipient and each.at <= now), None)

    def actions_since(
        self, postmortem_id: str, recipient: str, *, morning: datetime, now: datetime
    ) -> dict[str, NudgeKind]:
        """The ids of open actions of which a recipient is reminded from a morning on, until now, and as whom."""
        facts = self.facts[postmortem_id]
        called = actions_called_for(facts, self.zones, recipient, morning=morning, now=now, hour=self.hour)
        return {each.id: rung_of(each, facts, recipient) for each in called}

    def latest_morning(self, recipient: str, *, now: datetime) -> datetime:
        """The last working morning of a recipient that has begun; a channel's are Mondays."""
        zone = self.zones.of(recipient)
        following = next_morning if recipient in self.people else next_monday_morning
        latest = following(now - _LOOK_BACK, zone, self.hour)
        while (later := following(latest, zone, self.hour)) <= now:
            latest = later
        return latest


async def cadence_of(
    reading: Reading,
    rows: Sequence[models.Postmortem],
    *,
    reviewers: Mapping[str, Sequence[models.Reviewer]] | None = None,
) -> Cadence:
    """The cadence of these postmortems, in at most three statements however many they are.

    `reviewers`: those of each, by its id, where the caller has them in hands.
    """
    session, settings = reading.session, reading.settings
    ids = [row.id for row in rows]
    if reviewers is None:
        reviewers = await postmortems.reviewers(session, ids)
    team_ids = [row.team_id for row in rows if row.team_id]
    beside = await cadence.gathered(session, ids, team_ids=team_ids, named_admins=settings.admins)
    quiet: dict[str, dict[str, date]] = {each: {} for each in ids}
    for postmortem_id, user_id, until in beside.snoozes:
        quiet[postmortem_id][user_id] = until
    owed: dict[str, list[OwedAction]] = {each: [] for each in ids}
    for action in beside.owed:
        owed[action.postmortem_id].append(OwedAction(action.id, action.owner_id, action.due_on))
    known = await people.by_ids(reading, _everyone(rows, reviewers, beside))
    zones = {each.id: each.zone for each in known.values() if each.timezone}
    facts = {
        row.id: Facts(
            review=as_review(row, reviewers[row.id], known),
            text_changed_at=row.text_changed_at,
            due=due_on(row),
            rules=rules_of(settings),
            leads=tuple(beside.leads.get(row.team_id or "", ())),
            admins=tuple(beside.admins),
            channel=row.channel,
            snoozes=quiet[row.id],
            actions=tuple(owed[row.id]),
        )
        for row in rows
    }
    return Cadence(facts, known, Zones(zones, zone_of(beside.commonest_timezone or "UTC")), settings.nudge_hour)


def rules_of(settings: Settings) -> ReviewRules:
    """What the settings say about reviews."""
    return ReviewRules(required=settings.review_approvals, self_approval=settings.self_approval)


def due_on(row: models.Postmortem) -> date | None:
    """The day it is due as what it is now, a draft or a review; None once it is published."""
    match PostmortemStatus(row.status):
        case PostmortemStatus.DRAFT:
            return row.draft_due_on
        case PostmortemStatus.IN_REVIEW:
            return row.review_due_on
        case PostmortemStatus.PUBLISHED:
            return None


def as_review(row: models.Postmortem, reviewers: Iterable[models.Reviewer], known: Mapping[str, Person]) -> Review:
    """The rows as the engine of reviews takes them; `known` holds the reviewers by their id."""
    return Review(
        name=f"PM-{row.number}",
        owner_id=row.owner_id,
        status=PostmortemStatus(row.status),
        reviewers=tuple(
            Reviewer(
                each.user_id, each.asked_at, Verdict(each.verdict), each.said_at, has_left=known[each.user_id].has_left
            )
            for each in reviewers
        ),
        asked_at=row.review_asked_at,
    )


def _everyone(
    rows: Iterable[models.Postmortem], reviewers: Mapping[str, Iterable[models.Reviewer]], beside: Gathered
) -> set[str]:
    owners = {row.owner_id for row in rows} | {each.owner_id for each in beside.owed}
    asked = {each.user_id for group in reviewers.values() for each in group}
    return owners | asked | {each for group in beside.leads.values() for each in group} | set(beside.admins)
