"""Buttons of an override: [Put … on call], [Change], [Fill the gap], and the [Undo] of every change of a schedule."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import WatchbillError
from bot.slack.actions.lines import Listener, is_for_one, place_of
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.override import changing_card, confirm_card, done_card
from bot.slack.cards.override_fields import OverrideFields, fields_in
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.cards.sentences import mistake_card
from bot.slack.cards.undo import undone_card, undone_view
from bot.slack.commands.dispatch import Place, explained, give, show_form
from bot.slack.commands.oncall.override import drawn
from bot.slack.commands.oncall.putting import MovedOn, put
from bot.slack.commands.oncall.undo import taken_back
from bot.slack.desk import Desk
from bot.slack.translation import explain
from bot.usecases.overrides.permission import require_member

log = structlog.get_logger(__name__)
UNOPENED = "Slack did not open the form in time. Press the button again."


def confirmed(desk: Desk) -> Listener:
    """It counts, once; where it is no longer what was shown, it is shown anew in the place of what was there."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = place_of(body, key=_key(body, action), replace=is_for_one(body))
        try:
            card = await _confirmed(place, fields_in(action["value"]), desk)
        except WatchbillError as error:
            place, card = replace(place, replace=False), explain(error)
        await ack()
        await give(card, place, desk)

    return listener


def form_pressed(desk: Desk) -> Listener:
    """The form, filled in with what the button knows; a card that waited for its button waits no longer."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        fields = fields_in(action["value"])
        place = place_of(body, replace=is_for_one(body))
        async with explained(replace(place, replace=False), desk):
            require_member(await desk.people.person(place.slack_id))
            async with desk.reader() as reading:
                form = await drawn(reading, _from_now_on(fields, reading.now))
            if not await _opened(form, body, place, desk):
                await give(mistake_card(UNOPENED), replace(place, replace=False), desk)
            elif fields.shown and place.replace:  # any other message keeps its button, which then still counts
                await give(changing_card(fields), place, desk)

    return listener


def undo_pressed(desk: Desk) -> Listener:
    """The change is taken back; in a form, its last view says so."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = place_of(body, key=_key(body, action), replace=is_for_one(body))
        try:
            me = await desk.people.person(place.slack_id)
            change = await taken_back(int(action["value"]), me, desk, key=place.key)
            card, view = undone_card(change, me=me), undone_view(change, me=me)
        except WatchbillError as error:
            place, card = replace(place, replace=False), explain(error)
            view = said_view("Not taken back", card.text)
        await ack()
        if "view" in body:
            await _show(body["view"]["id"], view, desk)
        else:
            await give(card, place, desk)

    return listener


async def _opened(form: Block, body: dict[str, Any], place: Place, desk: Desk) -> bool:
    """Whether Slack shows the form; a button in a modal opens it on top of that one."""
    if body.get("view", {}).get("type") != "modal":
        return await show_form(form, place, desk)
    try:
        await desk.client.views_push(trigger_id=place.trigger_id, view=form)
    except (SlackApiError, ClientError, TimeoutError) as error:
        log.warning("form not opened", problem=str(error))
        return False
    return True


async def _confirmed(place: Place, fields: OverrideFields, desk: Desk) -> Card:
    me = await desk.people.person(place.slack_id)
    came = await put(fields, me, desk, key=place.key)
    if isinstance(came, MovedOn):
        return confirm_card(came.plan, me=me, note=came.sentence)
    return undone_card(came, me=me) if came.undone else done_card(came, me=me)


async def _show(view_id: str, view: dict[str, Any], desk: Desk) -> None:
    try:
        await desk.client.views_update(view_id=view_id, view=view)
    except (SlackApiError, ClientError, TimeoutError) as error:  # it was closed meanwhile: nothing is lost by that
        log.info("view not brought up to date", problem=str(error))


def _from_now_on(fields: OverrideFields, now: datetime) -> OverrideFields:
    """A gap that has begun is filled from now on; what was shown back already stays as it was meant."""
    runs = fields.start is not None and fields.start < now and (fields.end is None or now < fields.end)
    return replace(fields, start=now.replace(second=0, microsecond=0)) if runs and not fields.shown else fields


def _key(body: dict[str, Any], action: dict[str, Any]) -> str:
    """The same click in the same message or view is one request."""
    container = body.get("container", {})
    where = container.get("message_ts") or container.get("view_id") or body["trigger_id"]
    value = sha256(action["value"].encode()).hexdigest()
    return f"{body['user']['id']}:{where}:{action['action_id']}:{value}"
