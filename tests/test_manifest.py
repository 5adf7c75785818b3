"""The manifest asks for what the code uses, and for nothing else: manifest.yml, and what settings make of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.playground.manifest import EVENT_SCOPES, METHOD_SCOPES, Manifest
from bot.settings import Settings
from bot.slack.commands import COMMANDS
from bot.slack.commands.dispatch import Command
from bot.slack.ids import Shortcut
from bot.wiring import manifest_text

ROOT = Path(__file__).parents[1]
METHODS = {method.replace(".", "_"): method for method in METHOD_SCOPES}
USED_WITHOUT_A_METHOD = {
    "commands": "slash commands",
    "users:read.email": "the e-mail in what users.info answers: how a person meets themselves in an API",
}


WITH_INCIDENT_CHANNELS = {
    *("conversations.create", "conversations.invite", "conversations.list", "conversations.setTopic"),
}
"""What is called only with `INCIDENT_CHANNELS=on`."""
PLAIN = Manifest.read(ROOT / "manifest.yml")


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    """All that it may ask for."""
    return Manifest.read(manifest_text(Settings(history=True, incident_channels=True)))


def test_channels_are_read_only_with_history_on() -> None:
    assert Manifest.read(manifest_text(Settings())) == PLAIN
    manifest = Manifest.read(manifest_text(Settings(history=True)))
    assert manifest.scopes - PLAIN.scopes == {"reactions:read", "channels:history", "groups:history"}
    assert manifest.events - PLAIN.events == {
        "reaction_added",
        "reaction_removed",
        "message.channels",
        "message.groups",
    }
    assert manifest.shortcuts.keys() - PLAIN.shortcuts.keys() == {Shortcut.ADD_THREAD}
    assert replace(manifest, scopes=PLAIN.scopes, events=PLAIN.events, shortcuts=PLAIN.shortcuts) == PLAIN


def test_channels_are_made_only_with_incident_channels_on() -> None:
    manifest = Manifest.read(manifest_text(Settings(incident_channels=True)))
    assert manifest.scopes - PLAIN.scopes == {"channels:manage", "channels:read"}
    assert replace(manifest, scopes=PLAIN.scopes) == PLAIN


def _trees(folder: str) -> Iterator[ast.AST]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def _client_calls(tree: ast.AST) -> Iterator[str]:
    """The names called, or handed on, of anything named `client` or `_client`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if name.lstrip("_") == "client" and node.attr in METHODS:
                yield METHODS[node.attr]


def _listened_to() -> set[str]:
    """The event types the code listens to."""
    return {
        node.args[0].value
        for tree in _trees("bot/slack")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "event"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def _methods_used() -> set[str]:
    return {method for tree in _trees("bot/slack") for method in _client_calls(tree)}


def test_the_commands_are_those_of_the_code(manifest: Manifest) -> None:
    assert set(manifest.commands) == {command.name for command in COMMANDS}
    assert all(command.should_escape for command in manifest.commands.values())


def test_the_shortcuts_are_those_of_the_code(manifest: Manifest) -> None:
    assert set(manifest.shortcuts) == {*Shortcut}
    assert all(shortcut.type == "message" for shortcut in manifest.shortcuts.values())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_the_hint_shows_verbs_as_they_are_typed(manifest: Manifest, command: Command) -> None:
    usages = [verb.usage.split() for verb in command.verbs]
    for shown in manifest.commands[command.name].usage_hint.split(" | "):
        words = shown.split()
        assert any(usage[: len(words)] == words for usage in usages), shown


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_verb_is_carried_out(command: Command) -> None:
    assert {verb.name for verb in command.verbs} - {"help"} == set(command.ways)


def test_the_events_are_those_listened_to(manifest: Manifest) -> None:
    assert {event.partition(".")[0] for event in manifest.events} == _listened_to()


def test_no_method_is_called_that_the_manifest_has_no_scope_for() -> None:
    lacking = {
        method
        for method in _methods_used() - WITH_INCIDENT_CHANNELS
        if METHOD_SCOPES[method] and not PLAIN.scopes & {*METHOD_SCOPES[method]}
    }
    assert lacking == set()
    manifest = Manifest.read(manifest_text(Settings(incident_channels=True)))
    assert all("channels:manage" in METHOD_SCOPES[each] for each in WITH_INCIDENT_CHANNELS - {"conversations.list"})
    assert manifest.scopes >= {"channels:manage", "channels:read"}


@pytest.mark.parametrize("name", ["", "history", "incident_channels"])
def test_no_scope_is_asked_for_that_nothing_uses(name: str) -> None:
    manifest = Manifest.read(manifest_text(Settings.model_validate({name: True} if name else {})))
    by_methods = {scope for method in _methods_used() for scope in METHOD_SCOPES[method]}
    by_events = {scope for event in manifest.events for scope in EVENT_SCOPES[event]}
    assert manifest.scopes - by_methods - by_events == USED_WITHOUT_A_METHOD.keys()


def test_people_can_press_buttons_and_write_to_it(manifest: Manifest) -> None:
    assert manifest.interactivity
    assert manifest.messages_tab
    assert not manifest.messages_tab_read_only


def test_the_code_calls_slack_at_all() -> None:
    """The search above finds what it looks for."""
    assert {"chat.postMessage", "views.open", "users.info"} <= _methods_used()
