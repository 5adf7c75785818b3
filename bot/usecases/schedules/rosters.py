"""The rosters of rotations that are wanted: everybody in them looked up, and fit to be on call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.engines.rotation import NOBODY, Participant, Rotation
from bot.queries import people
from bot.queries.naming import Naming, naming
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.usecases.fields import Faults, unfit
from bot.usecases.references import Ref, missing
from bot.usecases.schedules.wanted import UNSAID, Named, WantedRotation
from bot.vocabulary import ParticipantKind


@dataclass(frozen=True, slots=True)
class Rosters:
    """Who may stand in a roster: whom names mean, everybody known, and who stands in which rotation's by its id.

    `staying` holds nobody where people edit: they are shown a form, and are told who has to go.
    """

    meant: Mapping[Named, Participant]
    known: Mapping[str, Person]
    staying: Mapping[str, frozenset[Participant]]
    names: Naming

    def of(
        self, wanted: WantedRotation, before: Rotation | None, field: str, faults: Faults
    ) -> tuple[Participant, ...]:
        """The roster of a rotation; in the place of a stranger, who is noted, stands nobody.

        Programs send back what they were shown: who stands in the roster `before` may stay, also who has left since, or
        is not within the reach of the key.
        """
        if wanted.participants is UNSAID:
            return before.rule.participants if before else ()
        staying = self.staying.get(before.id, frozenset()) if before else frozenset()
        called = {name: each for each in staying for name in self._names_of(each)}
        roster: list[Participant] = []
        for place, who in enumerate(wanted.participants):
            found = who if isinstance(who, Participant) else self.meant.get(who) or called.get(_spelt(who))
            if found is None and isinstance(who, Named):
                faults.add(f"{field}.participants.{place}.{who.field}", missing(who.kind, who.ref))
            roster.append(found or NOBODY)
        faults.add(f"{field}.participants", self._unfit(roster, staying))
        return tuple(roster)

    def _names_of(self, each: Participant) -> Iterator[Named]:
        if each.id:
            yield Named(each.kind, Ref(id=each.id))
        if name := self.names.of(each):
            yield _spelt(Named(each.kind, Ref(name=name)))

    def _unfit(self, roster: Sequence[Participant], staying: frozenset[Participant]) -> str | None:
        """A sentence for everybody new in the roster who cannot be on call."""
        users = dict.fromkeys(who.id for who in roster if who.kind is ParticipantKind.USER and who not in staying)
        reasons = [unfit(self.known.get(user or ""), task="be on call") for user in users]
        return " ".join(reason for reason in reasons if reason) or None


async def rosters_of(
    reading: Reading,
    wanted: Sequence[WantedRotation],
    stored: Mapping[str, Rotation],
    *,
    meant: Mapping[Named, Participant],
    is_person: bool,
) -> Rosters:
    """The rosters of these rotations, `stored` being those there are, by id; four statements at most."""
    rosters = {each.id: each.participants for each in wanted if each.participants is not UNSAID}
    named = [who for each in wanted if each.participants is not UNSAID for who in each.participants]
    there = [who for who in (*named, *meant.values()) if isinstance(who, Participant)]
    known = await people.by_ids(reading, {who.id for who in there if who.kind is ParticipantKind.USER and who.id})
    kept = {} if is_person else {id_: frozenset(stored[id_].rule.participants) for id_ in rosters if id_}
    strangers = [who for who in named if isinstance(who, Named) and who not in meant]
    names = await naming(reading, [who for roster in kept.values() for who in roster] if strangers else [])
    return Rosters(meant, known, kept, names)


def _spelt(who: Named) -> Named:
    """As it is compared: by the id alone where there is one; the case of a user name does not count."""
    if who.ref.id:
        return Named(who.kind, Ref(id=who.ref.id))
    is_user = who.kind is ParticipantKind.USER
    return Named(who.kind, Ref(name=who.ref.name.lower() if is_user and who.ref.name else who.ref.name))
