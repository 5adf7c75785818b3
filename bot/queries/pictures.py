"""A schedule's week or month as it is drawn: who has which watch, with everybody's names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.engines.pictures import Period, Picture, Who, drawn
from bot.engines.rotation import Participant
from bot.queries import schedules
from bot.queries.crew import Crew, crew_of
from bot.queries.forwardings import LOOKED_BACK
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind


async def of_schedule(reading: Reading, watched: Watched, period: Period) -> Callable[[], Picture]:
    """All that a picture of a schedule needs, in a fixed number of statements; call it to have the picture made.

    That may take a while where turns are short: let a thread do it. Of a time long past the schedule is read again,
    with what lay over it then.
    """
    start = period.window(watched.schedule.zone)[0]
    if start < reading.now - LOOKED_BACK:
        watched = await schedules.by_id(reading, watched.schedule.id, since=start) or watched
    crew = await crew_of(reading, [watched], since=min(start, reading.now))
    return partial(
        drawn,
        watched.schedule,
        period,
        reading.now,
        partial(_named, crew),
        overrides=watched.overrides,
        forwardings=crew.directory.forwardings,
    )


def _named(crew: Crew, who: Participant) -> Who:
    """A person by name; a team or an escalation as what it is; whoever is gone as somebody of their kind."""
    key = f"{who.kind}:{who.id}"
    if who.kind is ParticipantKind.USER:
        person = crew.naming.people.get(who.id or "")
        return Who(key, person.name, _handle(person)) if person else Who(key, "Somebody")
    name = crew.naming.of(who)
    return Who(key, f"{who.kind.capitalize()} {name}" if name else f"A {who.kind}", f"{who.kind.capitalize()}")


def _handle(person: Person) -> str:
    return (person.email or person.slack_id or "").partition("@")[0]
