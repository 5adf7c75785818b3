"""What the rotations of a schedule must be before they are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.engines.rotation import Participant, Rotation, RotationRule, checked_rule
from bot.engines.wallclock import resolve, to_local
from bot.errors import BadFields
from bot.queries.reading import Reading
from bot.usecases.fields import Faults
from bot.usecases.schedules.names import wrong_name
from bot.usecases.schedules.rosters import rosters_of
from bot.usecases.schedules.wanted import UNSAID, Named, Unsaid, WantedRotation
from bot.vocabulary import RotationType, TurnCounting

Value = TypeVar("Value")
Instant = TypeVar("Instant", datetime, datetime | None)
EARLIEST_YEAR, LATEST_YEAR = 1970, 2100
"""Of a start: far enough from both ends of the calendar that every hand-off there is can be shown."""
LATEST_END = 9000
"""Of an end, which scripts that mean none like to put far away."""


@dataclass(frozen=True, slots=True)
class CheckedRotation:
    """A rotation fit to be stored. `id` None: a new one."""

    id: str | None
    name: str
    rule: RotationRule


async def checked_rotations(
    reading: Reading,
    wanted: Sequence[WantedRotation],
    there: Sequence[Rotation],
    *,
    zone: ZoneInfo,
    meant: Mapping[Named, Participant],
    is_person: bool,
    faults: Faults,
) -> tuple[CheckedRotation, ...]:
    """The rotations, rounded and resolved; those with a fault are left out, and it is noted.

    `wanted` are matched with those `there` are; `meant` is whom names in rosters mean. People may not call two the
    same, but for what is called so already.
    """
    stored = {rotation.id: rotation for rotation in there}
    rosters = await rosters_of(reading, wanted, stored, meant=meant, is_person=is_person)
    taken = {_key(each.name) for each in wanted if each.id and stored[each.id].name == each.name}
    good: list[CheckedRotation] = []
    for place, each in enumerate(wanted):
        field, before = f"rotations.{place}", stored[each.id] if each.id else None
        name = _name(each.name, before, taken if is_person else None, field, faults)
        if before and replace(each, name=UNSAID) == WantedRotation.as_it_is(before.id):
            good.append(CheckedRotation(before.id, name, before.rule))
            continue
        roster = rosters.of(each, before, field, faults)
        rule = _rule(each, roster, zone, before=before.rule if before else None, field=field, faults=faults)
        if rule and before and is_person:
            rule = _same_windows(rule, before.rule)
        if rule:
            good.append(CheckedRotation(each.id, name, rule))
    return tuple(good)


def _key(name: str | Unsaid) -> str:
    return "" if name is UNSAID else name.casefold()


def _name(said: str | Unsaid, before: Rotation | None, taken: set[str] | None, field: str, faults: Faults) -> str:
    """The name; `taken` are those that no other may have, None where that is allowed."""
    name = "" if said is UNSAID else said
    is_person = taken is not None
    if before and (name == before.name or (is_person and name.split() == before.name.split())):
        return before.name
    name = " ".join(name.split()) if is_person else name
    faults.add(f"{field}.name", wrong_name(name))
    if taken is not None:
        if name.casefold() in taken:
            faults.add(f"{field}.name", f"Another rotation is called “{name}” already.")
        taken.add(name.casefold())
    return name


def _rule(
    wanted: WantedRotation,
    roster: tuple[Participant, ...],
    zone: ZoneInfo,
    *,
    before: RotationRule | None,
    field: str,
    faults: Faults,
) -> RotationRule | None:
    """The whole rule, what is not said of it as it was before."""
    start = _instant(wanted.start, zone, before.start if before else None, EARLIEST_YEAR, LATEST_YEAR)
    if start is None:
        faults.add(f"{field}.start", f"Choose a start between the years {EARLIEST_YEAR} and {LATEST_YEAR}.")
        return None
    end = _instant(wanted.end, zone, before.end if before else None, 1, LATEST_END)
    if end is None and isinstance(wanted.end, datetime):
        faults.add(f"{field}.end", f"Choose an end before the year {LATEST_END}, or none.")
        return None
    try:
        rule = checked_rule(
            start=start,
            end=end,
            type=_said(wanted.type, before.type if before else RotationType.WEEKLY),
            length=_said(wanted.length, before.length if before else 1),
            participants=roster,
            restriction=_said(wanted.restriction, before.restriction if before else None),
            turns=_said(wanted.turns, TurnCounting.ALL),
            zone=zone,
        )
    except BadFields as error:
        faults.add_all({f"{field}.{name}": sentence for name, sentence in error.fields.items()})
        return None
    rule = replace(rule, start=_as_sent(wanted.start, rule.start), end=_as_sent(wanted.end, rule.end))
    return _kept(rule, before, turns=wanted.turns, start=start, end=end) if before else rule


def _said(said: Value | Unsaid, otherwise: Value) -> Value:
    return otherwise if said is UNSAID else said


def _instant(
    said: datetime | Unsaid | None, zone: ZoneInfo, before: datetime | None, earliest: int, latest: int
) -> datetime | None:
    """The instant meant; None for none, and for one outside of these years.

    A reading of the clock that was not touched means the very same as before, also where it came twice that day.
    """
    if said is UNSAID or said is None:
        return before if said is UNSAID else None
    if not earliest <= said.year <= latest:
        return None
    if said.tzinfo is not None:
        return said
    return before if before and to_local(before, zone) == said else resolve(said, zone)


def _as_sent(said: datetime | Unsaid | None, rounded: Instant) -> datetime | Instant:
    """The instant as a program sent it, where that is a half hour by UTC: so the minutes are rounded as written.

    Where clocks are three quarters of an hour off UTC, as in Nepal, it would be another one than was sent.
    """
    if (
        isinstance(said, datetime)
        and said.tzinfo is not None
        and said.minute % 30 == said.second == said.microsecond == 0
    ):
        return said
    return rounded


def _kept(
    rule: RotationRule, before: RotationRule, *, turns: TurnCounting | Unsaid, start: datetime, end: datetime | None
) -> RotationRule:
    """The rule with what was not touched exactly as it was: no start is rounded anew because the zone is another."""
    is_active = turns is UNSAID and before.turns is TurnCounting.ACTIVE and not rule.is_elapsed
    return replace(
        rule,
        start=start if start == before.start else rule.start,
        end=end if end == before.end else rule.end,
        turns=TurnCounting.ACTIVE if is_active else rule.turns,
    )


def _same_windows(rule: RotationRule, before: RotationRule) -> RotationRule:
    """Windows that say the same in other words are not an edit."""
    if rule.restriction and before.restriction and rule.restriction.minutes == before.restriction.minutes:
        return replace(rule, restriction=before.restriction)
    return rule
