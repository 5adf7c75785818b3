"""A thing with elements on somebody's screen: a message or a view, and what that person typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground import elements, opening, payloads
from bot.playground.channels import ChannelKind
from bot.playground.elements import Block, Choices, Element, NotOnScreen, State, slot
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.rich_text_markdown import rich_text
from bot.playground.screens import Appearance
from bot.playground.views import View
from bot.playground.workspace import Workspace

Shown = Message | View | Appearance


@dataclass(frozen=True, slots=True)
class Surface:
    """A message or a view as it stands now in front of one person."""

    workspace: Workspace
    person: Person
    shown: Message | View

    @property
    def key(self) -> str:
        """Under which the person's screen keeps what was typed."""
        return self.shown.id if isinstance(self.shown, View) else f"{self.shown.channel}/{self.shown.ts}"

    @property
    def blocks(self) -> list[Block]:
        """The blocks on screen."""
        return list(self.shown.blocks)

    @property
    def typed(self) -> dict[tuple[str, str], State]:
        """What the person put into elements so far."""
        return self.workspace.screen(self.person.id).typed.setdefault(self.key, {})

    @property
    def values(self) -> dict[str, dict[str, State]]:
        """`state.values` as it would be sent now."""
        return elements.values(self.blocks, self.typed)

    def hold(self, block: Block, element: Element, value: Any) -> State:
        """Type or choose a value. NotOnScreen when the element does not offer it."""
        if element["type"] not in elements.HOLDINGS:
            raise NotOnScreen(f"a {element['type']} holds nothing")
        if element["type"] == "rich_text_input":
            value = _rich(value)
        state = elements.chosen(element, value, self._choices(block, element))
        self.typed[slot(block, element)] = state
        return state

    def offer(self, block: Block, element: Element, options: list[dict[str, Any]]) -> None:
        """Remember what an external select lists now, beside what it listed before: that may be chosen already."""
        offered = self.workspace.screen(self.person.id).offered.setdefault(self.key, {})
        earlier = [each for each in offered.get(slot(block, element), []) if each not in options]
        offered[slot(block, element)] = [*options, *earlier]

    def where(self) -> payloads.Payload:
        """What a payload says about the place: container, channel and message, or container and view."""
        if isinstance(self.shown, View):
            return {
                "container": {"type": "view", "view_id": self.shown.id},
                "view": opening.described(self.workspace, self.shown),
            }
        channel = self.workspace.channels[self.shown.channel]
        return payloads.on_message(self.workspace, channel, self.shown)

    def _choices(self, block: Block, element: Element) -> Choices:
        workspace = self.workspace
        offered = workspace.screen(self.person.id).offered.get(self.key, {}).get(slot(block, element), [])
        mine = [each for each in workspace.channels.values() if self.person.id in each.members]
        public = {each.id for each in workspace.channels.values() if each.kind is ChannelKind.PUBLIC}
        return Choices(
            offered=tuple(offered),
            users=frozenset(person.id for person in workspace.people.values() if not person.deleted),
            conversations=frozenset({each.id for each in mine} | public),
            channels=frozenset(public),
        )


def surface(workspace: Workspace, person: Person, shown: Shown) -> Surface:
    """The message or view as it stands now. NotOnScreen when it was deleted or closed, lies below another view, or
    never was in front of that person.
    """
    thing = shown.shown if isinstance(shown, Appearance) else shown
    current = _view(workspace, person, thing) if isinstance(thing, View) else _message(workspace, person, thing)
    return Surface(workspace, person, current)


def _view(workspace: Workspace, person: Person, view: View) -> View:
    current = workspace.views.find(view_id=view.id)
    if current is None or current.user != person.id:
        raise NotOnScreen(f"view {view.id} is not on the screen of {person.id}")
    top = workspace.views.top(person.id)
    if top is not None and top.id != current.id:
        raise NotOnScreen(f"view {view.id} lies below {top.id} ({top.title})")
    return current


def _message(workspace: Workspace, person: Person, message: Message) -> Message:
    messages = workspace.messages
    if message.ephemeral_to is not None:
        current = messages.find_ephemeral(message.ts)
    else:
        current = messages.find(message.channel, message.ts)
    sees = message.ephemeral_to in {None, person.id} and person.id in workspace.channels[message.channel].members
    if current is None or not sees:
        raise NotOnScreen(f"message {message.ts} in {message.channel} is not on the screen of {person.id}")
    return current


def _rich(value: Any) -> Any:
    """Markdown, or a rich_text block, as a rich_text block."""
    if isinstance(value, Mapping) and set(value) == {"markdown"}:
        value = value["markdown"]
    if isinstance(value, str):
        return rich_text(value) if value else None
    return value
