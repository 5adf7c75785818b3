"""People as they are: they try again what failed, and the ledger keeps what was acknowledged."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.playground import posting
from bot.playground.hands import Hands, NothingSeen, NotOnScreen
from bot.playground.interactions import Done
from bot.playground.messages import Message
from bot.playground.views import View
from bot.queries.history import Happening
from bot.slack.forms.sending import LATE
from tests.drills.world import World

FORM_SECONDS = 0.5
TRIES = 40


@dataclass
class Ledger:
    """What people did, as they saw it.

    `deeds` counts what was acknowledged, by what it is and what it is about; `texts` are the sections that were saved,
    by title and section.
    """

    attempts: int = 0
    deeds: Counter[tuple[Happening, str]] = field(default_factory=Counter)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    postmortems: dict[str, str | None] = field(default_factory=dict)
    """The channel each was meant for, by its title."""


class Somebody:
    """One person with their hands full: one thing at a time, each until it is acknowledged."""

    def __init__(self, world: World, ledger: Ledger, user_id: str) -> None:
        self._world = world
        self._ledger = ledger
        self._hands: Hands = world.workspace.person(user_id)
        self._busy = asyncio.Lock()

    async def create(self, title: str, channel: str, *, announce: str | None) -> None:
        """`/postmortem create` and its form."""
        async with self._one_thing():
            form = await self._form(lambda: self._hands.command("/postmortem", f"create {title}", channel=channel))
            await self._send(form, {"severity": "P2", "channel": announce})
        self._ledger.postmortems[title] = announce
        self._acknowledged(Happening.CREATED, title)

    async def write(self, title: str, section: str, text: str, *, channel: str) -> None:
        """`/postmortem edit PM-1 detection` and its box."""
        label = await self.label(title)
        async with self._one_thing():
            line = f"edit {label} {section}"
            form = await self._form(lambda: self._hands.command("/postmortem", line, channel=channel))
            await self._send(form, {"text": text})
        self._ledger.texts[title, section] = text
        self._acknowledged(Happening.EDITED, title)

    async def type(self, deed: Happening, title: str, words: str, *, channel: str) -> None:
        """A command that says it all: `publish {label}`."""
        line = words.format(label=await self.label(title))
        async with self._one_thing():
            await self._until_ok(lambda: self._hands.command("/postmortem", line, channel=channel))
        self._acknowledged(deed, title)

    async def press(
        self, deed: Happening, title: str, find: Callable[[], Message | None], action: str, value: str | None = None
    ) -> None:
        """A button or a menu's choice in a message; once it is gone from there, it was done. `{label}` in a value."""
        label = await self.label(title)
        async with self._one_thing():
            message = await self._there(find, f"{action} of {title}")

            async def pressed() -> Done | None:
                current = self._world.workspace.messages.find(message.channel, message.ts) or message
                try:
                    return await self._hands.press(
                        current, action_id=action, value=value and _option(current, value.format(label=label))
                    )
                except NotOnScreen:
                    return None

            await self._until_ok(pressed)
        self._acknowledged(deed, title)

    async def press_and_fill(
        self,
        deed: Happening,
        title: str,
        find: Callable[[], Message | None],
        action: str,
        values: Mapping[str, Any],
    ) -> None:
        """A button that opens a form, and the form."""
        async with self._one_thing():
            message = await self._there(find, f"{action} of {title}")

            async def pressed() -> Done:
                current = self._world.workspace.messages.find(message.channel, message.ts) or message
                return await self._hands.press(current, action_id=action)

            await self._send(await self._form(pressed), values)
        self._acknowledged(deed, title)

    async def say(self, text: str) -> None:
        """A direct message to the bot."""
        async with self._one_thing():
            self._world.act_begins()
            await self._hands.say(self._hands.dm.id, text)

    async def label(self, title: str) -> str:
        """What a postmortem is called: `PM-3`, as its card says."""
        card = await self._there(lambda: card_of(self._world, title), f"the card of {title}")
        return card.text.split(" ", 1)[0]

    async def _form(self, act: Callable[[], Awaitable[Done]]) -> View:
        """The form that an act opens; where it does not come since the bot was killed, the act is done again."""
        self._world.in_a_hurry += 1
        try:
            return await self._form_in_time(act)
        finally:
            self._world.in_a_hurry -= 1

    async def _form_in_time(self, act: Callable[[], Awaitable[Done]]) -> View:
        for _ in range(TRIES):
            await self._world.ready()
            life = self._world.life
            since = self._hands.mark()
            self._begins()
            if not (await act()).ok:
                continue
            while True:
                try:
                    seen = await self._hands.sees(
                        where=lambda each: each.view is not None, since=since, within=FORM_SECONDS
                    )
                except NothingSeen:
                    await self._world.ready()
                    if self._world.life == life:
                        continue
                    break
                assert seen.view
                return seen.view
        raise AssertionError("no form, however often it was asked for")

    async def _send(self, form: View, values: Mapping[str, Any]) -> None:
        """Send a form until it is taken; it stays open, with all that is in it, for as long as it is not.

        One that "takes longer than usual" says itself that it is to be sent again, and counts once.
        """
        for _ in range(TRIES):
            await self._world.ready()
            self._begins()
            sent = await self._hands.submit(form, values)
            if sent.closed:
                return
            if sent.view is not None:
                await self._hands.close(sent.view)
                return
            assert sent.trouble or LATE in (sent.errors or {}).values(), f"refused: {sent.errors}"
        raise AssertionError("a form that nobody took, however often it was sent")

    async def _until_ok(self, act: Callable[[], Awaitable[Done | None]]) -> None:
        for _ in range(TRIES):
            await self._world.ready()
            self._begins()
            done = await act()
            if done is None or done.ok:
                return
        raise AssertionError("never acknowledged, however often it was done")

    async def _there(self, find: Callable[[], Message | None], what: str) -> Message:
        await self._world.until(lambda: find() is not None, what=what)
        found = find()
        assert found
        return found

    def _begins(self) -> None:
        self._ledger.attempts += 1
        self._world.act_begins()

    def _acknowledged(self, deed: Happening, title: str) -> None:
        self._ledger.deeds[deed, title] += 1

    @asynccontextmanager
    async def _one_thing(self) -> AsyncIterator[None]:
        async with self._busy:
            yield


def card_of(world: World, title: str) -> Message | None:
    """The newest card of a postmortem, wherever it is."""
    cards = (each for each in _of_the_bot(world) if f" {title}. Status: " in each.text)
    return max(cards, key=lambda each: each.ts, default=None)


def direct(world: World, user_id: str, *words: str) -> Message | None:
    """The newest direct message to somebody in which all these words are."""
    place = world.workspace.dm(user_id).id
    found = (
        each
        for each in _of_the_bot(world)
        if each.channel == place and all(word in posting.message_text(world.workspace, each, user_id) for word in words)
    )
    return max(found, key=lambda each: each.ts, default=None)


def _of_the_bot(world: World) -> list[Message]:
    return [each for each in world.workspace.messages.everything() if each.user == world.workspace.app.user_id]


def _option(message: Message, beginning: str) -> str:
    """The value, in any menu of a message, that begins so: what follows it is the version of a row."""
    for block in message.blocks:
        for element in block.get("elements", ()):
            for option in element.get("options", ()):
                if option["value"].startswith(beginning):
                    return str(option["value"])
    raise NotOnScreen(f"no menu offers {beginning}")
