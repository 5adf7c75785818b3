"""Who reviews unless somebody else is named: by team and by service, and for one postmortem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from storage import models, postmortems, reviewers, services, teams
from storage.models.base import name_key

OFFERED = 50
"""Of the services whose names hold the words that somebody typed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What has default reviewers, or may have: a team or a service; `team_id` is whose it is, a team's its own."""

    id: str
    name: str
    is_team: bool
    team_id: str | None

    @property
    def called(self) -> str:
        """Its name, and what it is: `the team Payments`."""
        return f"the {'team' if self.is_team else 'service'} {self.name}"


@dataclass(frozen=True, slots=True)
class DefaultReviewers:
    """A team or a service with who reviews by default, in their order; who has left is left out."""

    subject: Subject
    people: tuple[Person, ...]


async def proposed(reading: Reading, number: int) -> tuple[Person, ...]:
    """Who is to review the postmortem of that number unless somebody else is named, in two or three statements.

    Those of the services that its incident struck; where they name nobody, those of its team; nobody where there are
    none. Its owner is never among them, nor is who has left or became a guest. Of an unknown postmortem: nobody.
    """
    row = await postmortems.by_number(reading.session, number)
    return await proposed_for(reading, row) if row else ()


async def proposed_for(reading: Reading, row: models.Postmortem) -> tuple[Person, ...]:
    """The same for a row that is read already."""
    found = await reviewers.defaults_of(reading.session, row.id, row.team_id)
    known = await people.by_ids(reading, {each.user_id for each in found})
    fit = {each.id for each in known.values() if not (each.has_left or each.is_outsider)} - {row.owner_id}
    of_team = [each.user_id for each in found if each.subject_id == row.team_id]
    of_services = [each.user_id for each in found if each.subject_id != row.team_id]
    for ids in (of_services, of_team):
        if chosen := [each for each in dict.fromkeys(ids) if each in fit]:
            return tuple(known[each] for each in chosen)
    return ()


async def every(reading: Reading) -> tuple[DefaultReviewers, ...]:
    """Every team and service that has default reviewers, teams first, by name; in four statements at most."""
    named_teams = [_of_team(each) for each in await reviewers.reviewed_teams(reading.session)]
    named_services = [_of_service(each) for each in await reviewers.reviewed_services(reading.session)]
    return await _with_people(reading, [*named_teams, *named_services])


async def of_subject(reading: Reading, subject: Subject) -> DefaultReviewers:
    """One team or service with its default reviewers."""
    return (await _with_people(reading, [subject]))[0]


async def subjects(reading: Reading, words: str) -> tuple[Subject, ...]:
    """Every team, and the services whose names hold the words: among them is what somebody means by them."""
    every_team = await teams.all_by_name(reading.session)
    parts = name_key(words.replace("\x00", "")).split()
    found = await services.containing(reading.session, parts, limit=OFFERED) if parts else []
    return (*map(_of_team, every_team), *map(_of_service, found))


def _of_team(row: models.Team) -> Subject:
    return Subject(row.id, row.name, is_team=True, team_id=row.id)


def _of_service(row: models.Service) -> Subject:
    return Subject(row.id, row.name, is_team=False, team_id=row.team_id)


async def _with_people(reading: Reading, wanted: Iterable[Subject]) -> tuple[DefaultReviewers, ...]:
    named = {each.id: each for each in wanted}
    rows = await reviewers.defaults(reading.session, named)
    known = await people.by_ids(reading, {row.user_id for row in rows})
    return tuple(
        DefaultReviewers(
            subject,
            tuple(
                known[row.user_id] for row in rows if row.subject_id == subject.id and not known[row.user_id].has_left
            ),
        )
        for subject in named.values()
    )
