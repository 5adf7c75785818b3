"""Kept texts: back into the form they were typed into, or let go of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import Mistake, NotFound
from bot.queries import drafts
from bot.queries.drafts import DraftView
from bot.queries.people import Person
from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.sentences import mistake_card
from bot.slack.cards.typed import fits, kept_view
from bot.slack.commands.dispatch import Change, Place, explained, give, run, show_form
from bot.slack.commands.postmortem import POSTMORTEM_COMMAND
from bot.slack.desk import Desk, Request
from bot.slack.forms import incident
from bot.slack.forms.postmortem import actions as action_items
from bot.slack.forms.postmortem import templates, timeline
from bot.slack.ids import Form
from bot.slack.keeping import NEW_POSTMORTEM
from bot.slack.sections import editable, put_back, section_again, section_named
from bot.slack.words.references import read_reference
from bot.usecases.drafts.drop import drop

UNOPENED = "Slack did not open the form in time. Press the button again."
VERBS = {
    Form.CREATE: "create",
    Form.CHANGES: "changes",
    Form.COMMENT: "comment",
    Form.REOPEN: "reopen",
    Form.SNOOZE: "snooze",
    Form.ENTRY: "add",
    Form.ACTION: "action",
}
"""The verb whose form it is."""
BOXES: Mapping[Form, Callable[[Mapping[str, Any], Person, Desk], Awaitable[Block]]] = {
    Form.ACTION_EDIT: action_items.box_again,
    Form.EDIT_ENTRY: timeline.box_again,
    Form.TEMPLATE: templates.box_again,
    Form.DECLARE: incident.box_again,
    Form.INCIDENT_NOTE: incident.note_again,
}
"""The forms that are made from what was kept of them."""


def pressed(desk: Desk) -> Listener:
    """Opens the form with the text in it; where that form cannot be sent now, the text alone, to copy."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        place = place_of(body)
        async with explained(place, desk):
            view = await _opened_again(action["value"], place, desk)
            if not await show_form(view, place, desk):
                await give(mistake_card(UNOPENED), place, desk)

    return listener


def forgotten(desk: Desk) -> Listener:
    """Lets go of it, and shows what is left to do."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        place = place_of(body, replace=True)
        async with explained(place, desk):
            person = await desk.people.person(place.slack_id)
            async with desk.units.begin(person) as unit:
                await drop(unit, action["value"])
        await run(POSTMORTEM_COMMAND, "mine", place, ack, desk)

    return listener


async def _opened_again(draft_id: str, place: Place, desk: Desk) -> Block:
    person = await desk.people.person(place.slack_id)
    async with desk.reader() as reading:
        draft = await drafts.by_id(reading, draft_id, person)
    if draft is None:
        raise NotFound("That text is in its place, or was let go of. `/postmortem mine` shows what is kept.")
    try:
        box = BOXES.get(Form(draft.form))
        form = await (box(draft.content, person, desk) if box else _asked_again(draft, person, place, desk))
    except Mistake as mistake:
        return kept_view(draft.content, mistake.sentence)
    return _filled(form, draft)


async def _asked_again(draft: DraftView, person: Person, place: Place, desk: Desk) -> Block | Card:
    """The form that its verb opens; of a section with this very text in it."""
    if draft.form == Form.EDIT:
        return await _section_again(draft, person, desk)
    verb = VERBS[Form(draft.form)]
    way = POSTMORTEM_COMMAND.ways[verb]
    assert isinstance(way, Change)  # noqa: S101  each of VERBS opens a form
    request = Request(
        person=person,
        command=POSTMORTEM_COMMAND.name,
        verb=verb,
        words="" if draft.subject == NEW_POSTMORTEM else draft.subject,
        channel=place.channel,
        key=place.key,
        trigger_id=place.trigger_id,
    )
    return await way.carry_out(request, desk)


async def _section_again(draft: DraftView, person: Person, desk: Desk) -> Block:
    label, _, key = draft.subject.partition(" ")
    async with desk.reader() as reading:
        view = await editable(reading, read_reference(label), person)
        return await section_again(reading, view, section_named(view, key), draft, person)


def _filled(form: Any, draft: DraftView) -> Block:
    whole = put_back(form, draft)
    if fits(whole):
        return whole
    return form if fits(form) and draft.form == Form.EDIT else kept_view(draft.content, draft.why)
