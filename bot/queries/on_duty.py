"""The people whom a responder stands for at a moment: whoever is on call, comes next, or is meant of a team.

What it takes is remembered until something about who is on call changes: asked again it costs no statement.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime, timedelta

from bot.engines.escalation import pick
from bot.engines.rotation import Participant, duties, on_call, people_among, people_of, standing
from bot.engines.rotation.forwardings import by_user, stand_in
from bot.queries import duty, forwardings, schedules
from bot.queries.crew import MEANT_OF_A_TEAM, Crew, crew_of
from bot.queries.on_call import standings
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.responders import persons
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind, RecipientKind, StepNotifies, TeamRole
from storage import teams

_A_MOMENT = timedelta(microseconds=1)
LOOKED_BACK = 10
"""How many changes before the last one are looked at for somebody else who was on call."""


async def of_user(reading: Reading, user_id: str, *, at: datetime | None = None) -> tuple[Person, ...]:
    """A person; with an instant whoever stands in for them then, where they forward what comes to them."""
    if at is not None:
        user_id = stand_in(user_id, by_user(await forwardings.all_around(reading)), at)
    return tuple((await persons(reading, [user_id])).values())


async def of_schedule(
    reading: Reading, schedule_id: str, *, at: datetime, notifies: StepNotifies = StepNotifies.DEFAULT, seed: str = ""
) -> tuple[Person, ...]:
    """Who is on call by a schedule, who comes next, or who was before; nobody where it is off, or gone.

    At random one of those on call is meant; what is said of members is meant of those on call too.
    """
    watched = await schedules.by_id(reading, schedule_id)
    if watched is None:
        return ()
    if notifies is StepNotifies.NEXT:
        coming = await duty.next_on_call(reading, watched, at=at)
        found = people_among(coming.exact) or people_among(coming.others)
        return tuple((await persons(reading, found)).values())
    if notifies is StepNotifies.PREVIOUS:
        return await _previous(reading, watched, at=at)
    [stood] = await standings(reading, [watched], at=at)
    everybody = [holder.who for holder in stood.holders] if stood.enabled else []
    there = {person.id: person for who in everybody for person in ((who,) if isinstance(who, Person) else who.people)}
    return _one_of(there, seed) if notifies is StepNotifies.RANDOM else tuple(there.values())


async def next_of_schedule(
    reading: Reading, schedule_id: str, *, at: datetime, besides: Container[str]
) -> tuple[Person, ...]:
    """Who comes next by a schedule and is none of those; nobody where it is off, gone, or nobody else is in sight."""
    watched = await schedules.by_id(reading, schedule_id)
    if watched is None:
        return ()
    coming = await duty.next_on_call(reading, watched, at=at)
    for several in (coming.exact, coming.others):
        found = [each for each in people_among(several) if each not in besides]
        if found:
            return tuple((await persons(reading, found)).values())
    return ()


async def of_team(
    reading: Reading, team_id: str, *, at: datetime, notifies: StepNotifies = StepNotifies.DEFAULT, seed: str = ""
) -> tuple[Person, ...]:
    """Those on call by a team's schedules, or its members where it has nobody on call; or the members that are meant.

    What nobody of a team can be (the next, the previous) is read as those on call.
    """
    roles = MEANT_OF_A_TEAM.get(notifies)
    if roles is not None:
        members = await _members(reading, team_id)
        meant = await _standing_in(reading, [each for each, role in members if role in roles], at)
        return _one_of(meant, seed) if notifies is StepNotifies.RANDOM else tuple(meant.values())
    team = Participant(ParticipantKind.TEAM, team_id)

    async def load() -> Crew:
        return await crew_of(reading, (), besides=[team])

    crew = await reading.recollection.remembered(("crew of", team), load)
    found = people_of(team, at, crew.directory)
    return tuple((await persons(reading, found)).values())


async def schedules_of_team(reading: Reading, team_id: str) -> list[Watched]:
    """A team's own schedules, by name."""
    return await reading.recollection.remembered(
        ("schedules of team", team_id), lambda: schedules.of_teams(reading, [team_id])
    )


async def of_recipient(
    reading: Reading, kind: RecipientKind, recipient_id: str, notifies: StepNotifies, *, at: datetime, seed: str
) -> tuple[Person, ...]:
    """Whom a step of an escalation tells. `seed` chooses where one is told at random."""
    if kind is RecipientKind.SCHEDULE:
        return await of_schedule(reading, recipient_id, at=at, notifies=notifies, seed=seed)
    if kind is RecipientKind.TEAM:
        return await of_team(reading, recipient_id, at=at, notifies=notifies, seed=seed)
    return await of_user(reading, recipient_id, at=at)


def _one_of(people_: Mapping[str, Person], seed: str) -> tuple[Person, ...]:
    chosen = pick(sorted(people_), seed=seed)
    return (people_[chosen],) if chosen is not None else ()


async def _members(reading: Reading, team_id: str) -> tuple[tuple[str, TeamRole], ...]:
    async def load() -> tuple[tuple[str, TeamRole], ...]:
        return tuple((row.user_id, TeamRole(row.role)) for row in await teams.memberships(reading.session, team_id))

    return await reading.recollection.remembered(("members", team_id), load)


async def _standing_in(reading: Reading, ids: Iterable[str], at: datetime) -> dict[str, Person]:
    passing = by_user(await forwardings.all_around(reading))
    return await persons(reading, list(dict.fromkeys(stand_in(each, passing, at) for each in ids)))


async def _previous(reading: Reading, watched: Watched, *, at: datetime) -> tuple[Person, ...]:
    """Who was on call before those who are now: the last ones who are not the same."""
    watched, crew = await duty.with_crew(reading, watched, since=at)
    overrides, passing = watched.overrides, crew.directory.forwardings
    now = people_among(duties(watched.schedule, at, crew.directory))
    moment = at
    for _ in range(LOOKED_BACK):
        segments = on_call(watched.schedule, moment, overrides, passing)
        stood = standing(watched.schedule, moment, overrides, passing)
        began = max((each.start for each in segments), default=stood.gap_since)
        if began is None:
            return ()
        moment = began - _A_MOMENT
        before = people_among(duties(watched.schedule, moment, crew.directory))
        if before and set(before) != set(now):
            return tuple((await persons(reading, before)).values())
    return ()
