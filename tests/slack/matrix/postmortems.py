"""Every way to each verb of a postmortem."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.errors import NotAllowed
from bot.playground.screens import Appearance
from bot.queries import postmortems
from bot.slack.cards.blocks import Card
from bot.slack.cards.postmortem import postmortem_card
from bot.usecases.postmortems.snooze import snooze
from bot.vocabulary import PostmortemStatus, Role, Verb
from tests.slack.matrix.company import CAST, KIM, Company
from tests.slack.matrix.ways import Attempt, Filling, Making, Opened, Way, Ways, pressed, said, sent, typed
from tests.slack.writings import rich


def _one(status: PostmortemStatus = PostmortemStatus.DRAFT, *, approved: bool = False) -> Making:
    async def make(company: Company) -> Mapping[str, str]:
        return {"pm": await company.postmortem(status, approved=approved)}

    return make


def _card(making: Making) -> Callable[[Company, Role], Awaitable[Card]]:
    """Its card, as it stands in its channel."""

    async def card(company: Company, _role: Role) -> Card:
        number = int((await making(company))["pm"].removeprefix("PM-"))
        async with company.town.house.reader() as reading:
            return postmortem_card(await postmortems.by_number(reading, number, company.person(Role.OWNER)))

    return card


def _shown(making: Making, line: str) -> Callable[[Company, Role], Awaitable[Appearance]]:
    """What its owner was shown for that line."""

    async def card(company: Company, _role: Role) -> Appearance:
        return await company.shown(Role.OWNER, line.format(**await making(company)))

    return card


def _with(**values: Any) -> Filling:
    async def fill(_opened: Opened) -> Mapping[str, Any]:
        return values

    return fill


async def _for_another(company: Company, role: Role) -> Attempt:
    """The reviewer's reminders snoozed by somebody else; the reviewer tries it for the owner's."""
    number = int((await company.postmortem(PostmortemStatus.IN_REVIEW)).removeprefix("PM-"))
    other = company.person(Role.OWNER if role is Role.REVIEWER else Role.REVIEWER)
    until = (company.town.clock.now() + timedelta(days=2)).date()

    async def attempt() -> list[str]:
        try:
            async with company.town.house.units.begin(company.person(role)) as unit:
                await snooze(unit, number, until, for_user=other.id)
        except NotAllowed as refused:
            return [refused.sentence]
        return []

    return attempt


DRAFT, REVIEW = _one(), _one(PostmortemStatus.IN_REVIEW)
APPROVED, PUBLISHED = _one(PostmortemStatus.IN_REVIEW, approved=True), _one(PostmortemStatus.PUBLISHED)
OFFERED = "There is a form for this"
"""What a mention answers for which words are missing."""
SNOOZES_NOBODY = "no word, button or form snoozes for somebody else"

WAYS: Mapping[Verb, Ways] = {
    Verb.ASK_POSTMORTEM: Ways(
        command=typed(DRAFT, "/postmortem show {pm}", "Outage"),
        button=pressed(_card(DRAFT), "read", "Outage"),
        form="no form asks",
        mention=said(DRAFT, "show {pm}", "Outage"),
    ),
    Verb.CREATE_POSTMORTEM: Ways(
        command=typed(DRAFT, "/postmortem create Pool full", "New postmortem"),
        button=pressed(_shown(DRAFT, "/postmortem mine"), "run", "New postmortem"),
        form=sent(Role.OWNER, DRAFT, "/postmortem create", _with(title="Pool full")),
        mention=said(DRAFT, "create Pool full", OFFERED),
    ),
    Verb.EDIT_SECTION: Ways(
        command=typed(DRAFT, "/postmortem edit {pm} fault", "Fault"),
        button=pressed(_card(DRAFT), "do:edit", "Fault"),
        form=sent(Role.OWNER, DRAFT, "/postmortem edit {pm} fault", _with(text=rich("The pool ran out."))),
        mention=said(DRAFT, "edit {pm} fault", OFFERED),
    ),
    Verb.KEEP_TIMELINE: Ways(
        command=typed(DRAFT, "/postmortem add {pm} rolled back"),
        button=pressed(_shown(DRAFT, "/postmortem add {pm} rolled back"), "entry:remove"),
        form=sent(Role.OWNER, DRAFT, "/postmortem add {pm}", _with(text="rolled back")),
        mention=said(DRAFT, "add {pm} rolled back"),
    ),
    Verb.KEEP_ACTIONS: Ways(
        command=typed(DRAFT, "/postmortem action {pm} Raise the pool @kim friday"),
        button=pressed(_shown(DRAFT, "/postmortem action {pm} Raise the pool @kim friday"), "action_item:one::remove"),
        form=sent(Role.OWNER, DRAFT, "/postmortem action {pm}", _with(text="Raise the pool")),
        mention=said(DRAFT, "action {pm} Raise the pool @kim friday"),
    ),
    Verb.COMMENT: Ways(
        command=typed(REVIEW, "/postmortem comment {pm} Say more of the cause"),
        button="no button: one reads first, and then types",
        form=sent(Role.OWNER, REVIEW, "/postmortem comment {pm}", _with(text="Say more of the cause")),
        mention=said(REVIEW, "comment {pm} Say more of the cause"),
    ),
    Verb.SUBMIT: Ways(
        command=typed(DRAFT, "/postmortem submit {pm} @nour"),
        button=pressed(_card(DRAFT), "do:submit", "Submit"),
        form=sent(Role.OWNER, DRAFT, "/postmortem submit {pm}", _with(reviewers=[CAST[Role.REVIEWER]])),
        mention=said(DRAFT, "submit {pm} @nour"),
    ),
    Verb.ASSIGN: Ways(
        command=typed(DRAFT, "/postmortem assign {pm} @kim"),
        button=pressed(_card(DRAFT), "do:more", "New owner", chosen="assign"),
        form=sent(Role.OWNER, DRAFT, "/postmortem assign {pm}", _with(owner=KIM)),
        mention=said(DRAFT, "assign {pm} @kim"),
    ),
    Verb.SNOOZE_SELF: Ways(
        command=typed(DRAFT, "/postmortem snooze {pm} friday"),
        button=pressed(_card(DRAFT), "do:more", "Remind me again on", chosen="snooze"),
        form=sent(Role.OWNER, DRAFT, "/postmortem snooze {pm}", _with(reason="The fix ships then")),
        mention=said(DRAFT, "snooze {pm} friday"),
    ),
    Verb.SNOOZE_OTHERS: Ways(SNOOZES_NOBODY, SNOOZES_NOBODY, SNOOZES_NOBODY, SNOOZES_NOBODY, Way(_for_another)),
    Verb.GIVE_VERDICT: Ways(
        command=typed(REVIEW, "/postmortem approve {pm}"),
        button=pressed(_card(REVIEW), "do:approve"),
        form=sent(Role.REVIEWER, REVIEW, "/postmortem changes {pm}", _with(text="Say more of the cause")),
        mention=said(REVIEW, "changes {pm} Say more of the cause"),
    ),
    Verb.PUBLISH: Ways(
        command=typed(APPROVED, "/postmortem publish {pm}"),
        button=pressed(_card(APPROVED), "do:preview", "Publish PM-"),
        form=sent(Role.OWNER, APPROVED, "/postmortem preview {pm}", _with()),
        mention=said(APPROVED, "publish {pm}"),
    ),
    Verb.REOPEN: Ways(
        command=typed(PUBLISHED, "/postmortem reopen {pm} A graph is wrong"),
        button=pressed(_card(PUBLISHED), "do:reopen", "Reason"),
        form=sent(Role.OWNER, PUBLISHED, "/postmortem reopen {pm}", _with(reason="A graph is wrong")),
        mention=said(PUBLISHED, "reopen {pm} A graph is wrong"),
    ),
    Verb.DELETE_POSTMORTEM: Ways(
        command=typed(DRAFT, "/postmortem delete {pm} yes"),
        button=pressed(_shown(DRAFT, "/postmortem delete {pm}"), "run:delete"),
        form="no form: it is asked back by a card, whose button is in the next column",
        mention=said(DRAFT, "delete {pm} yes"),
    ),
}
