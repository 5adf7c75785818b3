"""Keep a postmortem findable: by its title, its text and the services it affected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.engines.searching import lines_of, words_of
from bot.usecases.unit import Unit
from storage import models, postmortems, search


async def index(unit: Unit, row: models.Postmortem) -> None:
    """Have it found by the words it holds now, in this very transaction.

    Called by whatever changes its title, its sections or its services. The caller holds its row.
    """
    await unit.session.flush()
    services = await postmortems.services_of(unit.session, [row.id])
    bodies = [section.body for section in await postmortems.sections(unit.session, row.id)]
    await search.replace(unit.session, row.number, words_in(row.title, services[row.id], bodies))


def words_in(title: str, services: Iterable[str], bodies: Iterable[Mapping[str, Any]]) -> set[str]:
    """The words that a postmortem is found by: of its title, of the services' names, of its sections' documents."""
    words = set(words_of(" ".join([title, *services])))
    for body in bodies:
        for line in lines_of(body):
            words.update(line.words)
    return words
