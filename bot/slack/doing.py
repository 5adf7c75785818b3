"""A change that a click asks for: committed first, then acknowledged, then answered."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.sentences import mistake_card
from bot.slack.commands.dispatch import Place, give, show_form
from bot.slack.desk import Desk
from bot.slack.patience import begun
from bot.slack.translation import explain

UNOPENED = "Slack did not open the form in time. Nothing was changed; please try again."


@dataclass(frozen=True, slots=True)
class _Done:
    outcome: Card | Block | None
    is_refused: bool = False


async def do(work: Coroutine[Any, Any, Card | Block | None], place: Place, ack: AsyncAck, desk: Desk) -> None:
    """Carry it out and answer with the card that says how it went, or with the form that asks for more; None: what is
    seen of it says enough.

    What takes longer than Slack waits is acknowledged meanwhile. What cannot be done is said beside the message that
    was clicked, which stays as it is.
    """
    task = await begun(_explained(work))
    await ack()
    done = await task
    if done.outcome is None:
        return
    if not isinstance(done.outcome, Card):
        if not await show_form(done.outcome, place, desk):
            await give(mistake_card(UNOPENED), replace(place, replace=False), desk)
        return
    await give(done.outcome, replace(place, replace=place.replace and not done.is_refused), desk)


async def _explained(work: Coroutine[Any, Any, Card | Block | None]) -> _Done:
    try:
        return _Done(await work)
    except Exception as error:  # whoever clicked is answered, whatever was not foreseen
        return _Done(explain(error), is_refused=True)
