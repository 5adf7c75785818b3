"""From participants to people: a team stands for those on call for it, an escalation for its first step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.engines.rotation.forwardings import by_user, stand_in
from bot.engines.rotation.resolver import on_call, timeline
from bot.engines.rotation.schedules import Forwarding, Override, Participant, Schedule
from bot.engines.rotation.segments import Segment
from bot.vocabulary import ParticipantKind, StepNotifies


@dataclass(frozen=True, slots=True)
class Recipient:
    """One whom the first step of an escalation tells.

    `who` is a user, a team, another escalation, or a schedule: then whoever is on call by it. `members` are the users
    of a team that are meant whoever is on call for it; None: those on call. How long after the beginning of an alert,
    and whom of a recipient, are only told along: of a schedule always those on call now are meant.
    """

    who: Participant | Schedule
    members: tuple[str, ...] | None = None
    after_minutes: int = 0
    notifies: StepNotifies = StepNotifies.DEFAULT


@dataclass(frozen=True, slots=True)
class Directory:
    """What teams and escalations stand for, by their ids; `overrides` by the id of their schedule."""

    team_schedules: Mapping[str, tuple[Schedule, ...]] = field(default_factory=dict)
    team_members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_steps: Mapping[str, tuple[Recipient, ...]] = field(default_factory=dict)
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    forwardings: tuple[Forwarding, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A participant on call at an instant, and for a team or an escalation those it stands for, one level down.

    `forwarded_from`: the user whose duty it was before it was forwarded. `told`: by which part of an escalation.
    """

    participant: Participant
    inside: tuple[Duty, ...] = ()
    forwarded_from: str | None = None
    told: Recipient | None = None


def duties(schedule: Schedule, t: datetime, directory: Directory) -> tuple[Duty, ...]:
    """Everybody on call at `t`, in rotation order, each participant once; nobody for a schedule that is off."""
    return _Walk(t, directory).in_schedule(schedule)


def duties_of(schedule: Schedule, segments: Iterable[Segment], t: datetime, directory: Directory) -> tuple[Duty, ...]:
    """The same of segments that hold at `t`, where the caller has asked for them already."""
    return _Walk(t, directory, frozenset({_key_of(schedule)})).in_segments(segments)


def people_among(found: Iterable[Duty]) -> tuple[str, ...]:
    """The users among duties and all that is inside them, each once, in order."""
    return tuple(dict.fromkeys(_users(found)))


def people_on_call(schedule: Schedule, t: datetime, directory: Directory) -> tuple[str, ...]:
    """The users on call at `t`, each once: in rotation order, teams and escalations replaced by their people."""
    return people_among(duties(schedule, t, directory))


def people_of(participant: Participant, t: datetime, directory: Directory) -> tuple[str, ...]:
    """The users a participant stands for at `t`, each once.

    A team: those on call in its schedules, else its members. An escalation: its first step. A member's or a step's
    user who forwards is replaced; a user asked for directly is not, since a segment's user has been already. Whatever
    would come round to itself is left out; `none` and what the directory does not know are nobody.
    """
    return people_among((_Walk(t, directory).of(participant),))


def turning_points(directory: Directory, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """The instants within (start, end), in order, at which teams and escalations may come to stand for others."""
    among_steps = (each.who for step in directory.first_steps.values() for each in step)
    schedules = {
        each.id: each
        for each in (
            *(each for several in directory.team_schedules.values() for each in several),
            *(each for each in among_steps if isinstance(each, Schedule)),
        )
    }
    moments = {moment for row in directory.forwardings for moment in (row.start, row.end)}
    for each in schedules.values():
        drawn = timeline(each, start, end, directory.overrides.get(each.id, ()), directory.forwardings)
        moments |= {at for rotation in drawn.rotations for piece in rotation.final for at in (piece.start, piece.end)}
    return tuple(sorted(moment for moment in moments if start < moment < end))


@dataclass(frozen=True, slots=True)
class _Walk:
    t: datetime
    directory: Directory
    entered: frozenset[str] = frozenset()
    """What is being flattened further up, kind and id."""

    def of(self, participant: Participant) -> Duty:
        if participant.kind in {ParticipantKind.USER, ParticipantKind.NONE} or participant.id is None:
            return Duty(participant)
        key = f"{participant.kind} {participant.id}"
        if key in self.entered:
            return Duty(participant)
        below = self._below(key)
        if participant.kind is ParticipantKind.TEAM:
            return Duty(participant, below._in_team(participant.id))
        return Duty(participant, below._in_step(self.directory.first_steps.get(participant.id, ())))

    def in_schedule(self, schedule: Schedule) -> tuple[Duty, ...]:
        if _key_of(schedule) in self.entered:
            return ()
        rows = self.directory.overrides.get(schedule.id, ())
        segments = on_call(schedule, self.t, rows, self.directory.forwardings)
        return self._below(_key_of(schedule)).in_segments(segments)

    def in_segments(self, segments: Iterable[Segment]) -> tuple[Duty, ...]:
        return tuple(
            replace(self.of(each.participant), forwarded_from=each.why.forwarded_from)
            if each.why.forwarded
            else self.of(each.participant)
            for each in segments
        )

    def _below(self, key: str) -> _Walk:
        return _Walk(self.t, self.directory, self.entered | {key})

    def _in_team(self, team_id: str) -> tuple[Duty, ...]:
        schedules = self.directory.team_schedules.get(team_id, ())
        on_duty = _each_once(duty for schedule in schedules for duty in self.in_schedule(schedule))
        return on_duty if people_among(on_duty) else self._users(self.directory.team_members.get(team_id, ()))

    def _in_step(self, step: Iterable[Recipient]) -> tuple[Duty, ...]:
        return _each_once(replace(duty, told=each) for each in step for duty in self._told(each))

    def _told(self, recipient: Recipient) -> tuple[Duty, ...]:
        who = recipient.who
        if isinstance(who, Schedule):
            return self.in_schedule(who)
        if who.kind is ParticipantKind.USER and who.id is not None:
            return self._users((who.id,))
        if recipient.members is not None:
            return (Duty(who, self._users(recipient.members)),)
        return () if who.is_nobody else (self.of(who),)

    def _users(self, users: Iterable[str]) -> tuple[Duty, ...]:
        passing = by_user(self.directory.forwardings)
        standing = ((user, stand_in(user, passing, self.t)) for user in users)
        return _each_once(
            Duty(Participant(ParticipantKind.USER, now), forwarded_from=user if now != user else None)
            for user, now in standing
        )


def _key_of(schedule: Schedule) -> str:
    return f"schedule {schedule.id}"


def _each_once(found: Iterable[Duty]) -> tuple[Duty, ...]:
    kept: dict[Participant, Duty] = {}
    for duty in found:
        kept.setdefault(duty.participant, duty)
    return tuple(kept.values())


def _users(found: Iterable[Duty]) -> Iterator[str]:
    for duty in found:
        if duty.participant.kind is ParticipantKind.USER and duty.participant.id is not None:
            yield duty.participant.id
        yield from _users(duty.inside)
