"""Where a person may be called through a team or an escalation, and when: whom those stand for changes by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.engines.calendars import Span, may_mean, participants_in, spans_of
from bot.engines.rotation import Directory, Participant, Shift
from bot.queries import forwardings, schedules
from bot.queries.crew import crew_of
from bot.queries.naming import Naming
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind
from storage import calendars

STAND_INS = frozenset({ParticipantKind.TEAM, ParticipantKind.ESCALATION})
LOOKED_BACK = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Through:
    """The schedules in which a team or an escalation stands that may mean a person, and which of those do."""

    person: Person
    watched: Sequence[Watched] = ()
    parties: frozenset[Participant] = frozenset()
    directory: Directory = field(default_factory=Directory)
    naming: Naming = field(default_factory=lambda: Naming({}, {}, {}))

    def spans(self, shift: Shift, *, until: datetime) -> Iterator[Span | None]:
        """The times within a shift in which it means the person; they begin before `until`. None: others may go first.

        Of a shift of anybody else than such a team or escalation there are none.
        """
        if shift.participant in self.parties:
            yield from spans_of(self.person.id, shift, self.directory, until=until)


async def through(reading: Reading, person: Person) -> Through:
    """What it takes to say when somebody is called so, from LOOKED_BACK ago on.

    No statement where no team and no escalation stands anywhere, once that is known.
    """
    ids = await reading.recollection.remembered(
        "schedules with stand-ins", lambda: calendars.with_stand_ins(reading.session, since=reading.now - LOOKED_BACK)
    )
    if not ids:
        return Through(person)
    everything = await schedules.of_teams(reading, (), and_ids=ids)
    crew = await crew_of(reading, everything)
    users = await forwardings.passing_to(reading, person.id)
    standing = {each.schedule.id: {*participants_in(each.schedule, each.overrides)} for each in everything}
    parties = frozenset(
        who
        for who in {who for several in standing.values() for who in several if who.kind in STAND_INS}
        if may_mean(who, users, crew.directory)
    )
    watched = [each for each in everything if standing[each.schedule.id] & parties]
    crew = await crew_of(reading, watched)  # whom to ask is drawn again and again: the fewer, the better
    return Through(person, watched, parties, crew.directory, crew.naming)
