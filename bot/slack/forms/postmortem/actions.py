"""The forms of action items: opened for a button or a kept text, and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.engines.lifecycle.due import working_day_after
from bot.engines.wallclock import to_local
from bot.errors import BadFields, Conflict
from bot.queries import last_change
from bot.queries.actions import ActionView
from bot.queries.people import Person
from bot.slack.action_items import ActionKeeper
from bot.slack.cards.action_forms import choice_form, day_form, edit_form, owner_form
from bot.slack.cards.actions import Deed, on_day, said_words
from bot.slack.cards.blocks import Block
from bot.slack.cards.conflict import Choice, changed_meanwhile, left_standing
from bot.slack.cards.inputs import metadata
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.cards.typed import has_text, refilled
from bot.slack.desk import Desk
from bot.slack.forms.conflict import (
    both_texts,
    choice_of,
    keep_for_choice,
    leave,
    require_shown,
    typed_about,
    values_of,
)
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.slack.forms.values import Filled
from bot.slack.ids import Form
from bot.slack.keeping import Typed, has_moved_on
from bot.slack.words.action_items import TypedAction
from bot.vocabulary import ActionKind


def box_of(view: ActionView, deed: Deed, person: Person, *, now: datetime) -> Block:
    """The form in which somebody edits an action, moves it or gives it away."""
    about = metadata(pm=view.number, action=view.id, version=view.version)
    match deed:
        case Deed.DAY:
            first = working_day_after(to_local(now, person.zone).date(), 1)
            initial = max(view.due_on or first, first).isoformat()
            return day_form(label=view.label, text=view.text, initial=initial, metadata=about)
        case Deed.GIVE:
            return owner_form(label=view.label, text=view.text, metadata=about)
        case _:
            owner = view.owner.slack_id if view.owner else None
            shown = TypedAction(view.text, owner, view.due_on, view.kind, view.jira_url)
            return edit_form(label=view.label, shown=shown, metadata=about)


async def box_again(content: Mapping[str, Any], person: Person, desk: Desk) -> Block:
    """The form that a kept text of an edited action was typed into; with a choice, where it was changed since.

    Raises:
        NotFound: the action was removed meanwhile.
        NotAllowed: the person is an outsider by now.
    """
    view = await ActionKeeper(person, "", desk).seen(content["action"])
    if has_moved_on(content, view.version):
        return await _choice_box(view, content, person, desk)
    return box_of(view, Deed.EDIT, person, now=desk.reader.now())


async def added(sent: Sent, desk: Desk) -> Outcome:
    """Add what was filled in."""
    view = await _keeper(sent, desk).add(sent.about["pm"], _typed(sent))
    said = said_words(view, now=desk.reader.now())
    return Replaced(said_view(view.label, f"Added{said}. `/postmortem actions {view.label}` lists all of them."))


async def edited(sent: Sent, desk: Desk) -> Outcome:
    """Save what was changed. Where somebody else changed it meanwhile both are shown, and what is chosen counts."""
    choice, typed = choice_of(sent), _typed(sent)
    try:
        if choice:
            theirs = await _keeper(sent, desk).seen(sent.about["action"])
            if choice is Choice.THEIRS:
                require_shown(sent, theirs.version)
                await leave(sent, worth_keeping_of_edit(sent), "You chose what somebody else had saved.", desk)
                return Replaced(said_view(theirs.label, left_standing(f"The action of {theirs.label}")))
            if choice is Choice.BOTH:
                typed = replace(typed, text=both_texts(theirs.text, typed.text))
        view = await _keeper(sent, desk).edit(sent.about["action"], typed, version=sent.about["version"])
    except Conflict as conflict:
        return await _to_choose(sent, conflict, desk)
    return Replaced(said_view(view.label, f"Saved{said_words(view, now=desk.reader.now())}."))


async def moved(sent: Sent, desk: Desk) -> Outcome:
    """Give it another day."""
    due = sent.filled.day("due")
    if not due:
        raise BadFields({"due": "Choose the day by which it is to be done."})
    await _keeper(sent, desk).move(sent.about["action"], due)
    words = f"It is due {on_day(due, desk.reader.now())} now."
    return Replaced(said_view(f"PM-{sent.about['pm']}", words))


async def given(sent: Sent, desk: Desk) -> Outcome:
    """Give it to somebody else."""
    owner = sent.filled.user("owner")
    if not owner:
        raise BadFields({"owner": "Choose who has it from now on."})
    await _keeper(sent, desk).give(sent.about["action"], owner)
    return Replaced(said_view(f"PM-{sent.about['pm']}", "Its new owner is told by direct message."))


def worth_keeping(sent: Sent) -> Typed | None:
    """What is kept of a new action that is refused: all that was filled in."""
    values = sent.view["state"]["values"]
    return Typed(Form.ACTION, f"PM-{sent.about['pm']}", {"values": values}) if has_text(values) else None


def worth_keeping_of_edit(sent: Sent) -> Typed:
    """What is kept of a changed action that is refused: all that was filled in, and which one it is."""
    content = {"values": values_of(sent), "action": sent.about["action"], "version": typed_about(sent)}
    return Typed(Form.ACTION_EDIT, f"PM-{sent.about['pm']}", content)


async def _to_choose(sent: Sent, conflict: Conflict, desk: Desk) -> Outcome:
    """What it is now, one's own below, and the choice; one's own is kept until its writer has chosen."""
    typed = worth_keeping_of_edit(sent)
    draft = await keep_for_choice(sent, typed, conflict.sentence, desk)
    theirs = await _keeper(sent, desk).seen(sent.about["action"])
    form = await _choice_box(theirs, typed.content, sent.person, desk)
    return Replaced(refilled(form, typed.content, draft=draft))


async def _choice_box(theirs: ActionView, content: Mapping[str, Any], person: Person, desk: Desk) -> Block:
    async with desk.reader() as reading:
        change = await last_change.of_action(reading, theirs.postmortem_id, theirs.id)
    return choice_form(
        box_of(theirs, Deed.EDIT, person, now=desk.reader.now()),
        theirs=theirs,
        mine=Filled({"state": content}).text("text"),
        head=changed_meanwhile("this action", change, reader=person),
        now=desk.reader.now(),
    )


def _typed(sent: Sent) -> TypedAction:
    kind = sent.filled.choice("kind")
    return TypedAction(
        text=sent.filled.text("text"),
        owner=sent.filled.user("owner"),
        due=sent.filled.day("due"),
        kind=ActionKind(kind) if kind else None,
        jira_url=sent.filled.text("jira_url"),
    )


def _keeper(sent: Sent, desk: Desk) -> ActionKeeper:
    return ActionKeeper(sent.person, sent.key_of_text, desk, sent.settles)
