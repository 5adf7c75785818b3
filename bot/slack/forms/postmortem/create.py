"""The form of `/postmortem create`, sent; and the menus in it that are looked up while typing."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import BadFields
from bot.escaping import shortened
from bot.queries import incidents, services
from bot.slack.cards.blocks import Block, option
from bot.slack.desk import Desk
from bot.slack.forms.sending import Outcome, Sent
from bot.usecases.postmortems.create import CreatePostmortem
from bot.usecases.postmortems.create import create as create_
from bot.vocabulary import Severity

MOST_CHOICES = 100
SERVICE_CHARACTERS = 75


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Make the postmortem; its card appears in the channel."""
    filled = sent.filled
    started_at = filled.moment("started_at")
    if started_at is None:
        raise BadFields({"started_at": "From: enter when the incident began."})
    owner = await desk.people.person(filled.user("owner") or sent.person.slack_id or "")
    responders = [(await desk.people.person(user)).id for user in filled.users("responders")]
    wanted = CreatePostmortem(
        title=filled.text("title"),
        severity=Severity(filled.choice("severity") or Severity.P3),
        started_at=started_at,
        ended_at=filled.moment("ended_at"),
        incident_id=filled.choice("incident"),
        owner_id=owner.id,
        services=filled.choices("services"),
        responder_ids=tuple(responders),
        template=filled.choice("template") or "",
        channel=filled.channel("channel"),
    )
    async with desk.units.begin(sent.person, key=sent.key) as unit:
        unit.outcome = f"PM-{await create_(unit, wanted)}"
    return None


def kept_text(sent: Sent) -> tuple[str, dict[str, Any]]:
    """What is worth keeping of the form when it is refused as a whole: its title."""
    return "a new postmortem", {"text": sent.filled.text("title")}


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
        typed = " ".join(payload.get("value", "").split())
        async with desk.reader() as reading:
            found = await services.search(reading, typed, limit=MOST_CHOICES - 1)
        await ack(options=_with_new(typed, [each.name for each in found]))

    return looked_up


def _with_new(typed: str, names: list[str]) -> list[Block]:
    choices = [option(name, shortened(name, 150)) for name in names]
    if typed and typed.casefold() not in {name.casefold() for name in names}:
        name = typed[:SERVICE_CHARACTERS]
        choices.append(option(f"New: {name}", name))
    return choices
