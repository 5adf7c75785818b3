"""What was chosen between one's own text and the one that somebody else saved meanwhile."""

from __future__ import annotations

from typing import Any

from bot.errors import BadFields, Conflict
from bot.slack.cards.conflict import Choice, both_texts, choice_block
from bot.slack.desk import Desk
from bot.slack.forms.sending import Sent
from bot.slack.keeping import Typed, set_aside
from bot.usecases.drafts.drop import drop
from bot.usecases.drafts.keep import keep
from bot.usecases.unit import Unit

__all__ = ["both_texts", "choice_of", "keep_for_choice", "leave", "require_shown", "settle", "typed_about", "values_of"]


def choice_of(sent: Sent) -> Choice | None:
    """What was chosen; None in a form that offers no choice, since nobody else was there.

    Raises:
        BadFields: nothing was chosen.
    """
    block = choice_block(sent.about["version"])
    if not _offers_choice(sent):
        return None
    chosen = sent.filled.choice(block)
    if not chosen:
        raise BadFields({block: "Choose what is to stand there."})
    return Choice(chosen)


def typed_about(sent: Sent) -> int:
    """The version that a text was typed about, to be kept with it; 0 where one has to choose, which is about none.

    What is kept of a choice that was refused is thereby a choice again, and replaces nothing unseen.
    """
    return 0 if _offers_choice(sent) else int(sent.about["version"])


def _offers_choice(sent: Sent) -> bool:
    block = choice_block(sent.about["version"])
    return any(each.get("block_id") == block for each in sent.view["blocks"])


def values_of(sent: Sent) -> dict[str, Any]:
    """What was filled in, without the choice: that is of the moment."""
    block = choice_block(sent.about["version"])
    return {name: value for name, value in sent.view["state"]["values"].items() if name != block}


async def keep_for_choice(sent: Sent, typed: Typed, why: str, desk: Desk) -> str:
    """Keep what was typed until its writer has chosen, in the place of what the same form kept before."""
    async with desk.units.begin(sent.person) as unit:
        await settle(sent, unit)
        content = {**typed.content, "view": sent.view["id"]}
        return await keep(unit, form=typed.form, subject=typed.subject, content=content, why=why)


async def leave(sent: Sent, typed: Typed | None, why: str, desk: Desk) -> None:
    """Theirs was chosen: mine, where it says anything, is kept for its writer until they throw it away."""
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        await settle(sent, unit)
        if typed:
            await keep(unit, form=typed.form, subject=typed.subject, content=set_aside(typed.content), why=why)


async def settle(sent: Sent, unit: Unit) -> None:
    """Let go of the kept texts that the form holds."""
    for draft_id in sent.settles:
        await drop(unit, draft_id)


def require_shown(sent: Sent, version: int) -> None:
    """Go on only where the choice was made about what stands there now.

    Raises:
        Conflict: somebody saved once more.
    """
    if sent.about["version"] != version:
        raise Conflict("It was changed once more. Nothing of yours is lost: choose.", theirs=None, version=version)
