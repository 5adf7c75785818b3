"""Write a postmortem's executive summary."""

from __future__ import annotations

from bot.engines.documents.document import Adf
from bot.usecases.postmortems.edit_section import replace_text
from bot.usecases.postmortems.held import hold, require_unlocked
from bot.usecases.unit import Unit
from bot.vocabulary import EXECUTIVE_SUMMARY, Verb


async def write_summary(unit: Unit, number: int, summary: Adf) -> None:
    """Make a document its executive summary, whatever stands there. The very same changes nothing.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace, or a key of another team.
        Locked: it is published.
    """
    held = await hold(unit, number, Verb.EDIT_SECTION)
    require_unlocked(unit, held)
    await replace_text(unit, held, EXECUTIVE_SUMMARY, summary)
