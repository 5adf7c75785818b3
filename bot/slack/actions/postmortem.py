"""Buttons and menus of a postmortem: each does what typing its verb would do."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.queries import documents
from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.document import reading_view
from bot.slack.cards.sentences import mistake_card
from bot.slack.commands.dispatch import explained, give, run, show_form
from bot.slack.commands.postmortem import POSTMORTEM_COMMAND
from bot.slack.desk import Desk
from bot.slack.words.references import read_reference
from bot.usecases.reminders.close_morning import press_morning

UNOPENED = "Slack did not open the text in time. Press the button again."


def pressed(desk: Desk) -> Listener:
    """`do:submit` on `PM-12:5`: as if `/postmortem submit PM-12` had been typed; a second click does nothing more."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await _carry_out(ack, body, action, desk)

    return listener


def nudged(desk: Desk) -> Listener:
    """The same in a morning message, which says what was done there; the next morning brings a new one."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        async with desk.units.begin(None) as unit:
            await press_morning(unit, body["user"]["id"], ts=body["container"]["message_ts"])
        await _carry_out(ack, body, action, desk)

    return listener


def read(desk: Desk) -> Listener:
    """Opens the text to read."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        place = place_of(body)
        async with explained(place, desk):
            person = await desk.people.person(place.slack_id)
            number = read_reference(action["value"].partition(":")[0])
            async with desk.reader() as reading:
                whole = await documents.by_number(reading, number, person)
            view = await asyncio.to_thread(reading_view, whole)
            if not await show_form(view, place, desk):
                await give(mistake_card(UNOPENED), place, desk)

    return listener


async def _carry_out(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], desk: Desk) -> None:
    verb, words, version = _meant(action)
    place = place_of(body, key="" if verb == "snooze" else _key(body, f"{verb}:{words}:{version}"))
    _, _, shown = version.partition(":")
    line = f"{verb} {words} shown {shown}" if shown else f"{verb} {words}"
    await run(POSTMORTEM_COMMAND, line, place, ack, desk)


def _key(body: dict[str, Any], click: str) -> str:
    """The same click in the same message is one request. A snooze needs none: the last one chosen is meant."""
    message_ts = body.get("container", {}).get("message_ts", body["trigger_id"])
    return f"{body['user']['id']}:{message_ts}:{click}"


def _meant(action: dict[str, Any]) -> tuple[str, str, str]:
    """The verb, its words, and the version of the row that the button was made for.

    A button names the verb in its action_id; a menu's option carries all three: `snooze PM-12 in 3 days:5`. Approve
    adds the versions of the sections that it was shown with: `PM-12:5:1.2.1.1`.
    """
    value = action["value"] if "value" in action else action["selected_option"]["value"]
    line, _, version = value.partition(":")
    if "value" in action:
        return action["action_id"].partition(":")[2], line, version
    verb, _, words = line.partition(" ")
    return verb, words, version
