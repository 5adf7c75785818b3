"""Every way to each verb of a schedule that has a team, or has none."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.engines.lifecycle.permissions import require
from bot.errors import NotAllowed
from bot.playground.screens import Appearance
from bot.slack.cards.blocks import Card
from bot.slack.cards.links import links_card
from bot.usecases.roles import roles_in
from bot.vocabulary import Role, TeamRole, Verb
from tests.slack.matrix.company import CAST, KIM, PAYMENTS, Company
from tests.slack.matrix.ways import Attempt, Filling, Making, Opened, Way, Ways, pressed, said, sent, typed

TONIGHT = "today 18:00-22:00"
SHOWN_BACK = "Nothing counts until"
"""How an override is shown back before it counts."""
NOT_YET = "nothing deletes a schedule yet"
OFFERED = "There is a form for this"
"""What a mention answers for which words are missing."""


def in_a_picture() -> Ways:
    """The ways to a picture of a week or a month. Each that is drawn takes a while: one way has to do for all."""
    return Ways(
        command=typed(_one(has_team=True), "/oncall week {name}", "Tide"),
        button="its buttons run the same command for the week before and the one after",
        form="no form asks",
        mention="what is said to the bot runs the same command",
    )


def ways(verb: Verb, *, has_team: bool) -> Ways:
    """The ways to that verb on such a schedule.

    Raises:
        KeyError: it is no verb of a schedule.
    """
    one = _one(has_team=has_team)
    return {
        Verb.ASK_ON_CALL: Ways(
            command=typed(one, "/oncall now {name}", "Tide"),
            button=pressed(_shown(one, "/oncall now {name}"), "show_to_channel", "Tide"),
            form="no form asks",
            mention=said(one, "now {name}", "Tide"),
        ),
        Verb.CREATE_SCHEDULE: Ways(
            command=typed(one, "/oncall schedules new", "New schedule"),
            button=pressed(_shown(one, "/oncall schedules"), "new_schedule", "New schedule"),
            form=sent(
                Role.LEAD, one, "/oncall schedules new", _named(with_people=True), confirmed="Nothing is saved yet"
            ),
            mention=said(one, "schedules new", OFFERED),
        ),
        Verb.EDIT_SCHEDULE: Ways(
            command=typed(one, "/oncall schedules edit {name}", "Edit schedule"),
            button=pressed(_shown(one, "/oncall schedules {name}"), "edit_schedule", "Edit schedule"),
            form=sent(Role.LEAD, one, "/oncall schedules edit {name}", _named(), confirmed="Nothing is saved yet"),
            mention=said(one, "schedules edit {name}", OFFERED),
        ),
        Verb.DELETE_SCHEDULE: Ways(NOT_YET, NOT_YET, NOT_YET, NOT_YET, _judged(has_team=has_team)),
        Verb.OVERRIDE_SELF: Ways(
            command=typed(one, f"/oncall override me {TONIGHT} {{name}}", SHOWN_BACK),
            button=pressed(_own_override(one), "override"),
            form=_overriding(one, oneself=True),
            mention=said(one, f"override me {TONIGHT} {{name}}", SHOWN_BACK),
        ),
        Verb.OVERRIDE_OTHERS: Ways(
            command=typed(one, f"/oncall override @kim {TONIGHT} {{name}}", SHOWN_BACK),
            button=pressed(_shown(one, f"/oncall override @kim {TONIGHT} {{name}}"), "override"),
            form=_overriding(one, oneself=False),
            mention=said(one, f"override @kim {TONIGHT} {{name}}", SHOWN_BACK),
        ),
        Verb.UNDO_OWN: Ways(
            command=_after_own_change(typed(_nothing, "/oncall undo"), has_team=has_team),
            button=pressed(_undoable(None, has_team=has_team), "undo"),
            form="no form: [Undo] in a form's last view is a button",
            mention=_after_own_change(said(_nothing, "undo"), has_team=has_team),
        ),
        Verb.UNDO_OTHERS: Ways(
            command=typed(_changed_by_kim(has_team=has_team), "/oncall undo @kim"),
            button=pressed(_undoable(KIM, has_team=has_team), "undo"),
            form="no form: [Undo] in a form's last view is a button",
            mention=said(_changed_by_kim(has_team=has_team), "undo @kim"),
        ),
        Verb.PAGE: Ways(
            command=typed(one, "/oncall page {name} it burns"),
            button=pressed(_shown(one, "/oncall now {name}"), "run:page", "What is wrong"),
            form=sent(Role.LEAD, one, "/oncall page {name}", _paging),
            mention=said(one, "page {name} it burns"),
        ),
        Verb.LINK_CHANNEL: Ways(
            command=typed(one, "/oncall link {name}"),
            button=pressed(_shown(one, "/oncall link {name}"), "run:unlink"),
            form=sent(Role.LEAD, one, "/oncall link", _linking, press="link_channel"),
            mention=said(one, "link {name}"),
        ),
        Verb.SUBSCRIBE: Ways(
            command=typed(one, "/oncall calendar {name}", "/calendars/"),
            button=pressed(_shown(one, "/oncall calendar {name}"), "new_link", "/calendars/"),
            form="no form asks",
            mention=said(one, "calendar {name}", "/calendars/"),
        ),
    }[verb]


def _one(*, has_team: bool) -> Making:
    async def make(company: Company) -> Mapping[str, str]:
        schedule_id, name = await company.schedule(has_team=has_team)
        return {"name": name, "id": schedule_id}

    return make


async def _nothing(_company: Company) -> Mapping[str, str]:
    return {}


def _changed_by_kim(*, has_team: bool) -> Making:
    """A change that somebody else made a moment ago."""

    async def make(company: Company) -> Mapping[str, str]:
        await company.linked(KIM, has_team=has_team)
        return {}

    return make


def _after_own_change(way: Way, *, has_team: bool) -> Way:
    """The same, once whoever tries it has changed something."""

    async def prepare(company: Company, role: Role) -> Attempt:
        await company.linked(CAST[role], has_team=has_team)
        return await way.prepare(company, role)

    return Way(prepare, way.shows)


def _shown(making: Making, line: str) -> Callable[[Company, Role], Awaitable[Appearance]]:
    """What a lead was shown for that line."""

    async def card(company: Company, _role: Role) -> Appearance:
        return await company.shown(Role.LEAD, line.format(**await making(company)))

    return card


def _own_override(making: Making) -> Callable[[Company, Role], Awaitable[Appearance]]:
    """What somebody was shown who is about to put themselves on call.

    An outsider is shown no such card: theirs is made of another's.
    """

    async def card(company: Company, role: Role) -> Appearance:
        asker = Role.MEMBER if role is Role.OUTSIDER else role
        shown = await company.shown(asker, f"/oncall override me {TONIGHT} {(await making(company))['name']}")
        assert shown.message is not None
        blocks = json.loads(json.dumps(list(shown.message.blocks)).replace(CAST[asker], CAST[role]))
        return replace(shown, message=replace(shown.message, blocks=tuple(blocks)))

    return card


def _undoable(who: str | None, *, has_team: bool) -> Callable[[Company, Role], Awaitable[Card]]:
    """The card of a change by that person, or by whoever tries it, with its [Undo]."""

    async def card(company: Company, role: Role) -> Card:
        event_id = await company.linked(who or CAST[role], has_team=has_team)
        return links_card((), channel=PAYMENTS, said="It is linked now.", undo=event_id)

    return card


def _overriding(making: Making, *, oneself: bool) -> Way:
    async def fill(opened: Opened) -> Mapping[str, Any]:
        return {"person": opened.hands.id if oneself else KIM}

    line = f"/oncall override @kim {TONIGHT} {{name}}"
    return sent(Role.LEAD, making, line, fill, press="override_form", confirmed=SHOWN_BACK)


async def _paging(_opened: Opened) -> Mapping[str, Any]:
    return {"text": "It burns"}


async def _linking(opened: Opened) -> Mapping[str, Any]:
    await opened.hands.options(opened.form, "schedule", "look_up_schedule", opened.names["name"])
    return {"schedule": opened.names["id"], "channel": PAYMENTS}


def _named(*, with_people: bool = False) -> Filling:
    """A schedule's form with another name, and with somebody in it where it is new."""

    async def fill(opened: Opened) -> Mapping[str, Any]:
        ids = [str(block.get("block_id")) for block in opened.form.blocks]
        name, people = (next(each for each in ids if each.startswith(begins)) for begins in ("name.", "people."))
        renamed = {name: f"Watch {opened.names['name'].removeprefix('Tide')}"}
        return {**renamed, people: [KIM]} if with_people else renamed

    return fill


def _judged(*, has_team: bool) -> Way:
    """By the table itself, with the roles that this person has on a schedule of the team, or of nobody."""

    async def prepare(company: Company, role: Role) -> Attempt:
        in_team = {Role.TEAMMATE: TeamRole.USER, Role.LEAD: TeamRole.ADMIN}.get(role) if has_team else None
        held, names = roles_in(company.person(role), in_team), {Role.LEAD: [company.person(Role.LEAD).name]}

        async def attempt() -> list[str]:
            try:
                require(Verb.DELETE_SCHEDULE, held, subject="Tide", names=names, has_team=has_team)
            except NotAllowed as refused:
                return [refused.sentence]
            return ["It may be deleted."]

        return attempt

    return Way(prepare, "It may be deleted.")
