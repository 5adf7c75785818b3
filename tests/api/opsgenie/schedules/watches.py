"""Schedules, teams and escalations put straight into the database, for questions about who is on call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.engines.rotation import (
    Override,
    Participant,
    Restriction,
    Rotation,
    RotationRule,
    RotationVersion,
    Schedule,
)
from bot.usecases.schedules.rows import store_rotations
from bot.usecases.unit import Units
from bot.vocabulary import ParticipantKind, RotationType, TeamRole
from storage import forwardings, models
from storage.models.base import name_key
from tests.engines.rotation.worlds import World

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""Nine in the morning in Berlin, on a winter's Monday."""
BERLIN = ZoneInfo("Europe/Berlin")


def rotation(
    name: str,
    *roster: Participant,
    every: RotationType = RotationType.WEEKLY,
    length: int = 1,
    start: datetime = MONDAY,
    end: datetime | None = None,
    restriction: Restriction | None = None,
) -> Rotation:
    """A rotation that was never edited."""
    rule = RotationRule(start, end, every, length, roster, restriction)
    return Rotation(name, name, (RotationVersion(rule),))


@dataclass(frozen=True)
class Watches:
    """Puts things into the database of a house."""

    units: Units

    async def person(self, name: str) -> Participant:
        """Somebody whose user name is `<name>@example.com`."""
        row = models.User(name=name.title(), email=f"{name}@example.com", refreshed_at=MADE_AT)
        return Participant(ParticipantKind.USER, await self._added(row))

    async def people(self, *names: str) -> list[Participant]:
        """Several of them."""
        return [await self.person(name) for name in names]

    async def team(self, name: str, *members: Participant, lead: Participant | None = None) -> Participant:
        """A team with these members; `lead` among them has the role admin."""
        row = models.Team(name=name, name_key=name_key(name), created_at=MADE_AT)
        team = Participant(ParticipantKind.TEAM, await self._added(row))
        for who in members:
            role = TeamRole.ADMIN if who == lead else TeamRole.USER
            await self._add(models.Membership(team_id=team.id or "", user_id=who.id or "", role=role))
        return team

    async def escalation(self, name: str, *rules: tuple[int, str, str, str | None]) -> Participant:
        """One whose rules are given as minutes, the word for how, and the kind and id of the recipient."""
        stored = [
            {
                "condition": "if-not-acked",
                "notify_type": notify,
                "delay_minutes": minutes,
                "recipient": {"type": kind, "id": recipient},
            }
            for minutes, notify, kind, recipient in rules
        ]
        row = models.Escalation(name=name, rules=stored, created_at=MADE_AT)
        return Participant(ParticipantKind.ESCALATION, await self._added(row))

    async def schedule(
        self,
        name: str,
        *rotations: Rotation,
        zone: ZoneInfo = BERLIN,
        enabled: bool = True,
        team: Participant | None = None,
    ) -> Schedule:
        """A schedule of these rotations; answered as it is stored, with its ids."""
        row = models.Schedule(
            name=name,
            name_key=name_key(name),
            timezone=zone.key,
            enabled=enabled,
            team_id=team.id if team else None,
            created_at=MADE_AT,
        )
        value = Schedule(await self._added(row), name, zone, enabled, rotations)
        async with self.units.begin(None) as unit:
            return await store_rotations(unit, value, value.id)

    async def override(
        self,
        schedule: Schedule,
        who: Participant,
        start: datetime,
        end: datetime,
        *,
        rotations: Iterable[str] = (),
        sequence: int = 1,
    ) -> None:
        """Somebody, or nobody, laid over a schedule."""
        laid = Override("", who, start, end, frozenset(rotations), sequence)
        await self._add(_override(laid, schedule, {}))

    async def forwarding(
        self, who: Participant, to: Participant, start: datetime, end: datetime, *, sequence: int = 1
    ) -> None:
        """The duty of one passed to another."""
        await self._add(
            models.Forwarding(
                from_user_id=who.id or "",
                to_user_id=to.id or "",
                start=start,
                end=end,
                sequence=sequence,
                created_at=MADE_AT,
            )
        )

    async def world(self, world: World, name: str) -> Schedule:
        """A schedule under that name with all that lies over it, in place of all other forwardings."""
        row = models.Schedule(
            name=name, name_key=name_key(name), timezone=world.schedule.zone.key, enabled=True, created_at=MADE_AT
        )
        async with self.units.begin(None) as unit:
            for old in await forwardings.every(unit.session):
                await unit.session.delete(old)
            unit.session.add(row)
            await unit.session.flush()
            stored = await store_rotations(unit, world.schedule, row.id)
            ids = {old.id: new.id for old, new in zip(world.schedule.rotations, stored.rotations, strict=True)}
            unit.session.add_all(_override(each, stored, ids) for each in world.overrides)
            unit.session.add_all(
                models.Forwarding(
                    from_user_id=each.from_user,
                    to_user_id=each.to_user,
                    start=each.start,
                    end=each.end,
                    sequence=each.sequence,
                    created_at=MADE_AT,
                )
                for each in world.forwardings
            )
        return stored

    async def crew_of_worlds(self) -> None:
        """The people and the team who stand in the schedules of tests/engines/rotation/worlds.py."""
        async with self.units.begin(None) as unit:
            unit.session.add_all(
                models.User(id=name, name=name, email=f"{name}@example.com", refreshed_at=MADE_AT)
                for name in ("ann", "bob", "cat", "dan")
            )
            unit.session.add(models.Team(id="crew", name="Crew", name_key="crew", created_at=MADE_AT))
            await unit.session.flush()
            unit.session.add_all(models.Membership(team_id="crew", user_id=name) for name in ("cat", "dan"))

    async def _added(self, row: Any) -> str:
        await self._add(row)
        return str(row.id)

    async def _add(self, row: Any) -> None:
        async with self.units.begin(None) as unit:
            unit.session.add(row)
            await unit.session.flush()


def _override(of: Override, schedule: Schedule, ids: Mapping[str, str]) -> models.Override:
    who = of.participant
    return models.Override(
        schedule_id=schedule.id,
        kind=who.kind,
        user_id=who.id if who.kind is ParticipantKind.USER else None,
        team_id=who.id if who.kind is ParticipantKind.TEAM else None,
        escalation_id=who.id if who.kind is ParticipantKind.ESCALATION else None,
        start=of.start,
        end=of.end,
        rotation_ids=[ids.get(each, each) for each in of.rotation_ids],
        sequence=of.sequence,
        created_at=MADE_AT,
    )
