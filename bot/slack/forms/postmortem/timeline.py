"""The forms of a timeline, sent; the menu of postmortems in them, and the way to read one of those."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.engines.timeline import Moments
from bot.errors import AlreadyDone, BadFields, Conflict, Mistake, NotFound, WatchbillError
from bot.escaping import mrkdwn
from bot.queries import documents, last_change, timeline
from bot.queries.people import Person
from bot.queries.postmortems import Outline
from bot.queries.timeline import EntryInPlace, EntryView
from bot.slack.cards.blocks import Block, Card, option
from bot.slack.cards.conflict import Choice, changed_meanwhile, left_standing
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.document import reading_view
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.cards.sentences import mistake_card
from bot.slack.cards.timeline import plain_words
from bot.slack.cards.timeline_forms import choice_form, edit_form, read_seconds
from bot.slack.cards.typed import has_text, refilled
from bot.slack.desk import Desk
from bot.slack.forms.conflict import (
    both_texts,
    choice_of,
    keep_for_choice,
    leave,
    require_shown,
    settle,
    typed_about,
    values_of,
)
from bot.slack.forms.postmortem.create import MOST_CHOICES
from bot.slack.forms.sending import Answered, Outcome, Replaced, Sent
from bot.slack.forms.values import Filled
from bot.slack.ids import Form
from bot.slack.keeping import Typed, has_moved_on
from bot.slack.marking import GONE, kept_marked, placed, put, put_card
from bot.slack.translation import explain
from bot.slack.words.references import read_reference
from bot.usecases.drafts.drop import drop
from bot.usecases.postmortems.correct_times import correct_times
from bot.usecases.timeline.add import add
from bot.usecases.timeline.edit import edit
from bot.usecases.timeline.held import removed
from bot.usecases.timeline.wanted import WantedEntry

log = structlog.get_logger(__name__)
UNOPENED = "Slack did not open it in time. Your form is as it was; press the button again."


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Add what was written."""
    at, number = _time(sent), sent.about["pm"]
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        await add(unit, number, WantedEntry(at=at, text=mrkdwn(sent.filled.text("text"))))
        for draft_id in sent.settles:
            await drop(unit, draft_id)
    return Replaced(said_view(f"PM-{number}", f"Added to the timeline of PM-{number}, {day_and_time(at)}."))


async def edited(sent: Sent, desk: Desk) -> Outcome:
    """Change an entry. What was not touched in the form stays byte for byte as it is stored.

    Where somebody else changed it meanwhile, both are shown and the person chooses.
    """
    place = await placed(sent.about["entry"], sent.person, desk)
    if place is None:
        raise removed()
    choice = choice_of(sent)
    try:
        if choice is Choice.THEIRS:
            require_shown(sent, place.entry.version)
            why = f"You kept another text for an entry of {place.label}."
            await leave(sent, change_worth_keeping(sent), why, desk)
            return Replaced(said_view(place.label, left_standing(f"The entry of {place.label}")))
        number = await _saved(sent, place.entry, desk, with_theirs=choice is Choice.BOTH)
    except Conflict as conflict:
        return await _to_choose(sent, conflict, desk)
    return Replaced(said_view(f"PM-{number}", f"It stands like this in the timeline of PM-{number} now."))


async def chosen(sent: Sent, desk: Desk) -> Outcome:
    """Put a kept message into the postmortem that was chosen, and say so where it was marked."""
    number = sent.filled.choice("postmortem")
    if not number:
        raise BadFields({"postmortem": "Postmortem: choose the one that it belongs to."})
    draft_id = sent.about["message"]
    try:
        marked = await kept_marked(draft_id, sent.person, desk)
    except NotFound:
        return Answered(await _put_before(sent, desk), sent.about["url"])
    card = await put(marked, int(number), sent.person, desk, key=sent.key_of_text, settles=(draft_id,))
    return Answered(card, sent.about["url"])


async def _put_before(sent: Sent, desk: Desk) -> Card:
    """What this very form has done when it was sent first, and its answer was lost.

    Raises:
        NotFound: it has done nothing, and the message is not kept any more.
    """
    try:
        async with desk.units.begin(sent.person, key=sent.key_of_text):
            raise NotFound(GONE)
    except AlreadyDone as done:
        return await put_card(done.outcome, sent.person, desk)


async def times_corrected(sent: Sent, desk: Desk) -> Outcome:
    """Put the moments of an incident right. One that was not touched in the form stays as it is stored."""
    number, filled = sent.about["pm"], sent.filled
    shown, said = read_seconds(sent.about["shown"]), read_seconds(sent.about["said"])
    typed = Moments(filled.moment("detected_at"), filled.moment("responded_at"), filled.moment("ended_at"))
    wanted = Moments(
        said.detected_at if typed.detected_at == shown.detected_at else typed.detected_at,
        said.responded_at if typed.responded_at == shown.responded_at else typed.responded_at,
        typed.ended_at,
    )
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        await correct_times(unit, number, wanted, was=said)
    return Replaced(said_view(f"PM-{number}", f"The times of PM-{number} are as you entered them."))


def worth_keeping(sent: Sent) -> Typed | None:
    """What is kept of a new entry that is refused: what was written."""
    values = sent.view["state"]["values"]
    return Typed(Form.ENTRY, f"PM-{sent.about['pm']}", {"values": values}) if has_text(values) else None


