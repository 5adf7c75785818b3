"""How somebody tries something: typed, pressed, sent by a form, said to the bot; and what they see of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.hands import Hands, Submitted
from bot.playground.messages import Message
from bot.playground.screens import Appearance, Kind
from bot.playground.views import View
from bot.slack.cards.blocks import Card
from bot.vocabulary import Role
from tests.slack.matrix.company import INCIDENTS, Company

Attempt = Callable[[], Awaitable[list[str]]]
"""The attempt itself; what the person is told, whatever they see of it as one text."""
Preparing = Callable[[Company, Role], Awaitable[Attempt]]
"""Puts a fresh thing in place for somebody of that role, and answers the attempt."""
Making = Callable[[Company], Awaitable[Mapping[str, str]]]
"""Makes a fresh thing, and says by which words a line names it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A form in front of whoever is to send it, and the words that name what it is about."""

    hands: Hands
    form: View
    names: Mapping[str, str]


Filling = Callable[[Opened], Awaitable[Mapping[str, Any]]]
"""What is filled in."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a verb.

    `shows` is what whoever may is shown, where nothing is changed yet: a form, an answer, something shown back.
    Without it something must have changed.
    """

    prepare: Preparing
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """The four ways to a verb, or why there is none. `directly`: the use case itself, for what has no way at all."""

    command: Way | str
    button: Way | str
    form: Way | str
    mention: Way | str
    directly: Way | str = "it has ways in Slack"

    def each(self) -> Mapping[str, Way | str]:
        """By name."""
        return {
            "command": self.command,
            "button": self.button,
            "form": self.form,
            "mention": self.mention,
            **({} if isinstance(self.directly, str) else {"use case": self.directly}),
        }


def typed(making: Making, line: str, shows: str = "") -> Way:
    """A slash command."""

    async def prepare(company: Company, role: Role) -> Attempt:
        command, _, text = line.format(**await making(company)).partition(" ")
        hands = company.hands(role)

        async def attempt() -> list[str]:
            since = hands.mark()
            assert (await hands.command(command, text, channel=INCIDENTS)).ok
            return await told(company, hands, since)

        return attempt

    return Way(prepare, shows)


def said(making: Making, line: str, shows: str = "") -> Way:
    """The same words after a mention, in the channel of incidents."""

    async def prepare(company: Company, role: Role) -> Attempt:
        words = f"<@{company.town.workspace.app.user_id}> {line.format(**await making(company))}"
        hands = company.hands(role)

        async def attempt() -> list[str]:
            since = hands.mark()
            await hands.say(INCIDENTS, words)
            return await told(company, hands, since)

        return attempt

    return Way(prepare, shows)


def pressed(
    card: Callable[[Company, Role], Awaitable[Card | Appearance]], begins: str, shows: str = "", *, chosen: str = ""
) -> Way:
    """A button whose action_id begins so, of a card that stands in the channel for everybody.

    In a menu, the choice is the one whose value begins with `chosen`.
    """

    async def prepare(company: Company, role: Role) -> Attempt:
        message, hands = company.standing(await card(company, role)), company.hands(role)
        action_id, value = _named(message, begins, chosen)

        async def attempt() -> list[str]:
            since = hands.mark()
            assert (await hands.press(message, action_id=action_id, value=value)).ok
            return await told(company, hands, since)

        return attempt

    return Way(prepare, shows)


def sent(
    opener: Role,
    making: Making,
    line: str,
    fill: Filling,
    *,
    press: str = "",
    confirmed: str = "",
) -> Way:
    """A form that one who may has opened by a line, or by the button `press` of its answer, sent by another.

    `confirmed` are words of the view that comes on top, where it is sent only by that.
    """

    async def prepare(company: Company, role: Role) -> Attempt:
        names = await making(company)
        await _open(company, opener, line.format(**names), press)
        form, hands = company.handed(role, company.hands(opener).view), company.hands(role)
        values = await fill(Opened(hands, form, names))

        async def attempt() -> list[str]:
            first = await hands.submit(form, values)
            if confirmed and first.view and confirmed in hands.reads(first.view):
                return _answered(hands, await hands.submit(first.view))
            return _answered(hands, first)

        return attempt

    return Way(prepare)


async def told(company: Company, hands: Hands, since: int) -> list[str]:
    """Everything that the bot told this person since then: messages by their plain text, views by their words."""
    await hands.sees(where=company.is_said, since=since, within=15)
    await company.settled()
    seen = [each for each in hands.appearances[since:] if company.is_said(each) and each.kind is not Kind.VIOLATION]
    return [each.message.text if each.message else each.text for each in seen]


async def _open(company: Company, opener: Role, line: str, press: str) -> None:
    shown = await company.shown(opener, line, kind=None if press else Kind.VIEW_OPENED)
    if press:
        hands = company.hands(opener)
        assert (await hands.press(shown, action_id=press)).ok
        await hands.sees(kind=Kind.VIEW_OPENED, within=15)
    await company.settled()


def _named(message: Message, begins: str, chosen: str) -> tuple[str, str | None]:
    """The whole action_id of that button or menu, the shortest that fits, and the whole value of that choice."""
    elements = [each for block in message.blocks for each in (*block.get("elements", ()), block.get("accessory", {}))]
    fitting = [each for each in elements if str(each.get("action_id", "")).startswith(begins)]
    element = min(fitting, key=lambda each: len(each["action_id"]))
    values = [option["value"] for option in element.get("options", ())]
    return element["action_id"], next((each for each in values if chosen and each.startswith(chosen)), None)


def _answered(hands: Hands, sent: Submitted) -> list[str]:
    if sent.errors:
        return list(sent.errors.values())
    return [hands.reads(sent.view)] if sent.view else []
