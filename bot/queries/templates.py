"""The templates there are: what each says, since when and by whom, and which teams begin with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.templates import BUILT_IN, DEFAULT, TemplateSection, parse
from bot.engines.templates.files import file_of
from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.teams import TeamName
from storage import templates
from storage.templates import Newest


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template as it is now. `version` is the number of its text, `changed_at` since when that stands there.

    `changed_by` None: no person wrote it. `file`: the file it comes from. `teams` chose to begin with it.
    """

    id: str
    key: str
    name: str
    version: int
    markdown: str
    sections: tuple[TemplateSection, ...]
    changed_at: datetime
    changed_by: Person | None
    file: str | None
    teams: tuple[TeamName, ...]

    @property
    def is_default(self) -> bool:
        """Whether whoever chose nothing begins with it."""
        return self.key == DEFAULT.key

    @property
    def is_built_in(self) -> bool:
        """Whether it came with Watchbill, whatever it says by now."""
        return self.key in BUILT_IN


@dataclass(frozen=True, slots=True)
class Choices:
    """What a new postmortem can begin with, as keys and names, and the key of what it does unless one chooses."""

    offered: tuple[tuple[str, str], ...]
    usual: str


async def listed(reading: Reading) -> tuple[TemplateView, ...]:
    """Every template, the default one first, then by name: three statements, however many there are."""
    return await _views(reading, _in_order(await templates.present(reading.session)))


async def by_id(reading: Reading, template_id: str) -> TemplateView | None:
    """The template with that id; None where it was removed."""
    found = await templates.by_id(reading.session, template_id)
    return (await _views(reading, [found]))[0] if found else None


async def choices(reading: Reading, person: Person) -> Choices:
    """What a postmortem of that person can begin with; usual is what their team chose, where they are in one only."""
    found = _in_order(await templates.present(reading.session))
    usual = await templates.of_only_team(reading.session, person.id)
    return Choices(
        offered=tuple((row.key, row.name) for row, _ in found),
        usual=next((row.key for row, _ in found if row.id == usual), DEFAULT.key),
    )


def _in_order(found: Sequence[Newest]) -> list[Newest]:
    return sorted(found, key=lambda each: (each[0].key != DEFAULT.key, each[0].name.casefold()))


async def _views(reading: Reading, found: Sequence[Newest]) -> tuple[TemplateView, ...]:
    begun_by = await templates.teams_with(reading.session, [row.id for row, _ in found])
    known = await people.by_ids(reading, {version.created_by for _, version in found if version.created_by})
    return tuple(
        TemplateView(
            id=row.id,
            key=row.key,
            name=row.name,
            version=version.number,
            markdown=version.markdown,
            sections=parse(version.markdown),
            changed_at=version.created_at,
            changed_by=known.get(version.created_by or ""),
            file=file_of(row.key, reading.settings.templates),
            teams=tuple(TeamName(team.id, team.name) for team in begun_by if team.template_id == row.id),
        )
        for row, version in found
    )
