"""The form of `/postmortem create`, sent; and the menus in it that are looked up while typing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import AlreadyDone, BadFields
from bot.queries import incidents, postmortems, services
from bot.slack.cards.blocks import Block, option
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.cards.typed import has_text
from bot.slack.desk import Desk
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.slack.ids import Form
from bot.slack.keeping import NEW_POSTMORTEM, Typed, kept
from bot.slack.marking import beginning_of
from bot.slack.words.normalise import storable
from bot.slack.words.references import read_reference
from bot.usecases.drafts.drop import drop
from bot.usecases.postmortems.create import CreatePostmortem
from bot.usecases.postmortems.create import create as create_
from bot.usecases.timeline.add import add
from bot.vocabulary import Severity

MOST_CHOICES = 100
OPTION_CHARACTERS = 150
"""What the value of a choice takes. A longer name is not offered: cut short it would be another."""


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Make the postmortem; its card appears in the channel. The message it began with opens its timeline."""
    filled = sent.filled
    started_at = filled.moment("started_at")
    if started_at is None:
        raise BadFields({"started_at": "From: enter when the incident began."})
    owner = await desk.people.person(filled.user("owner") or sent.person.slack_id or "")
    responders = [(await desk.people.person(user)).id for user in filled.users("responders")]
    resolved_at, called = await _said_of(filled.choice("incident"), desk)
    wanted = CreatePostmortem(
        title=filled.text("title"),
        severity=Severity(filled.choice("severity") or Severity.P3),
        started_at=started_at,
        ended_at=_end(filled.moment("ended_at"), resolved_at, started_at),
        incident_id=filled.choice("incident"),
        owner_id=owner.id,
        services=filled.choices("services"),
        responder_ids=tuple(responders) or called,
        template=filled.choice("template"),
        channel=filled.channel("channel"),
        due_on=filled.day("due_on"),
    )
    beginning = await beginning_of(sent.about, sent.person, desk)
    try:
        async with desk.units.begin(sent.person, key=sent.key) as unit:
            number = await create_(unit, wanted)
            if beginning:
                await add(unit, number, beginning.entry)
                await drop(unit, beginning.draft_id)
            for draft_id in sent.settles:
                await drop(unit, draft_id)
    except AlreadyDone as done:
        return await _made_before(done.outcome, sent, desk)
    return None


def _end(typed: datetime | None, resolved_at: datetime | None, started_at: datetime) -> datetime | None:
    """The end that was typed, else that of the incident; a form knows no smaller parts than seconds of it."""
    if resolved_at is None or resolved_at < started_at:
        return typed
    return resolved_at if typed is None or typed == resolved_at.replace(microsecond=0) else typed


async def _said_of(incident_id: str | None, desk: Desk) -> tuple[datetime | None, tuple[str, ...]]:
    """When the chosen incident ended and the ids of the people called to it, for fields that were left empty."""
    if incident_id is None:
        return None, ()
    async with desk.reader() as reading:
        incident = await incidents.by_id(reading, incident_id)
        called = await incidents.people_called(reading, incident) if incident else []
    return incident.resolved_at if incident else None, tuple(person.id for person in called)


def worth_keeping(sent: Sent) -> Typed | None:
    """What is worth keeping of the form when it is refused: all of it, where anything was written."""
    values = sent.view["state"]["values"]
    began_with = {"message": sent.about["message"]} if sent.about.get("message") else {}
    return Typed(Form.CREATE, NEW_POSTMORTEM, {"values": values, **began_with}) if has_text(values) else None


async def _made_before(label: str, sent: Sent, desk: Desk) -> Outcome:
    """This form made one when it was sent first, and that answer was lost on its way. A title changed since is kept."""
    async with desk.reader() as reading:
        made = await postmortems.by_number(reading, read_reference(label), sent.person)
    words = f"{label} was made of this form when you sent it first. `/postmortem show {label}` shows it."
    if made.title != sent.filled.text("title").strip():
        why = f"{label} had been made of this form already, under another title."
        typed = worth_keeping(sent)
        if typed:
            await kept(typed, why, sent.person, desk)
        words += " The title you typed since is kept: `/postmortem mine` offers it."
    return Replaced(said_view(label, words))


def incident_options(desk: Desk) -> Any:
    """Recent incidents, by number or words."""

    async def looked_up(ack: AsyncAck, payload: dict[str, Any]) -> None:
        async with desk.reader() as reading:
            found = await incidents.recent(reading, payload.get("value", ""), limit=MOST_CHOICES)
        await ack(options=[option(f"{each.label} {each.message}", each.id) for each in found])

    return looked_up


def service_options(desk: Desk) -> Any:
    """Services by a part of their name; what is typed can be chosen as a new one."""

    async def looked_up(ack: AsyncAck, payload: dict[str, Any]) -> None:
        typed = " ".join(storable(payload.get("value", "")).split())
        async with desk.reader() as reading:
            found = await services.search(reading, typed, limit=MOST_CHOICES - 1)
        await ack(options=_with_new(typed, [each.name for each in found]))

    return looked_up


def _with_new(typed: str, names: list[str]) -> list[Block]:
    choices = [option(name, name) for name in names if len(name) <= OPTION_CHARACTERS]
    is_new = typed.casefold() not in {name.casefold() for name in names}
    if typed and is_new and len(typed) <= OPTION_CHARACTERS:
        choices.append(option(f"New: {typed}", typed))
    return choices
