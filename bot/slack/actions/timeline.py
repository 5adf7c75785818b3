"""Buttons and menus of a timeline's entries, and of a message that has no place yet."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import NotFound
from bot.queries.people import Person
from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.timeline import removed_card, restored_card
from bot.slack.commands.dispatch import Place
from bot.slack.desk import Desk
from bot.slack.doing import do
from bot.slack.forms.postmortem.timeline import edit_box
from bot.slack.marking import choosing, kept_marked, placed, starting
from bot.slack.words.references import read_reference
from bot.usecases.timeline.held import removed
from bot.usecases.timeline.remove import remove
from bot.usecases.timeline.restore import restore


def pressed(desk: Desk) -> Listener:
    """`edit <id>`, `remove <id> PM-12 <version>` or `restore <event>`; pressed twice, it is done once."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        value = action["value"] if "value" in action else action["selected_option"]["value"]
        is_list = "value" not in action
        place = place_of(body, replace=not is_list and bool(body.get("container", {}).get("is_ephemeral")))
        await do(_carried_out(value, place, desk), place, ack, desk)

    return listener


def chosen(desk: Desk) -> Listener:
    """Opens the form that asks to which postmortem a kept message goes."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = place_of(body)
        await do(_choosing(action["value"], place, desk), place, ack, desk)

    return listener


def started(desk: Desk) -> Listener:
    """Opens the form of a new postmortem that begins with a kept message."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = place_of(body)
        await do(_starting(action["value"], place, desk), place, ack, desk)

    return listener


async def _carried_out(value: str, place: Place, desk: Desk) -> Card | Block:
    person = await desk.people.person(place.slack_id)
    match value.split():
        case ["edit", entry_id]:
            return await edit_box(entry_id, person, desk)
        case ["remove", entry_id, label, version]:
            there = await placed(entry_id, person, desk)
            async with desk.units.begin(person) as unit:
                event_id = await remove(unit, read_reference(label), entry_id, version=int(version))
            return removed_card(there.label if there else label, event_id, there.entry if there else None)
        case ["restore", event_id]:
            return await _restored(int(event_id), person, desk)
        case _:
            raise NotFound("This button is of an older version. `/postmortem timeline` and a number show the entries.")


async def _restored(event_id: int, person: Person, desk: Desk) -> Card:
    async with desk.units.begin(person) as unit:
        entry_id = await restore(unit, event_id)
    there = await placed(entry_id, person, desk)
    if there is None:
        raise removed()
    return restored_card(there)


async def _choosing(draft_id: str, place: Place, desk: Desk) -> Block:
    person = await desk.people.person(place.slack_id)
    return await choosing(await kept_marked(draft_id, person, desk), draft_id, place, person, desk)


async def _starting(draft_id: str, place: Place, desk: Desk) -> Block:
    person = await desk.people.person(place.slack_id)
    return await starting(await kept_marked(draft_id, person, desk), draft_id, place, person, desk)
