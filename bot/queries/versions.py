"""Postmortems as they were published: numbered, and never changed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.engines.papers import Paper, from_plain
from bot.errors import NotFound
from bot.queries.deletions import absent
from bot.queries.people import Person, as_person
from bot.queries.postmortems import require_member
from bot.queries.reading import Reading
from storage import postmortems, versions


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version without what is in it; `by` is None where a program published it for nobody."""

    number: int
    at: datetime
    by: Person | None


@dataclass(frozen=True, slots=True)
class FrozenVersion:
    """A version as it was published, and how many there are."""

    postmortem_id: str
    paper: Paper
    published_at: datetime
    versions: int


async def of_postmortem(reading: Reading, postmortem_id: str) -> tuple[VersionView, ...]:
    """Every version of a postmortem, the oldest first, in one statement."""
    found = await versions.of_postmortem(reading.session, postmortem_id)
    return tuple(
        VersionView(each.number, each.at, as_person(each.by, reading.settings) if each.by else None) for each in found
    )


async def by_number(reading: Reading, number: int, version: int, asker: Person) -> FrozenVersion:
    """That version of the postmortem of that number, for a member of the workspace.

    Raises:
        NotAllowed: the asker is an outsider.
        NotFound: there is no such postmortem, or it was never published so often; the sentence says how often it was.
    """
    label = f"PM-{number}"
    require_member(asker, subject=label)
    row = await postmortems.by_number(reading.session, number)
    if row is None:
        raise await absent(reading, number, asker)
    count = len(await versions.of_postmortem(reading.session, row.id))
    stored = await versions.numbered(reading.session, row.id, version)
    if stored is None:
        raise NotFound(_none_such(label, version, count), nearest=[f"{label} v{count}"] if count else [label])
    return FrozenVersion(row.id, from_plain(stored.snapshot), stored.published_at, count)


def _none_such(label: str, version: int, count: int) -> str:
    if not count:
        return f"{label} was never published, so there is no version {version} of it."
    there_are = "There is one, version 1." if count == 1 else f"There are {count}, 1 to {count}."
    return f"{label} has no version {version}. {there_are}"
