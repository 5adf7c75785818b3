"""Who is nudged about a postmortem, and on which morning.

| who | of | from |
| --- | --- | --- |
| its owner | a draft | the working day before it is due |
| a reviewer without verdict | a review | the first morning after being asked |
| its owner | a review | 2 working days past due |
| its reviewers | a draft | 2 working days past due |
| its channel, a digest | both | 5 working days past due, on Mondays |
| the leads of its team, else the admins | both | 10 working days past due |
| an action's owner | any, published ones too | the working day before the action is due |
| the postmortem's owner | the same action | 2 working days past its due day |
| the channel, in its digest | the same action | 5 working days past its due day, on Mondays |
| the leads of the team, else the admins | the same action | 10 working days past its due day |

From then on every working morning, until the facts change: a verdict, a change of status, a snooze, or its deletion;
an action that is done, not needed, moved or somebody else's. A morning is left out while the text changed less than 24
hours before it, but not for actions, which are no text. Nobody climbs to themselves: whoever owns an action hears of
it as its owner alone. The digest is always on a Monday morning, in
the channel's zone, so that all of a channel's postmortems meet in one message a week; a person's snooze is their own
and does not silence it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.engines import wallclock
from bot.engines.cadence.facts import (
    ABOUT_ACTIONS,
    DIGESTS,
    Facts,
    Nudge,
    NudgeKind,
    OwedAction,
    Reason,
    Zones,
)
from bot.engines.cadence.mornings import may_send, next_monday_morning, next_morning
from bot.engines.lifecycle.due import days_overdue, working_day_after, working_day_before
from bot.engines.lifecycle.review import waiting
from bot.vocabulary import PostmortemStatus, Verdict

QUIET_AFTER_A_CHANGE = timedelta(hours=24)
_RUNG_COUNTERPART = 2
_RUNG_CHANNEL = 5
_RUNG_LEAD = 10


@dataclass(frozen=True, slots=True)
class _Claim:
    """One rule that applies to one recipient: from which local day on, and after which instant."""

    recipient: str
    kind: NudgeKind
    from_day: date = date.min
    after: datetime | None = None


def next_nudges(facts: Facts, zones: Zones, *, after: datetime, hour: int) -> tuple[Nudge, ...]:
    """For each recipient the next morning strictly after `after`, soonest first; one nudge a recipient.

    It says what follows from these facts: when they change, ask again. Nothing but its actions for a published
    postmortem. `hour` is the nudge hour, 0 to 23.
    """
    best: dict[str, Nudge] = {}
    for claim in _claims(facts):
        nudge = _planned(claim, facts, zones, after=after, hour=hour)
        known = best.get(claim.recipient)
        if known is None or nudge.at < known.at:
            best[claim.recipient] = nudge
    return tuple(sorted(best.values(), key=lambda nudge: nudge.at))


def still_due(facts: Facts, zones: Zones, recipient: str, *, planned: datetime, now: datetime, hour: int) -> bool:
    """Whether a nudge planned for an earlier instant may go out at `now`, by the facts of now.

    False outside working hours (ask `send_at` for when), and where the facts have moved on since: a verdict, a snooze,
    a change of text within the last 24 hours.
    """
    if not may_send(now, zones.of(recipient), hour):
        return False
    moment_before = planned - timedelta(microseconds=1)
    nudges = next_nudges(facts, zones, after=moment_before, hour=hour)
    return any(nudge.recipient == recipient and nudge.at <= now for nudge in nudges)


def actions_called_for(
    facts: Facts, zones: Zones, recipient: str, *, morning: datetime, now: datetime, hour: int
) -> tuple[OwedAction, ...]:
    """The open actions, their own or overdue ones of others, of which a morning up to `now` reminds a recipient.

    A morning before `morning` does not count.
    """
    before = morning - timedelta(microseconds=1)
    return tuple(
        action
        for action in facts.actions
        if any(
            claim.recipient == recipient and _planned(claim, facts, zones, after=before, hour=hour).at <= now
            for claim in _claims_of_action(action, facts)
        )
    )


def rung_of(action: OwedAction, facts: Facts, recipient: str) -> NudgeKind:
    """As whom a recipient hears of an action of which they are reminded; the nearest to it counts."""
    if recipient == action.owner_id:
        return NudgeKind.ACTION_OWNER
    if recipient == facts.review.owner_id:
        return NudgeKind.OWNER_OF_ACTIONS
    return NudgeKind.DIGEST_OF_ACTIONS if recipient == facts.channel else NudgeKind.LEAD_OF_ACTIONS


def reason(facts: Facts, zones: Zones, recipient: str, *, at: datetime) -> Reason:
    """What to tell a recipient at an instant; for a nudge sent late, the reason of the day it is sent."""
    zone = zones.of(recipient)
    today = wallclock.to_local(at, zone).date()
    asked_at = facts.review.asked_at
    waiting_for = waiting(facts.review, facts.rules)
    return Reason(
        status=facts.review.status,
        due=facts.due,
        due_in_days=None if facts.due is None else (facts.due - today).days,
        days_overdue=0 if facts.due is None else days_overdue(facts.due, today),
        days_in_review=None if asked_at is None else (today - wallclock.to_local(asked_at, zone).date()).days,
        approved_by=tuple(each.user_id for each in facts.review.reviewers if each.verdict is Verdict.APPROVED),
        waiting_for=waiting_for,
        is_last=waiting_for == (recipient,),
    )


def _planned(claim: _Claim, facts: Facts, zones: Zones, *, after: datetime, hour: int) -> Nudge:
    quiet = after if claim.kind in ABOUT_ACTIONS else facts.text_changed_at + QUIET_AFTER_A_CHANGE
    start = max(after, quiet, claim.after or after)
    from_day = max(claim.from_day, facts.snoozes.get(claim.recipient, date.min))
    following = next_monday_morning if claim.kind in DIGESTS else next_morning
    at = following(start, zones.of(claim.recipient), hour, from_day=from_day)
    return Nudge(claim.recipient, claim.kind, at, reason(facts, zones, claim.recipient, at=at))


def _claims(facts: Facts) -> Iterator[_Claim]:
    """Every rule that applies, in the order of NudgeKind: of two on the same morning the first names the nudge."""
    match facts.review.status:
        case PostmortemStatus.DRAFT:
            yield from _claims_of_draft(facts)
        case PostmortemStatus.IN_REVIEW:
            yield from _claims_of_review(facts)
        case PostmortemStatus.PUBLISHED:
            pass  # its text is done; what follows from it may not be
    if facts.due is not None and facts.review.status is not PostmortemStatus.PUBLISHED:
        for lead in facts.leads or facts.admins:
            yield _Claim(lead, NudgeKind.LEAD, working_day_after(facts.due, _RUNG_LEAD))
        if facts.channel is not None:
            yield _Claim(facts.channel, NudgeKind.CHANNEL_DIGEST, working_day_after(facts.due, _RUNG_CHANNEL))
    for action in facts.actions:
        yield from _claims_of_action(action, facts)


def _claims_of_action(action: OwedAction, facts: Facts) -> Iterator[_Claim]:
    yield _Claim(action.owner_id, NudgeKind.ACTION_OWNER, working_day_before(action.due))
    if facts.review.owner_id != action.owner_id:
        day = working_day_after(action.due, _RUNG_COUNTERPART)
        yield _Claim(facts.review.owner_id, NudgeKind.OWNER_OF_ACTIONS, day)
    for lead in facts.leads or facts.admins:
        if lead != action.owner_id:
            yield _Claim(lead, NudgeKind.LEAD_OF_ACTIONS, working_day_after(action.due, _RUNG_LEAD))
    if facts.channel is not None:
        yield _Claim(facts.channel, NudgeKind.DIGEST_OF_ACTIONS, working_day_after(action.due, _RUNG_CHANNEL))


def _claims_of_draft(facts: Facts) -> Iterator[_Claim]:
    if facts.due is None:
        return
    yield _Claim(facts.review.owner_id, NudgeKind.OWNER, working_day_before(facts.due))
    for reviewer in facts.review.reviewers:
        day = working_day_after(facts.due, _RUNG_COUNTERPART)
        yield _Claim(reviewer.user_id, NudgeKind.REVIEWER_OF_DRAFT, day)


def _claims_of_review(facts: Facts) -> Iterator[_Claim]:
    asked_at = {reviewer.user_id: reviewer.asked_at for reviewer in facts.review.reviewers}
    for user_id in waiting(facts.review, facts.rules):
        yield _Claim(user_id, NudgeKind.REVIEWER, after=asked_at[user_id])
    if facts.due is not None:
        day = working_day_after(facts.due, _RUNG_COUNTERPART)
        yield _Claim(facts.review.owner_id, NudgeKind.OWNER_OF_REVIEW, day)
