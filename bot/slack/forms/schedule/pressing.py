"""Buttons that open the form of a schedule, and buttons in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.queries import schedules
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.slack.actions.lines import place_of
from bot.slack.cards.blocks import Block
from bot.slack.cards.schedule_form_fields import ScheduleFields
from bot.slack.cards.sentences import mistake_card
from bot.slack.commands.dispatch import Place, explained, give, show_form
from bot.slack.commands.oncall.schedule_form import blank, drawn, edit_form, new_form, stored
from bot.slack.desk import Desk
from bot.slack.forms.schedule.state import fields_of
from bot.slack.refusals import problem_of
from bot.usecases.schedules.kept import drop_form, keep_form

log = structlog.get_logger(__name__)
UNOPENED = "Slack did not open the form in time. Press the button again."
Listener = Callable[..., Awaitable[None]]


def new_pressed(desk: Desk) -> Listener:
    """[New schedule] in a message or a view."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await _open(body, desk, new_form)

    return listener


def edit_pressed(desk: Desk) -> Listener:
    """[Edit] in a message or a view; who may is judged on who pressed, now."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()

        async def open_it(reading: Reading, person: Person) -> Block:
            return await edit_form(reading, person, action["value"])

        await _open(body, desk, open_it)

    return listener


def add_pressed(desk: Desk) -> Listener:
    """[Add another rotation] in the form."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await _redraw(body, desk, fields_of(body["view"]).with_another())

    return listener


def remove_pressed(desk: Desk) -> Listener:
    """[Remove] at one of the rotations in the form."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        await _redraw(body, desk, fields_of(body["view"]).without(int(action["value"])))

    return listener


def start_afresh_pressed(desk: Desk) -> Listener:
    """[Start afresh]: what was kept is forgotten, and the form is as it is for somebody who opens it first."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        fields = fields_of(body["view"])
        person = await desk.people.person(body["user"]["id"])
        async with desk.reader() as reading:
            fresh = await _afresh(reading, person, fields)
        async with desk.units.begin(person) as unit:
            await drop_form(unit, fields.schedule_id, sitting=fields.sitting)
        await _redraw(body, desk, fresh)

    return listener


async def _afresh(reading: Reading, person: Person, fields: ScheduleFields) -> ScheduleFields:
    edition = fields.edition + 1
    watched = await schedules.by_id(reading, fields.schedule_id) if fields.schedule_id else None
    return await stored(reading, watched, edition=edition) if watched else blank(reading, person, edition=edition)


async def _open(body: dict[str, Any], desk: Desk, form: Callable[[Reading, Person], Awaitable[Block]]) -> None:
    place = place_of(body)
    is_in_modal = body.get("view", {}).get("type") == "modal"
    async with explained(place, desk):
        person = await desk.people.person(place.slack_id)
        async with desk.reader() as reading:
            view = await form(reading, person)
        if not await (_pushed(view, place, desk) if is_in_modal else show_form(view, place, desk)):
            await give(mistake_card(UNOPENED), place, desk)


async def _pushed(view: Block, place: Place, desk: Desk) -> bool:
    """Whether Slack shows it on top of the modal in which the button stands."""
    try:
        await desk.client.views_push(trigger_id=place.trigger_id, view=view)
    except (SlackApiError, ClientError, TimeoutError) as error:
        log.warning("form not opened", problem=str(error))
        return False
    return True


async def _redraw(body: dict[str, Any], desk: Desk, fields: ScheduleFields) -> None:
    """Show the form with these fields. Where Slack does not take it, what was typed is kept before anything else."""
    async with desk.reader() as reading:
        view = await drawn(reading, fields)
    try:
        await desk.client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
    except SlackApiError as error:
        if problem_of(error) == "hash_conflict":
            return  # the second of two quick presses: the first has redrawn the form already
        person = await desk.people.person(body["user"]["id"])
        async with desk.units.begin(person) as unit:
            await keep_form(unit, fields.schedule_id, fields.content, sitting=fields.sitting)
        raise
