"""What making or editing a schedule would come to: asked by the preview, and carried out by create and edit."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engines.rotation import Schedule
from bot.errors import NotFound
from bot.queries import schedules, teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.usecases.schedules.changing import changed, made
from bot.usecases.schedules.checking import checked
from bot.usecases.schedules.permission import require_create, require_edit
from bot.usecases.schedules.wanted import TakesEffect, WantedSchedule


@dataclass(frozen=True, slots=True)
class Plan:
    """A new schedule as it would be; `team` is its team's name."""

    after: Schedule
    team: str | None


@dataclass(frozen=True, slots=True)
class EditPlan(Plan):
    """A schedule as it would be after an edit, as it is now with its row's version, and its team's name now."""

    before: Watched
    team_before: str | None


async def plan_new(reading: Reading, person: Person, wanted: WantedSchedule) -> Plan:
    """A new schedule, as it would be.

    Raises:
        NotAllowed: they may not make one.
        BadFields: something in it is wrong.
    """
    require_create(person)
    good = await checked(reading, wanted, stored=None)
    return Plan(made(good), good.team)


async def plan_edit(
    reading: Reading, person: Person, schedule_id: str, wanted: WantedSchedule, effect: TakesEffect
) -> EditPlan:
    """A schedule as it would be after an edit.

    Raises:
        NotFound: it is gone.
        NotAllowed: they may not edit it.
        BadFields: something in it is wrong.
    """
    stored = await schedules.by_id(reading, schedule_id)
    if stored is None:
        raise NotFound("That schedule is gone. `/oncall schedules` lists those there are.")
    await require_edit(reading, person, stored)
    good = await checked(reading, wanted, stored=stored.schedule)
    after = changed(stored.schedule, good, effect=effect, now=reading.now)
    names = await teams.names(reading, [stored.team_id]) if stored.team_id else {}
    return EditPlan(after, good.team, stored, names.get(stored.team_id or ""))
