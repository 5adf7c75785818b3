"""A section's box, sent; and the buttons in the list of sections."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.engines.documents.merging import merged
from bot.engines.documents.splitting import to_rich_text_blocks
from bot.errors import Conflict
from bot.queries import postmortems
from bot.slack.cards.inputs import metadata
from bot.slack.cards.postmortem_forms import conflict_form
from bot.slack.desk import Desk
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.slack.ids import Form
from bot.slack.sections import draft_subject, editable, section_box, section_named
from bot.usecases.drafts.drop import drop
from bot.usecases.drafts.keep import keep
from bot.usecases.postmortems.edit_section import edit_section

EMPTY = {"type": "rich_text", "elements": []}
THEIRS_CHARACTERS = 6000


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Save the section. Where somebody else saved it meanwhile, both texts are shown and one's own is kept."""
    number, key, version = sent.about["pm"], sent.about["section"], sent.about["version"]
    typed = _typed(sent)
    async with desk.reader() as reading:
        stored = section_named(await postmortems.by_number(reading, number, sent.person), key)
    try:
        async with desk.units.begin(sent.person, key=sent.key) as unit:
            await edit_section(unit, number, key, merged(stored.body, typed), version=version)
            if sent.about.get("draft"):
                await drop(unit, sent.about["draft"])
    except Conflict as conflict:
        return await _both(sent, conflict, desk)
    return None


def kept_text(sent: Sent) -> tuple[str, dict[str, Any]]:
    """What is kept of a box that is refused: all of it, as it was typed."""
    return draft_subject(sent.about["pm"], sent.about["section"]), {"rich_text": _typed(sent)}


def section_pressed(desk: Desk) -> Any:
    """A button in the list of sections puts that section's box on top."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        person = await desk.people.person(body["user"]["id"])
        number = json.loads(body["view"]["private_metadata"])["pm"]
        async with desk.reader() as reading:
            view = await editable(reading, number, person)
            box = await section_box(reading, view, section_named(view, action["value"]), person)
        await desk.client.views_push(trigger_id=body["trigger_id"], view=box)

    return listener


async def _both(sent: Sent, conflict: Conflict, desk: Desk) -> Outcome:
    number, key = sent.about["pm"], sent.about["section"]
    subject, content = kept_text(sent)
    async with desk.units.begin(sent.person) as unit:
        draft = await keep(unit, form=Form.EDIT, subject=subject, content=content, why=conflict.sentence)
    async with desk.reader() as reading:
        view = await postmortems.by_number(reading, number, sent.person)
    section = section_named(view, key)
    return Replaced(
        conflict_form(
            label=view.label,
            title=section.title,
            who=section.updated_by.name if section.updated_by else "Somebody",
            theirs=to_rich_text_blocks(section.body, THEIRS_CHARACTERS, mentioning=False),
            mine=_typed(sent),
            metadata=metadata(pm=number, section=key, version=conflict.version, draft=draft),
            block_id=f"text_{conflict.version}",
        )
    )


def _typed(sent: Sent) -> dict[str, Any]:
    """The box's content; its block_id changes with the version, so that Slack does not keep an older text in it."""
    block_id = next(block["block_id"] for block in sent.view["blocks"] if block["type"] == "input")
    return sent.filled.rich_text(block_id) or EMPTY
