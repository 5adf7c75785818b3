"""The forms of a template, sent; the sections its text makes, shown; and the menu of teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.engines.templates import parse
from bot.errors import BadFields, Conflict, NotFound, Unreadable
from bot.queries import teams, templates
from bot.queries.people import Person
from bot.queries.templates import TemplateView
from bot.slack.actions.lines import Listener
from bot.slack.cards.blocks import Block, option
from bot.slack.cards.conflict import Choice, left_standing
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.cards.template_forms import choice_form, edit_form, new_form, no_preview, preview, with_preview
from bot.slack.cards.templates import begins_words, saved_words
from bot.slack.cards.typed import has_text, refilled
from bot.slack.desk import Desk
from bot.slack.forms.conflict import (
    choice_of,
    keep_for_choice,
    leave,
    require_shown,
    settle,
    typed_about,
    values_of,
)
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.slack.forms.values import Filled
from bot.slack.ids import Form
from bot.slack.keeping import Typed, has_moved_on
from bot.usecases.drafts.drop import drop
from bot.usecases.templates import permission
from bot.usecases.templates.create import create
from bot.usecases.templates.edit import edit
from bot.usecases.templates.held import GONE
from bot.usecases.templates.set_default import set_default

log = structlog.get_logger(__name__)
MOST_CHOICES = 100
NEW = "a new template"
SAVED = "Template saved"


async def sent_in(sent: Sent, desk: Desk) -> Outcome:
    """Save it. Where somebody else changed it meanwhile, both texts are shown and the person chooses."""
    if "template" not in sent.about:
        return await _made(sent, desk)
    view = await _stored(sent.about["template"], desk)
    try:
        if choice_of(sent) is Choice.THEIRS:
            require_shown(sent, view.version)
            await leave(sent, worth_keeping(sent), f"You kept another text of the template {view.name}.", desk)
            return Replaced(said_view("Template", left_standing(f"The template {view.name}")))
        async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
            await edit(unit, view.id, sent.filled.text("markdown"), version=sent.about["version"])
            await settle(sent, unit)
    except Conflict as conflict:
        return await _to_choose(sent, conflict, desk)
    return Replaced(said_view(SAVED, saved_words(view.name)))


async def made_default(sent: Sent, desk: Desk) -> Outcome:
    """Have the team that was chosen begin with it."""
    view, team_id = await _stored(sent.about["template"], desk), sent.filled.choice("team")
    if not team_id:
        raise BadFields({"team": "Team: choose whose postmortems begin with it."})
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        team = await set_default(unit, team_id, view.id)
    return Replaced(said_view("Default template", begins_words(team, view.name)))


def worth_keeping(sent: Sent) -> Typed | None:
    """What is kept of a template that is refused: what was written, and of which one."""
    if "template" not in sent.about:
        values = sent.view["state"]["values"]
        return Typed(Form.TEMPLATE, NEW, {"values": values}) if has_text(values) else None
    values, about = values_of(sent), sent.about
    content = {"values": values, "template": about["template"], "version": typed_about(sent)}
    return Typed(Form.TEMPLATE, f"the template {about['key']}", content) if has_text(values) else None


async def box_again(content: Mapping[str, Any], person: Person, desk: Desk) -> Block:
    """The form that a kept text was typed into; with a choice, where the template was changed since.

    Raises:
        NotFound: it was removed.
    """
    if "template" not in content:
        return new_form(name="", team=None, needs_team=not permission.keeps_all(person))
    view = await _stored(content["template"], desk)
    return choice_form(view, reader=person) if has_moved_on(content, view.version) else edit_form(view)


def show_pressed(desk: Desk) -> Listener:
    """[Show the sections]: those of the text as it stands in the form, or what is wrong with it."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        view = body["view"]
        try:
            shown = preview(parse(Filled(view).text("markdown")))
        except Unreadable as error:
            shown = no_preview(error.sentence)
        try:
            await desk.client.views_update(view_id=view["id"], hash=view["hash"], view=with_preview(view, shown))
        except (SlackApiError, ClientError, TimeoutError) as error:  # the form stays as it is, with what is in it
            log.info("sections not shown", problem=str(error))

    return listener


def team_options(desk: Desk) -> Any:
    """The teams of which the person may say what they begin with, by a part of their name."""

    async def looked_up(ack: AsyncAck, body: dict[str, Any], payload: dict[str, Any]) -> None:
        typed = " ".join(payload.get("value", "").split()).casefold()
        person = await desk.people.person(body["user"]["id"])
        async with desk.reader() as reading:
            theirs = permission.led(person, await teams.roles_of(reading, person.id))
            known = await teams.all_by_name(reading)
        everywhere = permission.keeps_all(person)
        fitting = [each for each in known if typed in each.name.casefold() and (everywhere or each.id in theirs)]
        await ack(options=[option(each.name, each.id) for each in fitting[:MOST_CHOICES]])

    return looked_up


async def _made(sent: Sent, desk: Desk) -> Outcome:
    filled = sent.filled
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        row = await create(
            unit, name=filled.text("name"), markdown=filled.text("markdown"), team_id=filled.choice("team")
        )
        for draft_id in sent.settles:
            await drop(unit, draft_id)
    return Replaced(said_view(SAVED, saved_words(row.name)))


async def _to_choose(sent: Sent, conflict: Conflict, desk: Desk) -> Outcome:
    """The form again, below what stands there now; what was typed is kept until its writer has chosen."""
    typed = worth_keeping(sent)
    draft_id = await keep_for_choice(sent, typed, conflict.sentence, desk) if typed else ""
    form = choice_form(await _stored(sent.about["template"], desk), reader=sent.person)
    return Replaced(refilled(form, {"values": values_of(sent)}, draft=draft_id))


async def _stored(template_id: str, desk: Desk) -> TemplateView:
    async with desk.reader() as reading:
        view = await templates.by_id(reading, template_id)
    if view is None:
        raise NotFound(GONE)
    return view
