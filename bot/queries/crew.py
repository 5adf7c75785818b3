"""Everybody who can come on call by some schedules: whom teams and escalations stand for, who forwards, and names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.engines.rotation import Directory, Forwarding, Participant, Recipient, Schedule
from bot.queries import forwardings, schedules
from bot.queries.naming import Naming, naming
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind, RecipientKind, StepNotifies, TeamRole
from storage import escalations, teams
from storage.models import Membership

MEANT_OF_A_TEAM = {
    StepNotifies.ALL: frozenset(TeamRole),
    StepNotifies.RANDOM: frozenset(TeamRole),
    StepNotifies.ADMINS: frozenset({TeamRole.ADMIN}),
    StepNotifies.USERS: frozenset({TeamRole.USER}),
}
"""Which members a step of an escalation means of a team, where it does not mean those on call for it."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Hand `directory` to the rotation engine; `naming` names everybody it may answer with.

    `laid_by`: the names of the keys by which programs laid overrides, by override, where somebody has looked for them.
    """

    directory: Directory
    naming: Naming
    laid_by: Mapping[str, str] = field(default_factory=dict)


async def crew_of(
    reading: Reading,
    watched: Sequence[Watched],
    *,
    since: datetime | None = None,
    besides: Collection[Participant] = (),
) -> Crew:
    """The crew of these schedules, for questions about `since` (now, when left out) and later.

    `besides`: teams and escalations that are asked about themselves.

    Four statements, and six more where teams or escalations stand in for people: that many again for each level at
    which those name others. How many schedules and people there are makes no difference.
    """
    reached = _Reached()
    await reached.follow(reading, {*_participants(watched), *besides}, since)
    links = await forwardings.all_around(reading, since)
    directory = reached.directory(watched, links)
    who = {*_participants([*watched, *reached.schedules.values()]), *_recipients(directory), *_members(directory)}
    users = {each.id for each in who if each.kind is ParticipantKind.USER and each.id}
    others = _passed_to(users, links) | _makers(watched)
    who |= {Participant(ParticipantKind.USER, each) for each in others}
    return Crew(directory, await naming(reading, who))


@dataclass(slots=True)
class _Reached:
    """What has been read so far, from one level of names to the next."""

    schedules: dict[str, Watched] = field(default_factory=dict)
    members: dict[str, list[Membership]] = field(default_factory=dict)
    rules: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)

    async def follow(self, reading: Reading, named: set[Participant], since: datetime | None) -> None:
        """Read level after level, until everything that is named has been read."""
        while True:
            team_ids = {
                each.id for each in named if each.kind is ParticipantKind.TEAM and each.id
            } - self.members.keys()
            step_ids = {each.id for each in named if each.kind is ParticipantKind.ESCALATION and each.id}
            step_ids -= self.rules.keys()
            if not team_ids and not step_ids:
                return
            named = await self._read(reading, team_ids, step_ids, since)

    async def _read(
        self, reading: Reading, team_ids: set[str], step_ids: set[str], since: datetime | None
    ) -> set[Participant]:
        """Read these, and answer whom they name."""
        self.members |= {each: [] for each in team_ids}
        for row in await teams.memberships_in(reading.session, team_ids):
            self.members[row.team_id].append(row)
        self.rules |= {each: [] for each in step_ids}
        for escalation in await escalations.by_ids(reading.session, step_ids):
            self.rules[escalation.id] = first_rules(escalation.rules)
        told = [rule["recipient"] for each in step_ids for rule in self.rules[each]]
        named_schedules = {each["id"] for each in told if each["type"] == RecipientKind.SCHEDULE}
        found = await schedules.of_teams(reading, team_ids, and_ids=named_schedules, since=since)
        self.schedules |= {each.schedule.id: each for each in found}
        direct = {_as_participant(each) for each in told if each["type"] != RecipientKind.SCHEDULE}
        return {*_participants(found), *direct}

    def directory(self, watched: Iterable[Watched], links: tuple[Forwarding, ...]) -> Directory:
        """All of it, as the engine takes it."""
        owned: dict[str, list[Schedule]] = {}
        for each in self.schedules.values():
            owned.setdefault(each.team_id or "", []).append(each.schedule)
        everything = {**self.schedules, **{each.schedule.id: each for each in watched}}
        return Directory(
            team_schedules={team_id: tuple(owned.get(team_id, ())) for team_id in self.members},
            team_members={team_id: tuple(row.user_id for row in rows) for team_id, rows in self.members.items()},
            first_steps={step_id: tuple(self._recipients(rules)) for step_id, rules in self.rules.items()},
            overrides={schedule_id: each.overrides for schedule_id, each in everything.items()},
            forwardings=links,
        )

    def _recipients(self, rules: Iterable[Mapping[str, Any]]) -> Iterator[Recipient]:
        for rule in rules:
            told, notify = rule["recipient"], StepNotifies(rule["notify_type"])
            who = self._schedule(told["id"]) if told["type"] == RecipientKind.SCHEDULE else _as_participant(told)
            if who is None:
                continue
            roles = MEANT_OF_A_TEAM.get(notify) if told["type"] == RecipientKind.TEAM else None
            meant = [row.user_id for row in self.members.get(told["id"], ()) if row.role in (roles or ())]
            yield Recipient(who, None if roles is None else tuple(meant), rule["delay_minutes"], notify)

    def _schedule(self, schedule_id: str) -> Schedule | None:
        found = self.schedules.get(schedule_id)
        return found.schedule if found else None


def first_rules(rules: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """An escalation's first step: the rules that come soonest."""
    soonest = min((rule["delay_minutes"] for rule in rules), default=0)
    return [rule for rule in rules if rule["delay_minutes"] == soonest]


def _as_participant(recipient: Mapping[str, Any]) -> Participant:
    return Participant(ParticipantKind(recipient["type"]), recipient["id"])


def _participants(watched: Iterable[Watched]) -> Iterator[Participant]:
    for each in watched:
        for rotation in each.schedule.rotations:
            for version in rotation.versions:
                yield from version.rule.participants
        yield from (override.participant for override in each.overrides)


def _recipients(directory: Directory) -> Iterator[Participant]:
    for step in directory.first_steps.values():
        yield from (each.who for each in step if isinstance(each.who, Participant))


def _members(directory: Directory) -> Iterator[Participant]:
    for members in directory.team_members.values():
        yield from (Participant(ParticipantKind.USER, each) for each in members)


def _makers(watched: Iterable[Watched]) -> set[str]:
    return {override.created_by for each in watched for override in each.overrides if override.created_by}


def _passed_to(users: Collection[str], links: Iterable[Forwarding]) -> set[str]:
    """To whom the duty of these may come, by whatever chain."""
    to = {link.to_user for link in links if link.from_user in users} - set(users)
    return to | _passed_to({*users, *to}, links) if to else to
