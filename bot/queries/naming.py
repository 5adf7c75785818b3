"""What programs call whoever stands in a roster, an override or an escalation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.engines.rotation import Participant
from bot.queries import escalations, people, teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind


@dataclass(frozen=True, slots=True)
class Naming:
    """Names by id, as many as were asked for."""

    people: Mapping[str, Person]
    teams: Mapping[str, str]
    escalations: Mapping[str, str]

    def of(self, who: Participant) -> str | None:
        """Their name: a user's user name; None for `none` and for what is gone."""
        if who.kind is ParticipantKind.USER:
            person = self.people.get(who.id or "")
            return username(person) if person else None
        names = self.teams if who.kind is ParticipantKind.TEAM else self.escalations
        return names.get(who.id or "")


def username(person: Person) -> str:
    """By which name programs know a person: the e-mail, or Slack's id of somebody whose e-mail Slack does not tell."""
    return person.email or person.slack_id or person.id


async def naming(reading: Reading, participants: Iterable[Participant], team_ids: Iterable[str] = ()) -> Naming:
    """The names of all these, in three statements at most."""
    wanted: dict[ParticipantKind, set[str]] = {kind: set() for kind in ParticipantKind}
    for who in participants:
        if who.id:
            wanted[who.kind].add(who.id)
    team_ids = wanted[ParticipantKind.TEAM] | set(team_ids)
    return Naming(
        people=await people.by_ids(reading, wanted[ParticipantKind.USER]),
        teams=await teams.names(reading, team_ids),
        escalations=await escalations.names(reading, wanted[ParticipantKind.ESCALATION]),
    )


async def naming_of(reading: Reading, watched: Iterable[Watched]) -> Naming:
    """The names of everybody in these schedules: in rosters, of any version, and in the overrides laid over them."""
    each = list(watched)
    in_rosters = (
        who
        for one in each
        for rotation in one.schedule.rotations
        for version in rotation.versions
        for who in version.rule.participants
    )
    in_overrides = (override.participant for one in each for override in one.overrides)
    return await naming(reading, [*in_rosters, *in_overrides], [one.team_id for one in each if one.team_id])
