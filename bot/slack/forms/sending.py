"""What happens when a form is sent: the same for all of them.

The change is committed before Slack is answered. What cannot be done keeps the form open with all that was typed in it
and says why under the fields; what was typed is kept as well, since the form may be gone by then, until it has found
its place. Where the change takes longer than Slack waits, the form stays open too, and sending it again is safe.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import AlreadyDone, BadFields, Mistake, Unavailable, WatchbillError
from bot.escaping import mrkdwn_within
from bot.queries.people import Person
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.desk import Desk
from bot.slack.forms.values import Filled
from bot.slack.keeping import Keeping, Typed, kept, kept_of_view
from bot.slack.patience import begun

log = structlog.get_logger(__name__)
LATE = "This takes longer than usual. Your text is still here; press the button again in a minute, it counts once."


@dataclass(frozen=True, slots=True)
class Sent:
    """One form as it was sent. `about` is what its private_metadata says: ids, never text.

    `settles` are the kept texts that this form holds: they are let go of in the transaction that puts it in its place.
    """

    person: Person
    filled: Filled
    about: Mapping[str, Any]
    key: str
    view: Mapping[str, Any]
    settles: tuple[str, ...] = ()

    @property
    def key_of_text(self) -> str:
        """Names this very content of the form. Its answer lost, a form may be sent again after more was typed."""
        values = json.dumps(self.view["state"]["values"], sort_keys=True)
        return f"{self.key}:{sha256(values.encode()).hexdigest()}"


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


@dataclass(frozen=True, slots=True)
class Revealed:
    """The form closes, and the view below it, by its id, is brought up to date."""

    below: str
    view: Block


@dataclass(frozen=True, slots=True)
class Answered:
    """The form closes, and the person is answered where they came from, through that response URL.

    With `replace` the answer takes the place of the message from which the form was opened.
    """

    card: Card
    url: str
    replace: bool = False


Outcome = Replaced | Stacked | Revealed | Finished | Answered | None
"""What becomes of the form; None: it closes."""

Handling = Callable[[Sent, Desk], Awaitable[Outcome]]


def listener(handle: Handling, desk: Desk, *, keeps: Keeping | None = None) -> Any:
    """Bolt's listener for a form's submission.

    `keeps` says what is worth keeping of a form that holds text, when it is refused.
    """

    async def sent_in(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        task = await begun(_answer(handle, keeps, body, view, desk))
        if not task.done():
            await refuse(ack, {"": LATE}, view)
            answer = await task
        else:
            answer = task.result()
            if isinstance(answer, WatchbillError):
                await refuse(ack, _sentences(answer), view)
                return
            await _acknowledge(ack, answer.outcome)
            if isinstance(answer.outcome, Revealed):
                await _bring_up_to_date(answer.outcome, desk)
        if isinstance(answer, _Taken) and isinstance(answer.outcome, Answered):
            said = answer.outcome
            await desk.answers.give(said.card, url=said.url, slack_id=body["user"]["id"], replace=said.replace)

    return sent_in


@dataclass(frozen=True, slots=True)
class _Taken:
    outcome: Outcome


async def _answer(
    handle: Handling, keeps: Keeping | None, body: dict[str, Any], view: dict[str, Any], desk: Desk
) -> _Taken | WatchbillError:
    """What became of the form, or why it was refused; what was typed is kept then."""
    try:
        sent = await _sent(body, view, desk, keeps=bool(keeps))
    except WatchbillError as error:
        return error
    try:
        return _Taken(await handle(sent, desk))
    except AlreadyDone:
        return _Taken(None)
    except WatchbillError as error:
        typed = keeps(sent) if keeps and isinstance(error, Mistake) else None
        if typed and isinstance(error, Mistake):
            await kept(_of_view(typed, view), error.sentence, sent.person, desk)
        return error


async def _sent(body: dict[str, Any], view: dict[str, Any], desk: Desk, *, keeps: bool) -> Sent:
    person = await desk.people.person(body["user"]["id"])
    about = json.loads(view["private_metadata"] or "{}")
    earlier = await kept_of_view(view["id"], person, desk) if keeps else ()
    return Sent(
        person=person,
        filled=Filled(view),
        about=about,
        key=f"{view['id']}:{view['hash']}",
        view=view,
        settles=tuple(dict.fromkeys([*filter(None, [about.get("draft")]), *earlier])),
    )


def _of_view(typed: Typed, view: Mapping[str, Any]) -> Typed:
    return Typed(typed.form, typed.subject, {**typed.content, "view": view["id"]})


async def _acknowledge(ack: AsyncAck, outcome: Outcome) -> None:
    match outcome:
        case None | Revealed() | Answered():
            await ack()
        case Replaced(view):
            await ack(response_action="update", view=view)
        case Stacked(view):
            await ack(response_action="push", view=view)
        case Finished():
            await ack(response_action="clear")


async def _bring_up_to_date(outcome: Revealed, desk: Desk) -> None:
    try:
        await desk.client.views_update(view_id=outcome.below, view=outcome.view)
    except (SlackApiError, ClientError, TimeoutError) as error:  # it was closed meanwhile: nothing is lost by that
        log.info("view below not brought up to date", problem=str(error))


async def refuse(ack: AsyncAck, fields: Mapping[str, str], view: dict[str, Any]) -> None:
    """Say each sentence under its own field, what belongs to no field of this form under the first."""
    labels = {block["block_id"]: block["label"]["text"] for block in view["blocks"] if block["type"] == "input"}
    if not labels:
        await ack(response_action="update", view=said_view("Not done", mrkdwn_within(" ".join(fields.values()), 3000)))
        return
    placed: dict[str, str] = {}
    for name, sentence in fields.items():
        place = name if name in labels else next(iter(labels))
        said = _below(labels[name], sentence) if name in labels else sentence
        placed[place] = f"{placed[place]} {said}" if place in placed else said
    await ack(response_action="errors", errors=placed)


def _below(label: str, sentence: str) -> str:
    """The sentence without the field's name, which stands above it already."""
    said = sentence.removeprefix(f"{label}: ")
    return sentence if said == sentence else said[:1].upper() + said[1:]


def _sentences(error: WatchbillError) -> Mapping[str, str]:
    """What to say, by field; under no name what is about the form as a whole."""
    match error:
        case BadFields():
            return error.fields
        case Mistake():
            return {"": error.sentence}
        case Unavailable():
            return {"": f"{error} Your text is still here: press the button again in a minute."}
        case _:
            log.error("form not handled", exc_info=error)
            return {"": "Something went wrong. Your text is still here: please press the button again."}