def change_worth_keeping(sent: Sent) -> Typed | None:
    """What is kept of a change that is refused: what was written, and of which entry."""
    values, about = values_of(sent), sent.about
    content = {"values": values, "entry": about["entry"], "version": typed_about(sent)}
    return Typed(Form.EDIT_ENTRY, f"PM-{about['pm']}", content) if has_text(values) else None


async def edit_box(entry_id: str, person: Person, desk: Desk) -> Block:
    """The form of an entry, to change it.

    Raises:
        NotFound: it was removed, or its postmortem was.
        NotAllowed: they are no member of the workspace.
    """
    place = await placed(entry_id, person, desk)
    if place is None:
        raise removed()
    return edit_form(place)


async def box_again(content: Mapping[str, Any], person: Person, desk: Desk) -> Block:
    """The form of the entry that a kept change is of, to be sent anew; with a choice, where it was changed since.

    Raises:
        NotFound, NotAllowed: as `edit_box`.
    """
    place = await placed(content["entry"], person, desk)
    if place is None:
        raise removed()
    if has_moved_on(content, place.entry.version):
        return await _choice_box(place, content["values"], person, desk)
    return edit_form(place)


def postmortem_options(desk: Desk) -> Any:
    """Open postmortems by number or words; before anything is typed those of the message's channel come first."""

    async def looked_up(ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any]) -> None:
        words = payload.get("value", "")
        about = json.loads(body.get("view", {}).get("private_metadata") or "{}")
        try:
            found = await _found(words, about.get("channel", ""), body["user"]["id"], desk)
        except Mistake:  # a menu has no place for a sentence; the form says it when it is sent
            found = []
        await ack(options=[option(f"{each.label} {each.title}", str(each.number)) for each in found])

    return looked_up


def look_pressed(desk: Desk) -> Any:
    """Puts the text of a postmortem on top of the form, which waits below with what is in it."""

    async def listener(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        slack_id = body["user"]["id"]
        try:
            person = await desk.people.person(slack_id)
            async with desk.reader() as reading:
                whole = await documents.by_number(reading, read_reference(action["value"]), person)
            shown = await asyncio.to_thread(reading_view, whole)
            await desk.client.views_push(trigger_id=body["trigger_id"], view=shown)
        except WatchbillError as error:
            await desk.answers.give(explain(error), url="", slack_id=slack_id)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("postmortem not opened", problem=str(error))
            await desk.answers.give(mistake_card(UNOPENED), url="", slack_id=slack_id)

    return listener


async def _saved(sent: Sent, entry: EntryView, desk: Desk, *, with_theirs: bool) -> int:
    """The number of the postmortem in which the entry stands, as it was filled in, from now on."""
    wanted = sent.filled.choice("postmortem")
    if not wanted:
        raise BadFields({"postmortem": "Postmortem: choose in whose timeline it stands."})
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        number = await edit(
            unit,
            entry.id,
            at=_same_or(entry.at, _time(sent)),
            text=_text(sent, entry, with_theirs=with_theirs),
            to=int(wanted) if int(wanted) != sent.about["pm"] else None,
            version=sent.about["version"],
        )
        await settle(sent, unit)
    return number


async def _to_choose(sent: Sent, conflict: Conflict, desk: Desk) -> Outcome:
    """The form again, below what stands there now; what was typed is kept until its writer has chosen."""
    typed = change_worth_keeping(sent)
    draft_id = await keep_for_choice(sent, typed, conflict.sentence, desk) if typed else ""
    place = await placed(sent.about["entry"], sent.person, desk)
    if place is None:
        raise removed()
    values = values_of(sent)
    form = await _choice_box(place, values, sent.person, desk)
    return Replaced(refilled(form, {"values": values}, draft=draft_id))


async def _choice_box(place: EntryInPlace, values: Mapping[str, Any], person: Person, desk: Desk) -> Block:
    async with desk.reader() as reading:
        change = await last_change.of_entry(reading, place.entry.postmortem_id, place.entry.id)
    head = changed_meanwhile(f"this entry of {place.label}", change, reader=person)
    mine = Filled({"state": {"values": values}}).text("text") if "text" in values else None
    return choice_form(place, mine, head=head, both=both_texts(plain_words(place.entry), mine or ""))


async def _found(words: str, channel: str, slack_id: str, desk: Desk) -> list[Outline]:
    person = await desk.people.person(slack_id)
    async with desk.reader() as reading:
        here = await timeline.open_in_channel(reading, channel, person, limit=MOST_CHOICES) if not words else ()
        named = await timeline.open_named(reading, words, person, limit=MOST_CHOICES)
    return list({each.number: each for each in (*here, *named)}.values())[:MOST_CHOICES]


def _time(sent: Sent) -> datetime:
    at = sent.filled.moment("at")
    if at is None:
        raise BadFields({"at": "Time: enter when it happened."})
    return at


def _same_or(stored: datetime, sent: datetime) -> datetime:
    """The stored moment where the form, which knows whole seconds, says the same."""
    return stored if int(stored.timestamp()) == int(sent.timestamp()) else sent


def _text(sent: Sent, entry: EntryView, *, with_theirs: bool) -> str | None:
    """What was written, below theirs where both are to stand; None where nothing was changed, or there was no box."""
    if "text" not in sent.view["state"]["values"]:
        return None
    typed, words = sent.filled.text("text"), plain_words(entry)
    said = both_texts(words, typed) if with_theirs else typed
    return None if said.strip() == words.strip() else mrkdwn(said)
