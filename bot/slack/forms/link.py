"""The form that links a schedule to a channel: opened, its menu of schedules, and what comes of sending it."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import BadFields
from bot.queries import schedules
from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.blocks import option
from bot.slack.cards.links import bold_name, link_form, linked_view, place_name
from bot.slack.cards.sentences import mistake_card
from bot.slack.commands.dispatch import explained, give, show_form
from bot.slack.commands.oncall.choosing import meant
from bot.slack.desk import Desk
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.usecases.channels.link import link
from bot.usecases.channels.permission import require_link

MOST_CHOICES = 100
UNOPENED = "Slack did not open the form in time. Press the button again."


def pressed(desk: Desk) -> Listener:
    """[Link a schedule]: the channel in its value is filled in; without one it is chosen in the form."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        place = place_of(body)
        async with explained(place, desk):
            require_link(await desk.people.person(place.slack_id))
            if not await show_form(link_form(action.get("value")), place, desk):
                await give(mistake_card(UNOPENED), place, desk)

    return listener


def schedule_options(desk: Desk) -> Any:
    """Schedules by a part of their name, those that begin with it first."""

    async def looked_up(ack: AsyncAck, payload: dict[str, Any]) -> None:
        typed = " ".join(payload.get("value", "").split()).casefold()
        async with desk.reader() as reading:
            fitting = [each for each in await schedules.listed(reading) if typed in each.name.casefold()]
        ordered = sorted(fitting, key=lambda each: not each.name.casefold().startswith(typed))
        await ack(options=[option(each.name, each.id) for each in ordered[:MOST_CHOICES]])

    return looked_up


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Link it, and say so."""
    channel, schedule_id = sent.filled.channel("channel"), sent.filled.choice("schedule")
    if not channel or not schedule_id:
        raise BadFields({"channel": "Choose a channel."} if schedule_id else {"schedule": "Choose a schedule."})
    async with desk.reader() as reading:
        schedule = await meant(reading, schedule_id)
    async with desk.units.begin(sent.person, key=sent.key) as unit:
        event = await link(unit, channel, schedule_id)
    when = "now" if event else "already"
    said = f"{bold_name(schedule)} is linked to {place_name(channel)} {when}: it comes first in the answers there."
    return Replaced(linked_view(said, undo=event))
