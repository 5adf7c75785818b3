"""What happens when a form is sent: the same for all of them.

The change is committed before Slack is answered. What cannot be done keeps the form open with all that was typed in it
and says why under the fields; what was typed is also kept as a draft where keeping the form open may not be enough.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck

from bot.errors import AlreadyDone, BadFields, Mistake, Unavailable, WatchbillError
from bot.queries.people import Person
from bot.slack.cards.blocks import Block
from bot.slack.desk import Desk
from bot.slack.forms.values import Filled
from bot.usecases.drafts.keep import keep

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """One form as it was sent. `about` is what its private_metadata says: ids, never text."""

    person: Person
    filled: Filled
    about: Mapping[str, Any]
    key: str
    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Replaced:
    """The form gives way to another view."""

    view: Block


@dataclass(frozen=True, slots=True)
class Stacked:
    """Another view comes on top; this one waits below with what is in it."""

    view: Block


@dataclass(frozen=True, slots=True)
class Finished:
    """Every view of the stack closes."""


Outcome = Replaced | Stacked | Finished | None
"""What becomes of the form; None: it closes."""

Handling = Callable[[Sent, Desk], Awaitable[Outcome]]


def listener(handle: Handling, desk: Desk, *, keeps: Callable[[Sent], tuple[str, dict[str, Any]]] | None = None) -> Any:
    """Bolt's listener for a form's submission.

    `keeps` names what a draft of it is about, and its content, for forms that hold text worth keeping when it is
    refused: somebody else's change, a lock, a lost permission.
    """

    async def sent_in(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        try:
            sent = await _sent(body, view, desk)
            outcome = await handle(sent, desk)
        except AlreadyDone:
            await ack()
            return
        except WatchbillError as error:
            if keeps and isinstance(error, Mistake) and not isinstance(error, BadFields):
                await _keep(sent, keeps, error, desk)
            await ack(response_action="errors", errors=_under_fields(error, view))
            return
        await _acknowledge(ack, outcome)

    return sent_in


async def _sent(body: dict[str, Any], view: dict[str, Any], desk: Desk) -> Sent:
    return Sent(
        person=await desk.people.person(body["user"]["id"]),
        filled=Filled(view),
        about=json.loads(view["private_metadata"] or "{}"),
        key=f"{view['id']}:{view.get('hash', '')}",
        view=view,
    )


async def _acknowledge(ack: AsyncAck, outcome: Outcome) -> None:
    match outcome:
        case None:
            await ack()
        case Replaced(view):
            await ack(response_action="update", view=view)
        case Stacked(view):
            await ack(response_action="push", view=view)
        case Finished():
            await ack(response_action="clear")


async def _keep(sent: Sent, keeps: Callable[[Sent], tuple[str, dict[str, Any]]], error: Mistake, desk: Desk) -> None:
    subject, content = keeps(sent)
    async with desk.units.begin(sent.person) as unit:
        await keep(unit, form=str(sent.view["callback_id"]), subject=subject, content=content, why=error.sentence)


def _under_fields(error: WatchbillError, view: dict[str, Any]) -> dict[str, str]:
    """Sentences by block_id, each under its own field, what belongs to no field of this form under the first."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if not isinstance(error, BadFields):
        return {inputs[0]: _sentence(error)}
    placed: dict[str, str] = {}
    for name, sentence in error.fields.items():
        place = name if name in inputs else inputs[0]
        placed[place] = f"{placed[place]} {sentence}" if place in placed else sentence
    return placed


def _sentence(error: WatchbillError) -> str:
    if isinstance(error, Unavailable):
        return f"{error} Nothing was saved yet and your text is still here: press the button again in a minute."
    if isinstance(error, Mistake):
        return error.sentence
    log.error("form not handled", exc_info=error)
    return "Something went wrong. Nothing was saved yet and your text is still here: please try again."
