"""What follows when a person acts: a payload to the bot, and its answer put on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.playground import payloads, rules
from bot.playground.answering import answer
from bot.playground.channels import Channel
from bot.playground.delivery.acks import Ack, Envelope, Outcome
from bot.playground.elements import HOLDINGS, Block, Element, NotOnScreen, option
from bot.playground.messages import Message
from bot.playground.one_shots import Refusal
from bot.playground.people import Person
from bot.playground.records import ViolationKind
from bot.playground.screens import Appearance, Kind
from bot.playground.surfaces import Surface
from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Done:
    """How something a person did went: the bot's ack, and Slack's red line (None when all is well)."""

    ack: Ack
    notice: str | None = None

    @property
    def ok(self) -> bool:
        """True when the person saw no error from Slack."""
        return self.notice is None


async def send(workspace: Workspace, payload: dict[str, Any], *, about: str, envelope: Envelope) -> Ack:
    """Send an interaction to the bot and wait for its ack.

    A workspace without a line reaches nobody, nor does a click where the manifest leaves interactivity off.
    """
    if workspace.line is None:
        workspace.violate(ViolationKind.FAILED_ACK, f"{about}: nobody is connected")
        return Ack(outcome=Outcome.NOT_SENT)
    if envelope is Envelope.INTERACTIVE and not workspace.manifest.interactivity:
        workspace.violate(ViolationKind.FAILED_ACK, f"{about}: the manifest does not enable interactivity")
        return Ack(outcome=Outcome.NOT_SENT)
    return await workspace.line.deliver(envelope, payload, about=about)


def notify(workspace: Workspace, person: Person, text: str) -> str:
    """Show Slack's red line to one person."""
    workspace.screen(person.id).show(Appearance(kind=Kind.NOTICE, text=text))
    return text


def response_address(workspace: Workspace, url_id: str) -> str:
    """The whole response url of an id."""
    return f"{workspace.base_url}/response/{url_id}"


async def command(workspace: Workspace, person: Person, channel: Channel, *, name: str, text: str) -> Done:
    """Run a slash command whose text is in its sent form already, and post what its ack says."""
    workspace.used_scopes.add("commands")
    echo = f"{name} {text}".rstrip()
    url_id = workspace.response_urls.make(user=person.id, channel=channel.id, command_echo=echo)
    payload = payloads.slash_command(
        workspace,
        person,
        channel,
        command=name,
        text=text,
        response_url=response_address(workspace, url_id),
        trigger_id=workspace.triggers.make(person.id),
    )
    ack = await send(workspace, payload, about=f"command {echo}", envelope=Envelope.COMMAND)
    error = None if ack.ok else ack.outcome.value
    if ack.ok and ack.body:
        try:
            answer(workspace, workspace.response_urls.check(url_id), ack.body)
        except Refusal:
            error = Outcome.NOT_SENT.value
    if error is None:
        return Done(ack)
    return Done(ack, notify(workspace, person, f'{name} failed with the error "{error}"'))


async def press(surface: Surface, block: Block, element: Element, value: Any) -> Done:
    """Press a button or choose in a select, and tell the bot."""
    workspace, person = surface.workspace, surface.person
    action = _action(surface, block, element, value)
    payload: dict[str, Any] = {
        "type": "block_actions",
        **payloads.common(workspace, person),
        "trigger_id": workspace.triggers.make(person.id),
        **surface.where(),
        "state": {"values": surface.values},
        "actions": [action],
    }
    if isinstance(surface.shown, Message):
        shown = surface.shown
        url_id = workspace.response_urls.make(
            user=person.id, channel=shown.channel, message_ts=shown.ts, thread_ts=shown.thread_ts
        )
        payload["response_url"] = response_address(workspace, url_id)
    ack = await send(workspace, payload, about=f"action {element['action_id']}", envelope=Envelope.INTERACTIVE)
    return _done(workspace, person, ack)


async def shortcut(workspace: Workspace, person: Person, callback_id: str, message: Message | None) -> Done:
    """Use a shortcut, on a message or anywhere."""
    workspace.used_scopes.add("commands")
    payload: dict[str, Any] = {
        "type": "shortcut" if message is None else "message_action",
        **payloads.common(workspace, person),
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.make(person.id),
        "action_ts": payloads.action_time(workspace),
    }
    if message is not None:
        channel = workspace.channels[message.channel]
        url_id = workspace.response_urls.make(user=person.id, channel=channel.id)
        payload |= {
            "message_ts": message.ts,
            "message": payloads.whole(workspace, message),
            "channel": {"id": channel.id, "name": channel.payload_name},
            "response_url": response_address(workspace, url_id),
        }
    ack = await send(workspace, payload, about=f"shortcut {callback_id}", envelope=Envelope.INTERACTIVE)
    return _done(workspace, person, ack)


async def suggest(surface: Surface, block: Block, element: Element, query: str) -> dict[str, Any]:
    """Type into an external select: `{"options": [...]}` or `{"option_groups": [...]}` as it lists them now.

    Too short a query asks nobody and lists nothing; a failed or unusable answer lists nothing either.
    """
    nothing: dict[str, Any] = {"options": []}
    if len(query) < element.get("min_query_length", 3):
        return nothing
    workspace, person = surface.workspace, surface.person
    payload = {
        "type": "block_suggestion",
        **payloads.common(workspace, person),
        **surface.where(),
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": query,
    }
    about = f"options of {element['action_id']}"
    ack = await send(workspace, payload, about=about, envelope=Envelope.INTERACTIVE)
    if not ack.ok:
        return nothing
    if problem := rules.options_problem(ack.body):
        workspace.violate(ViolationKind.BAD_REPLY, f"{about}: {problem}")
        return nothing
    listed = [each for group in ack.body.get("option_groups", []) for each in group["options"]]
    surface.offer(block, element, [*ack.body.get("options", []), *listed])
    return dict(ack.body)


def _done(workspace: Workspace, person: Person, ack: Ack) -> Done:
    if ack.ok:
        return Done(ack)
    return Done(ack, notify(workspace, person, f"The app did not respond: {ack.outcome.value}"))


def _action(surface: Surface, block: Block, element: Element, value: Any) -> dict[str, Any]:
    kind = element["type"]
    action: dict[str, Any] = {
        "type": kind,
        "block_id": block["block_id"],
        "action_id": element["action_id"],
        "action_ts": payloads.action_time(surface.workspace),
    }
    if kind in HOLDINGS:
        if block["type"] == "input" and not block.get("dispatch_action"):
            raise NotOnScreen(f"{element['action_id']} is a field to fill, it tells nobody before the form is sent")
        return surface.hold(block, element, value) | action
    if kind == "overflow":
        return action | {"selected_option": option(element, value)}
    if kind == "button" and value not in (None, element.get("value")):
        raise NotOnScreen(f"the button {element['action_id']} carries {element.get('value')!r}, not {value!r}")
    carried = {name: element[name] for name in ("value", "text", "style", "url") if name in element}
    return action | carried
