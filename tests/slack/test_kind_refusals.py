"""Who may not is told in one kind sentence who can, wherever they try: beyond the verbs of the permission matrix."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest

from bot.playground import administration
from bot.playground.hands import Hands
from bot.slack.cards.blocks import Block, Card, actions, button, section
from bot.slack.ids import Action
from bot.vocabulary import PostmortemStatus, Role
from tests.slack.conftest import Town
from tests.slack.matrix.company import CAST, INCIDENTS, Company, founded
from tests.slack.matrix.ways import told

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MEMBERS_ONLY = re.compile(r"Only members of this workspace can [^.\n]+\.")
Trying = Callable[[Company, Hands], Awaitable[object]]


@pytest.fixture
async def company(town: Town) -> Company:
    return await founded(town)


def _typed(command: str, words: str) -> Trying:
    return lambda _company, hands: hands.command(command, words, channel=INCIDENTS)


def _said(words: str) -> Trying:
    async def say(company: Company, hands: Hands) -> None:
        await hands.say(INCIDENTS, f"<@{company.town.workspace.app.user_id}> {words}")

    return say


def _pressed(element: Block) -> Trying:
    """A button of a card that everybody sees."""

    async def press(company: Company, hands: Hands) -> None:
        message = company.standing(Card("Look", (section("Look"), actions(element))))
        since = hands.mark()
        assert (await hands.press(message, action_id=element["action_id"])).ok
        assert hands.mark() >= since

    return press


def _marked(callback_id: str) -> Trying:
    async def mark(company: Company, hands: Hands) -> None:
        message = await company.hands(Role.OWNER).say(INCIDENTS, "It is slow")
        await hands.shortcut(callback_id, message)

    return mark


GUESTS: dict[str, Trying] = {
    "their work": _typed("/postmortem", "mine"),
    "a list": _typed("/postmortem", "list"),
    "a search": _typed("/postmortem", "search outage"),
    "a timeline": _typed("/postmortem", "timeline PM-1"),
    "actions": _typed("/postmortem", "actions PM-1"),
    "follow-ups of the team": _typed("/postmortem", "actions team"),
    "templates": _typed("/postmortem", "templates"),
    "a template that is none": _typed("/postmortem", "templates edit nothing"),
    "the form of an override": _typed("/oncall", "override"),
    "the links of a channel": _typed("/oncall", "link"),
    "a list, by mention": _said("list"),
    "a message marked": _marked("pm_add_message"),
    "a postmortem from a message": _marked("pm_start_message"),
    "[Fill the gap]": _pressed(button("Fill the gap", f"{Action.OVERRIDE_FORM}:x", "{}")),
    "[Link a schedule]": _pressed(button("Link a schedule", Action.LINK_CHANNEL, INCIDENTS)),
    "[New schedule]": _pressed(button("New schedule", Action.NEW_SCHEDULE)),
    "[Read]": _pressed(button("Read", Action.READ, "PM-1:1")),
    "[Open my text] of another": _pressed(button("Open", f"{Action.RUN}:mine", "postmortem mine")),
}


@pytest.mark.parametrize("name", GUESTS)
async def test_a_guest_is_told_once_that_members_can(company: Company, name: str) -> None:
    await company.postmortem()
    sam = company.hands(Role.OUTSIDER)
    since = sam.mark()
    await GUESTS[name](company, sam)
    seen = [each for each in await told(company, sam, since) if each not in {"Look", "It is slow"}]
    assert len(seen) == 1, seen
    assert MEMBERS_ONLY.fullmatch(seen[0]), seen


async def test_names_in_a_refusal_are_read_as_they_are_and_ping_nobody(company: Company) -> None:
    administration.change_person(company.town.workspace, CAST[Role.LEAD], display_name="Zoë <!channel> & *co*")
    await company.settled()
    label = await company.postmortem(PostmortemStatus.PUBLISHED)
    tom = company.hands(Role.MEMBER)
    since = tom.mark()
    assert (await tom.command("/postmortem", f"reopen {label} because", channel=INCIDENTS)).ok
    await told(company, tom, since)
    (seen,) = [each for each in tom.appearances[since:] if "can reopen" in each.text]
    assert "a lead of its team (Zoë <!channel> & *co*)" in seen.text.replace("\u200b", "")
    assert company.town.workspace.bot_pings == []


async def test_what_was_typed_is_kept_beside_the_sentence(company: Company) -> None:
    label = await company.postmortem(PostmortemStatus.IN_REVIEW)
    tom = company.hands(Role.MEMBER)
    since = tom.mark()
    assert (await tom.command("/postmortem", f"changes {label} Say more of the cause", channel=INCIDENTS)).ok
    (sentence,) = await told(company, tom, since)
    assert sentence.startswith(f"Only a reviewer named on {label} can")
    await tom.sees("What you typed is kept", since=since)
