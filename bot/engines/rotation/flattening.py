"""From participants to people: a team stands for those on call for it, an escalation for its first step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.engines.rotation.forwardings import by_user, stand_in
from bot.engines.rotation.resolver import on_call
from bot.engines.rotation.schedules import Forwarding, Override, Participant, Schedule
from bot.vocabulary import ParticipantKind


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Whom an escalation tells first: users, teams and other escalations, and whoever is on call in schedules."""

    participants: tuple[Participant, ...] = ()
    schedules: tuple[Schedule, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """What teams and escalations stand for, by their ids; `overrides` by the id of their schedule."""

    team_schedules: Mapping[str, tuple[Schedule, ...]] = field(default_factory=dict)
    team_members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_steps: Mapping[str, FirstStep] = field(default_factory=dict)
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    forwardings: tuple[Forwarding, ...] = ()


def people_on_call(schedule: Schedule, t: datetime, directory: Directory) -> tuple[str, ...]:
    """The users on call at `t`, each once: in rotation order, teams and escalations replaced by their people."""
    return _Walk(t, directory).through_schedules((schedule,))


def people_of(participant: Participant, t: datetime, directory: Directory) -> tuple[str, ...]:
    """The users a participant stands for at `t`, each once.

    A team: those on call in its schedules, else its members. An escalation: its first step. A member's or a step's
    user who forwards is replaced; a user asked for directly is not, since a segment's user has been already. Whatever
    would come round to itself is left out; `none` and what the directory does not know are nobody.
    """
    return _Walk(t, directory).through(participant)


@dataclass(frozen=True, slots=True)
class _Walk:
    t: datetime
    directory: Directory
    entered: frozenset[str] = frozenset()
    """What is being flattened further up, kind and id."""

    def through(self, participant: Participant) -> tuple[str, ...]:
        if participant.id is None:
            return ()
        if participant.kind is ParticipantKind.USER:
            return (participant.id,)
        key = f"{participant.kind} {participant.id}"
        if key in self.entered:
            return ()
        inside = _Walk(self.t, self.directory, self.entered | {key})
        if participant.kind is ParticipantKind.TEAM:
            schedules = self.directory.team_schedules.get(participant.id, ())
            members = self.directory.team_members.get(participant.id, ())
            return inside.through_schedules(schedules) or self._standing_in_for(members)
        return inside._through_step(self.directory.first_steps.get(participant.id, FirstStep()))

    def through_schedules(self, schedules: Iterable[Schedule]) -> tuple[str, ...]:
        return _each_once(user for schedule in schedules for user in self._through_schedule(schedule))

    def _through_schedule(self, schedule: Schedule) -> tuple[str, ...]:
        key = f"schedule {schedule.id}"
        if key in self.entered:
            return ()
        inside = _Walk(self.t, self.directory, self.entered | {key})
        rows = self.directory.overrides.get(schedule.id, ())
        segments = on_call(schedule, self.t, rows, self.directory.forwardings)
        return _each_once(user for segment in segments for user in inside.through(segment.participant))

    def _through_step(self, step: FirstStep) -> tuple[str, ...]:
        users = [p.id for p in step.participants if p.kind is ParticipantKind.USER and p.id is not None]
        others = [p for p in step.participants if p.kind is not ParticipantKind.USER]
        return _each_once(
            (
                *self._standing_in_for(users),
                *(user for participant in others for user in self.through(participant)),
                *self.through_schedules(step.schedules),
            )
        )

    def _standing_in_for(self, users: Iterable[str]) -> tuple[str, ...]:
        passing = by_user(self.directory.forwardings)
        return _each_once(stand_in(user, passing, self.t) for user in users)


def _each_once(users: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(users))
