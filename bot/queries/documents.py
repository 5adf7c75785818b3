"""A postmortem as one reads it: everything on it, its timeline, its actions, its review and its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.queries import actions, postmortems, remarks, timeline, versions
from bot.queries.actions import ActionView
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView
from bot.queries.reading import Reading
from bot.queries.remarks import RemarkView
from bot.queries.timeline import Timeline
from bot.queries.versions import VersionView

MOST_ENTRIES = 200
"""Of a timeline; a longer one is paged through by itself."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A postmortem whole, as it was at an instant."""

    view: PostmortemView
    timeline: Timeline
    actions: tuple[ActionView, ...]
    at: datetime
    remarks: tuple[RemarkView, ...] = ()
    versions: tuple[VersionView, ...] = ()


async def by_number(reading: Reading, number: int, asker: Person) -> Whole:
    """The postmortem of that number, whole, for a member of the workspace.

    Raises:
        NotAllowed, NotFound: as queries/postmortems.
    """
    row = await postmortems.row_of(reading, number, asker)
    view = await postmortems.view_of(reading, row)
    responders = [each.id for each in view.responders]
    return Whole(
        view=view,
        timeline=await timeline.of_row(reading, row, limit=MOST_ENTRIES, responder_ids=responders),
        actions=await actions.of_postmortem(reading, view.id, asker),
        at=reading.now,
        remarks=await remarks.of_postmortem(reading, view.id),
        versions=await versions.of_postmortem(reading, view.id),
    )
