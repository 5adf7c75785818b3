"""The manifest: what is read from it, every rule that Slack holds it to, and the tables beside it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.playground import manifest_rules as rules
from bot.playground.manifest import (
    EVENT_SCOPES,
    METHOD_SCOPES,
    METHOD_TIERS,
    Command,
    InvalidManifest,
    Manifest,
    Shortcut,
    check_manifest,
    manifest_refusal,
    scopes_for,
)

Json = dict[str, Any]

COMMAND: Json = {
    "command": "/oncall",
    "description": "Who is on call",
    "usage_hint": "now | next",
    "should_escape": True,
}
SHORTCUT: Json = {"name": "Add", "type": "message", "callback_id": "pm_add", "description": "Add to the timeline"}

SOUND: Json = {
    "_metadata": {"major_version": 2, "minor_version": 1},
    "display_information": {"name": "Watchbill", "description": "Who is on call", "background_color": "#1d3557"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "watchbill", "always_online": True},
        "slash_commands": [COMMAND],
        "shortcuts": [SHORTCUT],
    },
    "oauth_config": {
        "scopes": {"bot": ["commands", "chat:write", "im:history", "users:read"], "bot_optional": ["reactions:read"]}
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im", "reaction_added"]},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    },
}


def changed(path: str, value: object) -> Json:
    """The sound manifest with another value at a path such as `features/slash_commands`."""
    manifest = deepcopy(SOUND)
    at = manifest
    *parents, last = path.split("/")
    for step in parents:
        at = at.setdefault(step, {})
    at[last] = value
    return manifest


def commands(count: int = 1, **more: object) -> Json:
    return changed("features/slash_commands", [COMMAND | {"command": f"/c{at}"} | more for at in range(count)])


def shortcuts(count: int = 1, **more: object) -> Json:
    return changed("features/shortcuts", [SHORTCUT | {"callback_id": f"c{at}"} | more for at in range(count)])


BOT_EVENTS = "settings/event_subscriptions/bot_events"
ABOUT = "display_information"

SIZES: dict[str, tuple[Any, str]] = {
    "COMMANDS_MAX": (commands, "/features/slash_commands"),
    "COMMAND_MIN": (lambda n: commands(command="/" + "x" * (n - 1)), "/features/slash_commands/0/command"),
    "COMMAND_MAX": (lambda n: commands(command="/" + "x" * (n - 1)), "/features/slash_commands/0/command"),
    "COMMAND_DESCRIPTION_MAX": (lambda n: commands(description="x" * n), "/features/slash_commands/0/description"),
    "COMMAND_USAGE_HINT_MAX": (lambda n: commands(usage_hint="x" * n), "/features/slash_commands/0/usage_hint"),
    "SHORTCUTS_MAX": (shortcuts, "/features/shortcuts"),
    "SHORTCUT_NAME_MAX": (lambda n: shortcuts(name="x" * n), "/features/shortcuts/0/name"),
    "SHORTCUT_DESCRIPTION_MAX": (lambda n: shortcuts(description="x" * n), "/features/shortcuts/0/description"),
    "SHORTCUT_CALLBACK_ID_MAX": (lambda n: shortcuts(callback_id="x" * n), "/features/shortcuts/0/callback_id"),
    "APP_NAME_MAX": (lambda n: changed(f"{ABOUT}/name", "x" * n), "/display_information/name"),
    "APP_DESCRIPTION_MAX": (lambda n: changed(f"{ABOUT}/description", "x" * n), "/display_information/description"),
    "LONG_DESCRIPTION_MIN": (
        lambda n: changed(f"{ABOUT}/long_description", "x" * n),
        "/display_information/long_description",
    ),
    "LONG_DESCRIPTION_MAX": (
        lambda n: changed(f"{ABOUT}/long_description", "x" * n),
        "/display_information/long_description",
    ),
    "BACKGROUND_COLOR_MIN": (
        lambda n: changed(f"{ABOUT}/background_color", "#" + "a" * (n - 1)),
        "/display_information/background_color",
    ),
    "BACKGROUND_COLOR_MAX": (
        lambda n: changed(f"{ABOUT}/background_color", "#" + "a" * (n - 1)),
        "/display_information/background_color",
    ),
    "BOT_DISPLAY_NAME_MAX": (
        lambda n: changed("features/bot_user/display_name", "x" * n),
        "/features/bot_user/display_name",
    ),
    "SCOPES_MAX": (
        lambda n: changed("oauth_config/scopes/bot", ["commands", "im:history", *["chat:write"] * (n - 2)]),
        "/oauth_config/scopes/bot",
    ),
    "SCOPE_NAME_MAX": (lambda n: changed("oauth_config/scopes/user", ["x" * n]), "/oauth_config/scopes/user/0"),
    "EVENTS_MAX": (lambda n: changed(BOT_EVENTS, ["app_home_opened"] * n), f"/{BOT_EVENTS}"),
    "EVENT_NAME_MAX": (
        lambda n: changed("settings/event_subscriptions/user_events", ["x" * n]),
        "/settings/event_subscriptions/user_events/0",
    ),
    "REDIRECT_URLS_MAX": (
        lambda n: changed("oauth_config/redirect_urls", ["https://example.org/"] * n),
        "/oauth_config/redirect_urls",
    ),
    "UNFURL_DOMAINS_MAX": (
        lambda n: changed("features/unfurl_domains", ["example.org"] * n),
        "/features/unfurl_domains",
    ),
}

WITHOUT_SOCKET: Json = changed("settings/socket_mode_enabled", False)

BROKEN: list[tuple[str, object, str, str]] = [
    ("no object", [], "", "must provide an object"),
    ("no name", changed(ABOUT, {}), "/display_information", "missing required field: name"),
    ("a stray key", changed("colour", "red"), "", "invalid additional property: colour"),
    ("a stray key deep down", changed("settings/socket_mode", True), "/settings", "property: socket_mode"),
    (
        "a command without description",
        changed("features/slash_commands", [{"command": "/x"}]),
        "/features/slash_commands/0",
        "field: description",
    ),
    (
        "a shortcut without callback",
        changed("features/shortcuts", [{k: v for k, v in SHORTCUT.items() if k != "callback_id"}]),
        "/features/shortcuts/0",
        "field: callback_id",
    ),
    ("a shortcut of another type", shortcuts(type="channel"), "/features/shortcuts/0/type", "message, global"),
    ("a command without slash", commands(command="oncall"), "/features/slash_commands/0/command", "format"),
    ("a command in capitals", commands(command="/OnCall"), "/features/slash_commands/0/command", "format"),
    ("a command of two words", commands(command="/on call"), "/features/slash_commands/0/command", "format"),
    (
        "a colour by name",
        changed(f"{ABOUT}/background_color", "blue"),
        "/display_information/background_color",
        "rrggbb",
    ),
    (
        "a plain http address",
        changed("settings/interactivity/request_url", "http://example.org/"),
        "/settings/interactivity/request_url",
        "https",
    ),
    (
        "a command twice",
        changed("features/slash_commands", [COMMAND, COMMAND]),
        "/features/slash_commands/1/command",
        "already exists",
    ),
    (
        "an event without its scope",
        changed(BOT_EVENTS, ["app_mention"]),
        f"/{BOT_EVENTS}/0",
        "requires the scope app_mentions:read",
    ),
    ("an unknown event", changed(BOT_EVENTS, ["coffee_ready"]), f"/{BOT_EVENTS}/0", "unknown event"),
]


def test_the_sound_manifest_has_no_problem() -> None:
    assert check_manifest(SOUND) == []


def test_every_number_of_the_rules_is_tried() -> None:
    assert {name for name, value in vars(rules).items() if isinstance(value, int)} == set(SIZES)


@pytest.mark.parametrize("name", SIZES)
def test_what_is_at_a_limit_passes_and_beyond_it_is_refused(name: str) -> None:
    build, pointer = SIZES[name]
    limit: int = getattr(rules, name)
    assert check_manifest(build(limit)) == []
    (problem,) = check_manifest(build(limit + 1 if name.endswith("_MAX") else limit - 1))
    assert problem.pointer == pointer


@pytest.mark.parametrize(("data", "pointer", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_what_breaks_a_rule_is_refused_at_its_place(data: object, pointer: str, says: str) -> None:
    (problem,) = check_manifest(data)
    assert problem.pointer == pointer
    assert says in problem.message


def test_commands_and_shortcuts_need_the_scope_commands() -> None:
    problems = check_manifest(changed("oauth_config/scopes/bot", ["im:history"]))
    assert [problem.pointer for problem in problems] == ["/features/slash_commands", "/features/shortcuts"]


def test_without_socket_mode_everything_needs_an_address() -> None:
    assert [(problem.message, problem.pointer) for problem in check_manifest(WITHOUT_SOCKET)] == [
        ("Event Subscription requires either Request URL or Socket Mode Enabled", "/settings/event_subscriptions"),
        ("Interactivty requires a Request URL", "/settings/interactivity"),
        ("missing required field: url", "/features/slash_commands/0"),
    ]


def test_an_app_in_http_mode_with_addresses_is_sound() -> None:
    url = "https://example.org/slack/events"
    manifest = deepcopy(WITHOUT_SOCKET)
    manifest["features"]["slash_commands"] = [COMMAND | {"url": url}]
    manifest["settings"]["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
    manifest["settings"]["event_subscriptions"]["request_url"] = url
    assert check_manifest(manifest) == []
    read = Manifest.of(manifest)
    assert (read.socket_mode, read.request_url, read.options_url, read.events_url) == (False, url, url, url)


def test_a_manifest_is_read_from_text_and_from_a_file_alike(tmp_path: Path) -> None:
    text = yaml.safe_dump(SOUND)
    file = tmp_path / "manifest.yml"
    file.write_text(text)
    manifest = Manifest.read(file)
    assert manifest == Manifest.read(text)
    assert (manifest.name, manifest.display_name, manifest.description) == ("Watchbill", "watchbill", "Who is on call")
    assert manifest.commands == {"/oncall": Command("/oncall", "Who is on call", "now | next", should_escape=True)}
    assert manifest.shortcuts == {"pm_add": Shortcut("Add", "message", "pm_add", "Add to the timeline")}
    assert manifest.scopes == {"commands", "chat:write", "im:history", "users:read"}
    assert manifest.optional_scopes == {"reactions:read"}
    assert manifest.events == {"app_home_opened", "message.im", "reaction_added"}
    assert (manifest.home_tab, manifest.messages_tab, manifest.messages_tab_read_only) == (True, True, False)
    assert (manifest.socket_mode, manifest.interactivity) == (True, True)


@pytest.mark.parametrize("text", ["", "features: {}", "a: [", "- 1"])
def test_a_manifest_that_slack_would_refuse_cannot_be_read(text: str) -> None:
    with pytest.raises(InvalidManifest) as caught:
        Manifest.read(text)
    assert caught.value.problems


def test_a_refusal_names_message_and_pointer() -> None:
    assert manifest_refusal(check_manifest(changed("colour", "red"))) == {
        "ok": False,
        "error": "invalid_manifest",
        "errors": [{"message": "invalid additional property: colour", "pointer": ""}],
    }


@pytest.mark.parametrize(
    ("method", "kind", "scopes"),
    [
        ("chat.postMessage", None, {"chat:write"}),
        ("chat.postMessage", "private", {"chat:write"}),
        ("views.open", None, set()),
        ("auth.test", None, set()),
        ("users.lookupByEmail", None, {"users:read.email"}),
        ("conversations.open", "im", {"im:write"}),
        ("conversations.open", "mpim", {"mpim:write"}),
        ("conversations.history", "public", {"channels:history"}),
        ("conversations.replies", "im", {"im:history"}),
        ("conversations.info", "private", {"groups:read"}),
        ("conversations.info", None, {"channels:read", "groups:read", "im:read", "mpim:read"}),
        ("apps.connections.open", None, {"connections:write"}),
        ("no.such.method", "im", set()),
    ],
)
def test_a_method_asks_for_its_scopes(method: str, kind: str | None, scopes: set[str]) -> None:
    assert set(scopes_for(method, kind)) == scopes


@pytest.mark.parametrize(
    ("method", "calls"), [("views.open", 100), ("chat.update", 50), ("usergroups.users.update", 20), ("users.list", 20)]
)
def test_a_method_may_be_called_so_often_a_minute(method: str, calls: int) -> None:
    assert METHOD_TIERS[method] == calls


def test_every_limited_method_has_its_scopes_written_down() -> None:
    assert set(METHOD_TIERS) <= set(METHOD_SCOPES)


def test_every_scope_of_an_event_is_one_scope_and_no_list() -> None:
    assert all(":" in scope for scopes in EVENT_SCOPES.values() for scope in scopes)
