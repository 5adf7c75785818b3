"""What was said in a postmortem's review: comments, and why changes were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.queries.people import Person, as_person
from bot.queries.reading import Reading
from bot.vocabulary import Verdict
from storage import remarks


@dataclass(frozen=True, slots=True)
class RemarkView:
    """Something that somebody said, at a time. `section` is a section's key, None: of the whole.

    `verdict` is the one that was given with these words; None: it is a comment.
    """

    person: Person
    at: datetime
    section: str | None
    verdict: Verdict | None
    text: str


async def of_postmortem(reading: Reading, postmortem_id: str) -> tuple[RemarkView, ...]:
    """All that was said of one postmortem, in order, in one statement."""
    found = await remarks.of_postmortems(reading.session, [postmortem_id])
    return tuple(
        RemarkView(
            person=as_person(user, reading.settings),
            at=row.at,
            section=row.section_key,
            verdict=Verdict(row.verdict) if row.verdict else None,
            text=row.text,
        )
        for row, user in found[postmortem_id]
    )
