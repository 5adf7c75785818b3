"""Freeze what a postmortem's page shows, as the next of its versions."""

from __future__ import annotations

from dataclasses import replace

from bot.engines.papers import Paper, as_plain
from bot.queries import papers
from bot.usecases.postmortems.held import Held
from bot.usecases.unit import Unit
from storage.models import PostmortemVersion


async def freeze(unit: Unit, held: Held) -> Paper:
    """Keep it as it is now, published, and answer it as it was kept: version 1, and one more each time.

    It is never changed again, whatever becomes of the people, the services and the actions that it names. The caller
    has written the review back into its rows.
    """
    await unit.session.flush()
    earlier = await papers.of_row(unit.reading, held.row, held.reviewers)
    paper = replace(earlier, version=earlier.version + 1)
    unit.session.add(
        PostmortemVersion(
            postmortem_id=held.row.id,
            number=paper.version,
            snapshot=as_plain(paper),
            published_at=unit.now,
            published_by=unit.author.id if unit.author else None,
        )
    )
    return paper
