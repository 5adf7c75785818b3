"""The hand-offs to come of a schedule as it would be, beside those of the schedule as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.engines.rotation import (
    NOBODY,
    HandOff,
    Participant,
    Rotation,
    Schedule,
    next_beginnings,
    on_call,
)
from bot.escaping import mrkdwn
from bot.queries.naming import Naming
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.schedule_form_preview import Ahead, HandOffLine, RotationAhead
from bot.slack.words.local import dated
from bot.slack.words.windows import windows_text
from bot.vocabulary import ParticipantKind

SHOWN = 6
_COMPARED = 3 * SHOWN


def ahead_of(
    schedule: Schedule, known: Naming, *, now: datetime, before: Schedule | None = None
) -> tuple[RotationAhead, ...]:
    """Every rotation's next hand-offs; with `before`, those that an edit changes are marked.

    A rotation that an edit closes is there too, and says when it ends.
    """
    earlier = {rotation.id: rotation for rotation in before.rotations} if before else {}
    shown: list[RotationAhead] = []
    for rotation in schedule.rotations:
        was = earlier.get(rotation.id)
        if rotation.closed_at is None:
            shown.append(_ahead(schedule, rotation, known, now, before if was else None))
        elif was is not None and was.closed_at is None:
            shown.append(RotationAhead(rotation.name, _closing(rotation.closed_at, now), "", ()))
    return tuple(shown)


def side_by_side(at_hand_off: Sequence[RotationAhead], at_once: Sequence[RotationAhead]) -> tuple[Ahead, ...]:
    """The same rotations under both choices of when an edit takes effect."""
    return tuple(Ahead(later, sooner) for later, sooner in zip(at_hand_off, at_once, strict=True))


def _ahead(
    schedule: Schedule, rotation: Rotation, known: Naming, now: datetime, before: Schedule | None
) -> RotationAhead:
    was = _hand_offs_before(before, rotation.id, now) if before else None
    lines = [
        HandOffLine(
            at=each.at,
            local=f"{dated(each.at, schedule.zone, now)} in {_place(schedule.zone)}",
            who=_name(each.to, known),
            is_changed=was is not None and each not in was,
        )
        for each in next_beginnings(rotation, schedule.zone, now, SHOWN)
    ]
    return RotationAhead(
        rotation.name,
        _now(schedule, rotation, known, now, before),
        windows_text(rotation.rule.restriction),
        tuple(lines),
    )


def _hand_offs_before(before: Schedule, rotation_id: str, now: datetime) -> frozenset[HandOff]:
    rotation = next(each for each in before.rotations if each.id == rotation_id)
    return frozenset(next_beginnings(rotation, before.zone, now, _COMPARED))


def _now(schedule: Schedule, rotation: Rotation, known: Naming, now: datetime, before: Schedule | None) -> str:
    holds, held = _holder(schedule, rotation, now), None
    if before is not None:
        held = _holder(before, next(each for each in before.rotations if each.id == rotation.id), now)
    if holds is None and held is None:
        begins = rotation.rule.start
        return "Nobody is on call by it now." if begins <= now else f"It begins {day_and_time(begins)}."
    who = mrkdwn(_name(holds, known) or "nobody") if holds else "nobody"
    if before is None or holds == held:
        return f"On call now: {who}"
    instead = mrkdwn(_name(held, known) or "nobody") if held else "nobody"
    return f"On call now: {who}, instead of {instead} (*changed*)"


def _holder(schedule: Schedule, rotation: Rotation, now: datetime) -> Participant | None:
    segments = on_call(replace(schedule, rotations=(rotation,)), now)
    return segments[0].participant if segments else None


def _closing(at: datetime, now: datetime) -> str:
    return "It ends now (*changed*)." if at <= now else f"It ends {day_and_time(at)} (*changed*)."


def _place(zone: ZoneInfo) -> str:
    """The zone as people say it: its city."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def _name(who: Participant, known: Naming) -> str | None:
    """A name to be shown; None for a planned gap."""
    if who == NOBODY:
        return None
    if who.kind is ParticipantKind.USER:
        person = known.people.get(who.id or "")
        return person.name if person else "somebody"
    name = known.of(who)
    return f"the {who.kind} {name}" if name else f"a {who.kind}"
