"""What making or editing a schedule would come to: asked by the preview, and carried out by create and edit."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engines.rotation import Schedule
from bot.errors import NotFound
from bot.queries import schedules
from bot.queries.actors import Actor
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.usecases.schedules.changing import changed, made
from bot.usecases.schedules.checking import checked
from bot.usecases.schedules.meaning import Meant
from bot.usecases.schedules.owning import Owner, owner_by_id
from bot.usecases.schedules.permission import require_create, require_edit
from bot.usecases.schedules.wanted import TakesEffect, WantedSchedule

GONE = "That schedule is gone. `/oncall schedules` lists those there are."


@dataclass(frozen=True, slots=True)
class Plan:
    """A new schedule as it would be."""

    after: Schedule
    description: str
    owner: Owner | None

    @property
    def team(self) -> str | None:
        """The name of its team."""
        return self.owner.name if self.owner else None


@dataclass(frozen=True, slots=True)
class EditPlan(Plan):
    """A schedule as it would be after an edit, and as it is now with its row's version and its team."""

    before: Watched
    owner_before: Owner | None

    @property
    def team_before(self) -> str | None:
        """The name of its team now."""
        return self.owner_before.name if self.owner_before else None

    @property
    def changes_nothing(self) -> bool:
        """Whether everything would be as it is."""
        is_same = self.after == self.before.schedule and self.description == self.before.description
        return is_same and self.owner == self.owner_before


async def plan_new(
    reading: Reading, actor: Actor | None, wanted: WantedSchedule, *, meant: Meant | None = None
) -> Plan:
    """A new schedule, as it would be; `meant` is whom programs name in its rosters.

    Raises:
        NotAllowed: they may not make one.
        BadFields: something in it is wrong.
    """
    require_create(actor)
    good = await checked(reading, actor, wanted, stored=None, owner=None, meant=meant or {})
    return Plan(made(good), good.description, good.owner)


async def plan_edit(
    reading: Reading,
    actor: Actor | None,
    schedule_id: str,
    wanted: WantedSchedule,
    effect: TakesEffect,
    *,
    meant: Meant | None = None,
) -> EditPlan:
    """A schedule as it would be after an edit; `meant` as for `plan_new`.

    Raises:
        NotFound: it is gone.
        NotAllowed: they may not edit it.
        BadFields: something in it is wrong.
    """
    stored = await schedules.by_id(reading, schedule_id)
    if stored is None:
        raise NotFound(GONE)
    await require_edit(reading, actor, stored)
    owner = await owner_by_id(reading, stored.team_id)
    good = await checked(reading, actor, wanted, stored=stored, owner=owner, meant=meant or {})
    after = changed(stored.schedule, good, effect=effect, now=reading.now)
    return EditPlan(after, good.description, good.owner, stored, owner)
