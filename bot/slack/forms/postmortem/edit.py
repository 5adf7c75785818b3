"""A section's box, sent; and the buttons in the list of sections."""

from __future__ import annotations

import json
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.engines.documents.merging import merged
from bot.engines.documents.splitting import to_rich_text_blocks
from bot.errors import Conflict, WatchbillError
from bot.queries import postmortems
from bot.queries.people import Person
from bot.slack.cards.inputs import metadata
from bot.slack.cards.postmortem_forms import conflict_form
from bot.slack.cards.sentences import STRAY, mistake_card
from bot.slack.cards.typed import EMPTY, fits
from bot.slack.desk import Desk
from bot.slack.forms.sending import Outcome, Replaced, Revealed, Sent
from bot.slack.ids import Form
from bot.slack.keeping import Typed, kept
from bot.slack.sections import draft_subject, editable, section_box, section_list, section_named
from bot.slack.translation import explain
from bot.usecases.drafts.drop import drop
from bot.usecases.postmortems.edit_section import edit_section

log = structlog.get_logger(__name__)
UNOPENED = "Slack did not open that section in time. Nothing was changed; press its button again."
THEIRS_CHARACTERS = (100_000, 20_000, 5_000)
"""How much of the other text is shown beside one's own: all there can be, less where Slack would not take it."""


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Save the section. Where somebody else saved it meanwhile, both texts are shown and one's own is kept."""
    number, key, version = sent.about["pm"], sent.about["section"], sent.about["version"]
    typed = _typed(sent)
    async with desk.reader() as reading:
        stored = section_named(await postmortems.by_number(reading, number, sent.person), key)
    try:
        async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
            await edit_section(unit, number, key, merged(stored.body, typed), version=version)
            for draft_id in sent.settles:
                await drop(unit, draft_id)
    except Conflict as conflict:
        return await _both(sent, conflict, desk)
    below = sent.view.get("previous_view_id")
    if not below:
        return None
    async with desk.reader() as reading:
        return Revealed(below, section_list(await postmortems.by_number(reading, number, sent.person)))


def worth_keeping(sent: Sent) -> Typed:
    """What is kept of a box that is refused: all of it, as it was typed."""
    subject = draft_subject(sent.about["pm"], sent.about["section"])
    return Typed(Form.EDIT, subject, {"rich_text": _typed(sent), "view": sent.view["id"]})


def section_pressed(desk: Desk) -> Any:
    """A button in the list of sections puts that section's box on top."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        slack_id = body["user"]["id"]
        if "view" not in body:
            await desk.answers.give(mistake_card(STRAY), url=body.get("response_url", ""), slack_id=slack_id)
            return
        try:
            await _push(body, action["value"], await desk.people.person(slack_id), desk)
        except WatchbillError as error:
            await desk.answers.give(explain(error), url="", slack_id=slack_id)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("section not opened", problem=str(error))
            await desk.answers.give(mistake_card(UNOPENED), url="", slack_id=slack_id)

    return listener


async def _push(body: dict[str, Any], key: str, person: Person, desk: Desk) -> None:
    number = json.loads(body["view"]["private_metadata"])["pm"]
    async with desk.reader() as reading:
        view = await editable(reading, number, person)
        box = await section_box(reading, view, section_named(view, key), person)
    await desk.client.views_push(trigger_id=body["trigger_id"], view=box)


async def _both(sent: Sent, conflict: Conflict, desk: Desk) -> Outcome:
    draft = await kept(worth_keeping(sent), conflict.sentence, sent.person, desk)
    async with desk.reader() as reading:
        view = await postmortems.by_number(reading, sent.about["pm"], sent.person)
    section = section_named(view, sent.about["section"])
    for characters in THEIRS_CHARACTERS:
        form = conflict_form(
            label=view.label,
            title=section.title,
            who=_who(section.updated_by, sent.person),
            theirs=to_rich_text_blocks(section.body, characters, mentioning=False),
            mine=_typed(sent),
            metadata=metadata(pm=view.number, section=section.key, version=section.version, draft=draft or ""),
            block_id=f"text_{section.version}",
        )
        if fits(form):
            return Replaced(form)
    raise Conflict(
        f"{section.title} was changed meanwhile, and both texts are too long to show side by side. Yours is kept: "
        f"close this form, then `/postmortem show {view.label}` has theirs and `/postmortem edit {view.label}` yours.",
        theirs=conflict.theirs,
        version=conflict.version,
    )


def _who(person: Person | None, writer: Person) -> str:
    if person is None:
        return "Somebody"
    return "You" if person.id == writer.id else person.name


def _typed(sent: Sent) -> dict[str, Any]:
    """The box's content; its block_id changes with the version, so that Slack does not keep an older text in it."""
    block_id = next(block["block_id"] for block in sent.view["blocks"] if block["type"] == "input")
    return sent.filled.rich_text(block_id) or EMPTY
