"""What a person can do in the workspace: their hands for what they press, their eyes for what appears."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.playground import forms, interactions, opening, posting, reactions, typed_text
from bot.playground.channels import Channel, ChannelKind
from bot.playground.elements import Block, Element, NotOnScreen, find, in_blocks
from bot.playground.forms import Submitted
from bot.playground.interactions import Done
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.screens import ABOUT_THE_WORKSPACE, Appearance, Kind, NothingSeen
from bot.playground.surfaces import Shown, Surface, surface
from bot.playground.views import View
from bot.playground.workspace import Workspace

__all__ = ["Appearance", "Done", "Hands", "Kind", "NotOnScreen", "NothingSeen", "Submitted"]

WITHIN_SECONDS = 5.0


class Hands:
    """One person. Every act first marks the place, so that `sees` looks only at what appeared since.

    NotOnScreen is raised for everything the screen does not offer.
    """

    def __init__(self, workspace: Workspace, person: Person) -> None:
        self._workspace = workspace
        self._since = 0
        self.me = person

    @property
    def id(self) -> str:
        """The person's user id."""
        return self.me.id

    @property
    def view(self) -> View:
        """The modal on top. NotOnScreen when none is open."""
        top = self._workspace.views.top(self.id)
        if top is None:
            raise NotOnScreen(f"{self.id} has no modal open")
        return top

    @property
    def views(self) -> tuple[View, ...]:
        """The stack of modals, the lowest first."""
        return self._workspace.views.stack(self.id)

    @property
    def home(self) -> View | None:
        """What the bot published on this person's home tab."""
        return self._workspace.views.home(self.id)

    @property
    def dm(self) -> Channel:
        """This person's direct messages with the app."""
        return self._workspace.dm(self.id)

    @property
    def notices(self) -> tuple[str, ...]:
        """Every red line Slack showed this person."""
        return tuple(each.text for each in self.appearances if each.kind is Kind.NOTICE)

    @property
    def appearances(self) -> tuple[Appearance, ...]:
        """Everything that appeared on this person's screen so far."""
        return tuple(self._workspace.screen(self.id).appearances)

    def mark(self) -> int:
        """The place in `appearances` from which `sees` looks on; it is set anew by every act."""
        self._since = len(self._workspace.screen(self.id).appearances)
        return self._since

    async def command(self, name: str, text: str = "", *, channel: str) -> Done:
        """Type a slash command into a channel; `@handle` and `#channel` are sent as Slack would."""
        place = self._place(channel)
        known = self._workspace.manifest.commands.get(name)
        if known is None:
            raise NotOnScreen(f"the app has no command {name}")
        if place.archived:
            raise NotOnScreen(f"#{place.name} is archived")
        self.mark()
        sent = typed_text.escaped(self._workspace, text, with_names=True)
        if not known.should_escape:
            sent = typed_text.bare(self._workspace, sent)
        return await interactions.command(self._workspace, self.me, place, name=name, text=sent)

    async def say(self, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        """Write a message, in a thread where its parent is named."""
        place = self._place(channel)
        if place.archived:
            raise NotOnScreen(f"#{place.name} is archived")
        if place.kind is ChannelKind.DM and self._workspace.manifest.messages_tab_read_only:
            raise NotOnScreen("sending messages to this app has been turned off")
        if thread_ts is not None and self._workspace.messages.find(channel, thread_ts) is None:
            raise NotOnScreen(f"there is no message {thread_ts} in {channel}")
        self.mark()
        sent = typed_text.escaped(self._workspace, text)
        rich = typed_text.as_rich_text(sent)
        return posting.post(self._workspace, place, user=self.id, text=sent, blocks=[rich], thread_ts=thread_ts)

    async def edit(self, message: Message, text: str) -> Message:
        """Change what one's own message says."""
        current = self._own(message)
        self.mark()
        sent = typed_text.escaped(self._workspace, text)
        return posting.edit(self._workspace, current, text=sent, blocks=[typed_text.as_rich_text(sent)])

    async def delete(self, message: Message) -> None:
        """Take one's own message away; where it has replies, a tombstone stays in its place."""
        current = self._own(message)
        self.mark()
        posting.delete(self._workspace, current)

    async def react(self, message: Message, emoji: str) -> None:
        """Put an emoji on a message."""
        self.mark()
        if not reactions.react(self._workspace, self._stored(message), user=self.id, emoji=emoji):
            raise NotOnScreen(f"{self.id} has reacted with :{emoji}: already")

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take one's own emoji off a message."""
        self.mark()
        if not reactions.unreact(self._workspace, self._stored(message), user=self.id, emoji=emoji):
            raise NotOnScreen(f"{self.id} has not reacted with :{emoji}:")

    async def press(
        self, shown: Shown, *, action_id: str | None = None, block_id: str | None = None, value: Any = None
    ) -> Done:
        """Press a button, or choose `value` in a select, overflow or picker that tells the bot at once.

        Options are named by their value. A confirm dialog is answered with yes.
        """
        place = self._surface(shown)
        block, element = find(place.blocks, action_id=action_id, block_id=block_id)
        self.mark()
        return await interactions.press(place, block, element, value)

    def type_in(self, shown: Shown, values: Mapping[str, Any]) -> None:
        """Put values into fields as `fill` does, without telling the bot."""
        place = self._surface(shown)
        for block, element, value in self._fields(place, values):
            place.hold(block, element, value)

    async def fill(self, shown: Shown, values: Mapping[str, Any]) -> list[Done]:
        """Put values into fields: block_id to value, or block_id to {action_id: value}; None empties a field.

        Rich text is given as Markdown. A field with `dispatch_action` tells the bot; one Done for each that did.
        """
        place = self._surface(shown)
        dispatched: list[Done] = []
        for block, element, value in self._fields(place, values):
            if block["type"] == "input" and block.get("dispatch_action"):
                dispatched.append(await interactions.press(place, block, element, value))
            else:
                place.hold(block, element, value)
        return dispatched

    async def submit(self, shown: Shown, values: Mapping[str, Any] | None = None) -> Submitted:
        """Fill in values (without telling the bot of each) and press the modal's submit button."""
        self.type_in(shown, values or {})
        self.mark()
        return await forms.submit(self._surface(shown))

    async def close(self, shown: Shown) -> Done:
        """Close the modal on top."""
        place = self._surface(shown)
        self.mark()
        return await forms.close(place)

    async def options(self, shown: Shown, block_id: str, action_id: str, query: str) -> dict[str, Any]:
        """Type into an external select and read what it lists: `{"options"}` or `{"option_groups"}`."""
        place = self._surface(shown)
        block, element = find(place.blocks, action_id=action_id, block_id=block_id)
        if element["type"] not in {"external_select", "multi_external_select"}:
            raise NotOnScreen(f"{action_id} is a {element['type']}, it asks nobody for options")
        return await interactions.suggest(place, block, element, query)

    async def shortcut(self, callback_id: str, message: Message | Appearance | None = None) -> Done:
        """Use a shortcut of the manifest: a message shortcut on a message, a global one without."""
        known = self._workspace.manifest.shortcuts.get(callback_id)
        if known is None or (known.type == "message") is (message is None):
            raise NotOnScreen(f"there is no such shortcut here: {callback_id}")
        target = None
        if message is not None:
            shown = self._surface(message).shown
            if not isinstance(shown, Message) or shown.ephemeral_to is not None:
                raise NotOnScreen("shortcuts are not offered on ephemeral messages")
            target = shown
        self.mark()
        return await interactions.shortcut(self._workspace, self.me, callback_id, target)

    async def open_home(self, tab: str = "home") -> View | None:
        """Open the app's home (or `messages`) tab: what it shows now. The bot hears of it by app_home_opened."""
        if not (self._workspace.manifest.home_tab if tab == "home" else self._workspace.manifest.messages_tab):
            raise NotOnScreen(f"the app has no {tab} tab")
        self.mark()
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.dm.id,
            "tab": tab,
            "event_ts": f"{self._workspace.clock.time():.6f}",
        }
        home = self.home
        if tab == "home" and home is not None:
            event["view"] = opening.described(self._workspace, home)
        self._workspace.emit(event)
        return home

    async def sees(
        self,
        *words: str,
        kind: Kind | None = None,
        channel: str | None = None,
        where: Callable[[Appearance], bool] | None = None,
        since: int | None = None,
        within: float = WITHIN_SECONDS,
    ) -> Appearance:
        """The first thing since this person's last act (or since a `mark`) that holds all `words` and fits the rest.

        NothingSeen, with what did appear, after `within` real seconds.
        """

        def wanted(each: Appearance) -> bool:
            if each.kind is not kind and (kind is not None or each.kind in ABOUT_THE_WORKSPACE):
                return False
            if channel is not None and (each.message is None or each.message.channel != channel):
                return False
            return all(word in each.text for word in words) and (where is None or where(each))

        start = self._since if since is None else since
        return await self._workspace.screen(self.id).wait_for(wanted, since=start, within=within)

    def screen(self, channel: str) -> tuple[Message, ...]:
        """What stands in a channel for this person, replies and ephemeral messages included, oldest first."""
        self._place(channel)
        messages = self._workspace.messages
        both = [*messages.in_channel(channel), *messages.ephemerals(channel, self.id)]
        return tuple(sorted(both, key=lambda message: message.ts))

    def reads(self, shown: Shown) -> str:
        """The words of a message or view as this person reads them now."""
        current = self._surface(shown).shown
        if isinstance(current, View):
            return opening.view_text(self._workspace, current)
        return posting.message_text(self._workspace, current, self.id)

    def _place(self, channel: str) -> Channel:
        self._check_here()
        place = self._workspace.channels.get(channel)
        if place is None or self.id not in place.members:
            raise NotOnScreen(f"{self.id} is not in {channel}")
        return place

    def _stored(self, message: Message) -> Message:
        self._place(message.channel)
        current = self._workspace.messages.find(message.channel, message.ts)
        if current is None:
            raise NotOnScreen(f"there is no message {message.ts} in {message.channel}")
        return current

    def _own(self, message: Message) -> Message:
        current = self._stored(message)
        if current.user != self.id:
            raise NotOnScreen(f"{self.id} did not write {message.ts}")
        return current

    def _surface(self, shown: Shown) -> Surface:
        self._check_here()
        return surface(self._workspace, self.me, shown)

    def _check_here(self) -> None:
        if self.me.deleted:
            raise NotOnScreen(f"{self.id} was deactivated")

    def _fields(self, place: Surface, values: Mapping[str, Any]) -> Iterator[tuple[Block, Element, Any]]:
        """Each field that is given a value; by action_id where all keys of what a block is given are action_ids."""
        for block_id, given in values.items():
            there = {
                element["action_id"] for block, element in in_blocks(place.blocks) if block["block_id"] == block_id
            }
            if isinstance(given, Mapping) and given and set(given) <= there:
                for action_id, value in given.items():
                    yield (*find(place.blocks, block_id=block_id, action_id=action_id), value)
            else:
                yield (*find(place.blocks, block_id=block_id), given)
