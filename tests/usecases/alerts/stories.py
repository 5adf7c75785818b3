"""The smallest world an alert's story needs, and what one looks at in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from bot.engines.policies import PolicySpec, Rulebook, compile_policies
from bot.engines.rotation import Participant, Schedule
from bot.queries import alerts
from bot.queries.actors import Actor, KeyHolder
from bot.queries.alerts import AlertView
from bot.queries.people import Person
from bot.usecases.alerts import wake
from bot.usecases.alerts.create import Raised, raise_alert
from bot.usecases.alerts.wanted import WantedAlert, WantedResponder
from bot.usecases.messages import MessageKind
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind, ParticipantKind, PolicyGroup, Right
from storage import models
from storage.models import AlertTimer, Event
from storage.models.base import new_id
from tests.api.opsgenie.schedules.watches import MADE_AT, Watches, rotation
from tests.usecases.stories import Story

MATCH_ALL: Mapping[str, Any] = {"type": "match-all"}


@dataclass
class Alarms:
    """Ana, Raj and Li, the schedules they stand in, and the policies there are."""

    story: Story
    watches: Watches
    policies: list[PolicySpec] = field(default_factory=list)
    program: KeyHolder | None = None

    @property
    def rulebook(self) -> Rulebook:
        return compile_policies(self.policies)

    def policy(self, group: PolicyGroup = PolicyGroup.NOTIFICATION, **parts: Any) -> None:
        """One more policy, of everybody and for every alert where nothing else is said."""
        filled: dict[str, Any] = {
            "id": f"policy {len(self.policies)}",
            "name": "Policy",
            "team_id": None,
            "group": group,
            "enabled": True,
            "filter": MATCH_ALL,
            "restriction": None,
            "zone": "UTC",
            "continues": False,
            "changes": None,
            "effects": {},
        }
        self.policies.append(PolicySpec(**filled | parts))

    async def schedule(self, name: str, *roster: Person, team: Participant | None = None) -> Schedule:
        """Weekly turns of these people; of nobody without any."""
        turns = [rotation("Turns", *(_as_participant(each) for each in roster))] if roster else []
        return await self.watches.schedule(name, *turns, team=team)

    async def escalation(
        self, name: str, *rules: tuple[int, str, Person | Schedule], repeat: Mapping[str, Any] | None = None
    ) -> str:
        """One whose rules are given as minutes, the condition, and the person or the schedule; answers its id."""
        stored = [
            {
                "condition": condition,
                "notify_type": "default",
                "delay_minutes": minutes,
                "recipient": {"type": "user" if isinstance(who, Person) else "schedule", "id": who.id},
            }
            for minutes, condition, who in rules
        ]
        row = models.Escalation(name=name, rules=stored, repeat=dict(repeat) if repeat else None, created_at=MADE_AT)
        async with self.story.units.begin(None) as unit:
            unit.session.add(row)
        return row.id

    async def route(self, team: Participant, kind: str, id_: str | None = None, **parts: Any) -> None:
        """One more routing rule of a team, for every alert where nothing else is said."""
        filled: dict[str, Any] = {"name": f"To {kind}", "position": 0, "criteria": dict(MATCH_ALL)}
        row = models.RoutingRule(team_id=team.id or "", notify_type=kind, notify_id=id_, **filled | parts)
        async with self.story.units.begin(None) as unit:
            unit.session.add(row)

    async def link(self, channel: str, schedule: Schedule) -> None:
        async with self.story.units.begin(None) as unit:
            by = self.story.ana.id
            unit.session.add(
                models.ChannelLink(channel=channel, schedule_id=schedule.id, created_at=MADE_AT, created_by=by)
            )

    async def key(self, team: Participant | None = None) -> KeyHolder:
        row = models.ApiKey(
            name="a program", digest=new_id(), rights=["read", "write"], created_at=MADE_AT, team_id=None
        )
        row.team_id = team.id if team else None
        async with self.story.units.begin(None) as unit:
            unit.session.add(row)
        return KeyHolder(row.id, row.name, frozenset({Right.READ, Right.WRITE}), row.team_id)

    async def raised(
        self, *responders: Person | Schedule | Participant | str, by: Actor | None = None, **wanted: Any
    ) -> Raised:
        """An alert for people, schedules, teams, and escalations by id; raised by a program unless somebody is said."""
        filled: dict[str, Any] = {"message": "Disk full", "responders": tuple(map(_responder, responders))}
        if by is None:
            self.program = by = self.program or await self.key()
        async with self.story.units.begin(by) as unit:
            return await raise_alert(unit, WantedAlert(**filled | wanted), self.rulebook)

    async def moved(self, **units: float) -> int:
        """Time passes, and what has become due is done; answers about how many alerts."""
        self.story.clock.advance(**units)
        done = 0
        while True:
            async with self.story.units.begin(None) as unit:
                taken = await wake.wake(unit)
            done += taken
            if not taken:
                return done

    async def seen(self, raised: Raised) -> AlertView:
        async with self.story.reader() as reading:
            found = await alerts.by_id(reading, raised.alert.id)
        assert found
        return found

    async def paged(self) -> list[str]:
        """Who has been told by direct message since everything was sent last, by Slack id; all is sent now."""
        return await self._fresh(MessageKind.PAGED)

    async def _fresh(self, kind: MessageKind) -> list[str]:
        found = [row.recipient for row in await self.story.messages(kind) if row.ts is None]
        await self.story.sent()
        return sorted(found)

    async def happened(self, raised: Raised) -> list[str]:
        """The verbs of an alert's events, in order."""
        return [event.verb for event in await self.log(raised)]

    async def log(self, raised: Raised) -> Sequence[Event]:
        async with self.story.reader() as reading:
            wanted = select(Event).where(Event.subject_id == raised.alert.id).order_by(col(Event.id))
            return (await reading.session.exec(wanted)).all()

    async def timers(self, raised: Raised) -> list[tuple[str, timedelta]]:
        """What is still to be done about an alert, and in how long."""
        async with self.story.reader() as reading:
            wanted = select(AlertTimer).where(AlertTimer.alert_number == raised.alert.number)
            found = (await reading.session.exec(wanted.order_by(col(AlertTimer.due_at), col(AlertTimer.id)))).all()
        return [(str(row.step), row.due_at - self.story.clock.now) for row in found]


def minutes(count: int, unit: str = "minutes") -> dict[str, Any]:
    """A duration as policies have it."""
    return {"timeAmount": count, "timeUnit": unit}


def _as_participant(person: Person) -> Participant:
    return Participant(ParticipantKind.USER, person.id)


def _responder(who: Person | Schedule | Participant | str) -> WantedResponder:
    if isinstance(who, str):
        return WantedResponder(AlertResponderKind.ESCALATION, Ref(id=who))
    if isinstance(who, Participant):
        return WantedResponder(AlertResponderKind(who.kind.value), Ref(id=who.id))
    kind = AlertResponderKind.USER if isinstance(who, Person) else AlertResponderKind.SCHEDULE
    return WantedResponder(kind, Ref(id=who.id))
