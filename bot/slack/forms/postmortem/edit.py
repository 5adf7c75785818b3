"""A section's box, sent; and the buttons in the list of sections."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.engines.documents.document import Adf, from_rich_text, is_empty, to_plain, to_rich_text
from bot.engines.documents.merging import merged, together
from bot.errors import Conflict, NotFound, WatchbillError
from bot.escaping import mrkdwn
from bot.queries import drafts, people, postmortems
from bot.queries.people import Person
from bot.queries.postmortems import SectionView
from bot.slack.cards.conflict import Choice, left_standing, set_aside_words
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.cards.sentences import STRAY, mistake_card
from bot.slack.cards.typed import EMPTY
from bot.slack.desk import Desk
from bot.slack.forms.conflict import choice_of, keep_for_choice, leave, require_shown, settle, typed_about
from bot.slack.forms.sending import Outcome, Replaced, Revealed, Sent
from bot.slack.ids import Form
from bot.slack.keeping import Typed, set_aside
from bot.slack.section_choice import section_choice
from bot.slack.sections import draft_subject, editable, section_box, section_list, section_named
from bot.slack.translation import explain
from bot.usecases.drafts.keep import keep
from bot.usecases.postmortems.edit_section import edit_section
from bot.usecases.unit import Unit

log = structlog.get_logger(__name__)
UNOPENED = "Slack did not open that section in time. Nothing was changed; press its button again."
BOX = "text"


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Save the section. Where somebody else saved it meanwhile both texts are shown, and what is chosen counts."""
    choice, mine = choice_of(sent), await _typed(sent, desk)
    stored = await _stored(sent, desk)
    try:
        if choice is Choice.THEIRS:
            return await _left(sent, mine, stored, desk)
        await _saved(sent, mine, stored, desk, choice=choice)
    except Conflict as conflict:
        return await _both(sent, mine, conflict, desk)
    below = sent.view.get("previous_view_id")
    if not below:
        return None
    async with desk.reader() as reading:
        return Revealed(below, section_list(await postmortems.by_number(reading, sent.about["pm"], sent.person)))


def worth_keeping(sent: Sent) -> Typed | None:
    """What is kept of a box that is refused: all of it, as it was typed. A text without a box is kept already."""
    return _as_typed(sent, _boxed(sent) or EMPTY) if BOX in sent.view["state"]["values"] else None


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


async def _saved(
    sent: Sent, mine: Mapping[str, Any], stored: SectionView, desk: Desk, *, choice: Choice | None
) -> None:
    """Put the text, or both, in its place. A text that gives way to it by choice is kept for its writer."""
    number, key = sent.about["pm"], sent.about["section"]
    async with desk.reader() as reading:
        names = {each: person.name for each, person in (await people.by_slack_ids(reading, _mentioned(mine))).items()}
    both = choice is Choice.BOTH
    body = await asyncio.to_thread(_together if both else merged, stored.body, mine, names)
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        await edit_section(unit, number, key, body, version=sent.about["version"])
        await settle(sent, unit)
        if choice is Choice.MINE and _is_lost(stored, body, sent):
            await _keep_theirs(unit, sent, stored)


def _together(theirs: Mapping[str, Any], mine: Mapping[str, Any], names: Mapping[str, str]) -> Adf:
    return together(theirs, from_rich_text(mine, names))


async def _left(sent: Sent, mine: Mapping[str, Any], stored: SectionView, desk: Desk) -> Outcome:
    require_shown(sent, stored.version)
    typed = _as_typed(sent, mine) if not is_empty(from_rich_text(mine)) else None
    await leave(sent, typed, f"You chose the text that {_writer(stored)} had saved.", desk)
    return Replaced(
        said_view(f"PM-{sent.about['pm']}", left_standing(f"*{mrkdwn(stored.title)}*", is_kept=bool(typed)))
    )


async def _both(sent: Sent, mine: Mapping[str, Any], conflict: Conflict, desk: Desk) -> Outcome:
    draft = await keep_for_choice(sent, _as_typed(sent, mine), conflict.sentence, desk)
    async with desk.reader() as reading:
        view = await postmortems.by_number(reading, sent.about["pm"], sent.person)
        section = section_named(view, sent.about["section"])
        return Replaced(await section_choice(reading, view, section, mine, draft=draft, person=sent.person))


async def _stored(sent: Sent, desk: Desk) -> SectionView:
    async with desk.reader() as reading:
        view = await postmortems.by_number(reading, sent.about["pm"], sent.person)
    return section_named(view, sent.about["section"])


def _is_lost(stored: SectionView, body: Mapping[str, Any], sent: Sent) -> bool:
    """Whether what stood there was somebody else's and is not part of what stands there now."""
    is_theirs = stored.updated_by is not None and stored.updated_by.id != sent.person.id
    return is_theirs and to_plain(stored.body).strip() not in to_plain(body)


async def _keep_theirs(unit: Unit, sent: Sent, stored: SectionView) -> None:
    assert stored.updated_by is not None  # noqa: S101  a text without a writer is nobody's to lose
    content = {"rich_text": to_rich_text(stored.body), "version": stored.version}
    await keep(
        unit,
        form=Form.EDIT,
        subject=draft_subject(sent.about["pm"], stored.key),
        content=set_aside(content),
        why=set_aside_words(sent.person, stored.title),
        writer_id=stored.updated_by.id,
    )


def _writer(stored: SectionView) -> str:
    return stored.updated_by.name if stored.updated_by else "somebody"


def _as_typed(sent: Sent, mine: Mapping[str, Any]) -> Typed:
    content = {"rich_text": mine, "view": sent.view["id"], "version": typed_about(sent)}
    return Typed(Form.EDIT, draft_subject(sent.about["pm"], sent.about["section"]), content)


async def _typed(sent: Sent, desk: Desk) -> Mapping[str, Any]:
    """What was typed: the box's content, or the kept text that is too long for a box beside another.

    Raises:
        NotFound: that text was thrown away.
    """
    if BOX in sent.view["state"]["values"]:
        return _boxed(sent) or EMPTY
    async with desk.reader() as reading:
        draft = await drafts.by_id(reading, sent.about["draft"], sent.person)
    if draft is None:
        raise NotFound("Your text was put in its place or thrown away meanwhile. Nothing was changed.")
    mine: Mapping[str, Any] = draft.content["rich_text"]
    return mine


def _mentioned(element: Any) -> Iterator[str]:
    """The people whom a rich_text block mentions, by their id in Slack: it tells nothing else of them."""
    if isinstance(element, list):
        for each in element:
            yield from _mentioned(each)
    elif isinstance(element, dict):
        if element.get("type") == "user":
            yield str(element.get("user_id"))
        yield from _mentioned(element.get("elements", []))


def _boxed(sent: Sent) -> dict[str, Any] | None:
    return sent.filled.rich_text(BOX)
