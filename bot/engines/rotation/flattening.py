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
    """Everybody on call at `t`, in rotation order, each participant once; nobody for a schedule that is off.

    A group that holds other groups is opened once, where it is met first.
    """
    segments = on_call(schedule, t, directory.overrides.get(schedule.id, ()), directory.forwardings)
    return duties_of(schedule, segments, t, directory)


def duties_of(schedule: Schedule, segments: Iterable[Segment], t: datetime, directory: Directory) -> tuple[Duty, ...]:
    """The same of segments that hold at `t`, where the caller has asked for them already."""
    return _Walk(t, directory, apart=schedule).in_segments(segments)


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
    would come round to itself is left out; `none` and what the directory does not know are nobody. The work grows with
    the groups reached and the names in them.
    """
    return people_among((_Walk(t, directory).of(participant),))


def turning_points(directory: Directory, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """The instants within (start, end), in order, at which teams and escalations may come to stand for others."""
    return tuple(sorted({moment for several in turning_points_one_by_one(directory, start, end) for moment in several}))


def turning_points_one_by_one(directory: Directory, start: datetime, end: datetime) -> Iterator[set[datetime]]:
    """The same rotation by rotation as they are drawn, for whoever lets others go first in between."""
    yield {at for row in directory.forwardings for at in (row.start, row.end) if start < at < end}
    among_steps = (each.who for step in directory.first_steps.values() for each in step)
    schedules = {
        each.id: each
        for each in (
            *(each for several in directory.team_schedules.values() for each in several),
            *(each for each in among_steps if isinstance(each, Schedule)),
        )
    }
    for each in schedules.values():
        for rotation in each.rotations:
            alone = replace(each, rotations=(rotation,))
            drawn = timeline(alone.while_on, start, end, directory.overrides.get(each.id, ()), directory.forwardings)
            pieces = (piece for row in drawn.rotations for piece in row.final)
            yield {at for piece in pieces for at in (piece.start, piece.end) if start < at < end}


class _Walk:
    """One answer at one instant: each schedule is asked once in it, however many name it, and each group read once.

    `apart` is the schedule that the answer is about: inside of it nobody stands for it.
    """

    def __init__(self, t: datetime, directory: Directory, *, apart: Schedule | None = None) -> None:
        self._t = t
        self._directory = directory
        self._passing = by_user(directory.forwardings)
        self._on_duty: dict[str, tuple[Duty, ...]] = {} if apart is None else {apart.id: ()}
        self._named: dict[Participant, tuple[Duty, ...]] = {}
        self._reached: dict[Participant, frozenset[Participant]] = {}
        self._opened: set[Participant] = set()

    def of(self, participant: Participant) -> Duty:
        """The participant with those inside."""
        return self._open(Duty(participant))

    def in_segments(self, segments: Iterable[Segment]) -> tuple[Duty, ...]:
        """The same of everybody in these segments, with who forwarded."""
        return tuple(self._open(duty) for duty in _as_duties(segments))

    def _open(self, duty: Duty) -> Duty:
        """A group that holds others is opened where it is met first, and left closed from then on: so cycles end, and
        what is told grows with the groups there are, not with the ways to them.
        """
        who = duty.participant
        if not _is_to_open(duty):
            return duty
        inside = self._inside(who)
        if any(_is_to_open(each) for each in inside):
            if who in self._opened:
                return duty
            self._opened.add(who)
        return replace(duty, inside=tuple(self._open(each) for each in inside))

    def _inside(self, group: Participant) -> tuple[Duty, ...]:
        """Those whom a group names, but of a team that nobody is on call for its members.

        That is one whose schedules lead to nobody: at most round in a circle, back to the team itself.
        """
        named = self._names(group)
        reached = self._reaches(group)
        if group.kind is not ParticipantKind.TEAM or any(self._names_people(each) for each in reached):
            return named
        manned = [each for each in reached if self._members(each)]
        if any(group not in self._reaches(each) for each in manned):
            return named
        return self._users(self._members(group)) if self._members(group) or not manned else named

    def _names(self, group: Participant) -> tuple[Duty, ...]:
        """Whom a team's schedules or an escalation's first step name, each once, groups not opened."""
        if group not in self._named:
            self._named[group] = _each_once(self._naming(group))
        return self._named[group]

    def _naming(self, group: Participant) -> Iterator[Duty]:
        if group.kind is ParticipantKind.TEAM:
            for schedule in self._directory.team_schedules.get(group.id or "", ()):
                yield from self._by(schedule)
            return
        for recipient in self._directory.first_steps.get(group.id or "", ()):
            for duty in self._told(recipient):
                yield replace(duty, told=recipient)

    def _by(self, schedule: Schedule) -> tuple[Duty, ...]:
        if schedule.id not in self._on_duty:
            rows = self._directory.overrides.get(schedule.id, ())
            segments = on_call(schedule, self._t, rows, self._directory.forwardings)
            self._on_duty[schedule.id] = tuple(_as_duties(segments))
        return self._on_duty[schedule.id]

    def _told(self, recipient: Recipient) -> tuple[Duty, ...]:
        who = recipient.who
        if isinstance(who, Schedule):
            return self._by(who)
        if who.kind is ParticipantKind.USER and who.id is not None:
            return self._users((who.id,))
        if recipient.members is not None:
            return (Duty(who, self._users(recipient.members)),)
        return () if who.is_nobody else (Duty(who),)

    def _reaches(self, group: Participant) -> frozenset[Participant]:
        """The group and all groups that are named by it, or by those."""
        if group not in self._reached:
            found, waiting = {group}, [group]
            while waiting:
                named = {duty.participant for duty in self._names(waiting.pop()) if _is_to_open(duty)}
                waiting += named - found
                found |= named
            self._reached[group] = frozenset(found)
        return self._reached[group]

    def _names_people(self, group: Participant) -> bool:
        return bool(people_among(self._names(group)))

    def _members(self, group: Participant) -> tuple[str, ...]:
        is_team = group.kind is ParticipantKind.TEAM
        return self._directory.team_members.get(group.id or "", ()) if is_team else ()

    def _users(self, users: Iterable[str]) -> tuple[Duty, ...]:
        standing = ((user, stand_in(user, self._passing, self._t)) for user in users)
        return _each_once(
            Duty(Participant(ParticipantKind.USER, now), forwarded_from=user if now != user else None)
            for user, now in standing
        )


def _as_duties(segments: Iterable[Segment]) -> Iterator[Duty]:
    return (Duty(each.participant, forwarded_from=each.why.forwarded_from) for each in segments)


def _is_to_open(duty: Duty) -> bool:
    """Whether it is a group that stands for whoever is on call for it, not for some of its members anyway."""
    who = duty.participant
    is_group = who.kind not in {ParticipantKind.USER, ParticipantKind.NONE} and who.id is not None
    return is_group and (duty.told is None or duty.told.members is None)


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
