"""Slack's rules for an app's manifest: which keys, how long, and what needs what.

Keys and lengths are those of the JSON schema of slackapi/manifest-schema (v2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.playground.blockkit.problems import Problem, already_exists, broken, missing_field
from bot.playground.blockkit.schema import (
    Check,
    anything,
    array,
    boolean,
    choice,
    formatted,
    integer,
    record,
    string,
)

COMMANDS_MAX: Final = 50
COMMAND_MIN, COMMAND_MAX = 2, 32
COMMAND_DESCRIPTION_MAX: Final = 2_000
COMMAND_USAGE_HINT_MAX: Final = 1_000
SHORTCUTS_MAX: Final = 10
SHORTCUT_NAME_MAX: Final = 24
SHORTCUT_DESCRIPTION_MAX: Final = 150
SHORTCUT_CALLBACK_ID_MAX: Final = 255
APP_NAME_MAX: Final = 35
APP_DESCRIPTION_MAX: Final = 140
LONG_DESCRIPTION_MIN, LONG_DESCRIPTION_MAX = 175, 4_000
BACKGROUND_COLOR_MIN, BACKGROUND_COLOR_MAX = 4, 7
BOT_DISPLAY_NAME_MAX: Final = 80
SCOPES_MAX: Final = 255
SCOPE_NAME_MAX: Final = 50
EVENTS_MAX: Final = 100
EVENT_NAME_MAX: Final = 50
REDIRECT_URLS_MAX: Final = 1_000
UNFURL_DOMAINS_MAX: Final = 5

EVENT_SCOPES: Final[Mapping[str, tuple[str, ...]]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_rate_limited": (),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_created": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "dnd_updated_user": ("dnd:read",),
    "entity_details_requested": (),
    "file_shared": ("files:read",),
    "function_executed": (),
    "group_rename": ("groups:read",),
    "link_shared": ("links:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_created": ("usergroups:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "team_join": ("users:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}
"""The bot events, each with the scopes any one of which lets an app subscribe to it; empty: none is needed."""


def _is_command(text: str) -> bool:
    return (
        COMMAND_MIN <= len(text) <= COMMAND_MAX
        and text.startswith("/")
        and text == text.lower()
        and not any(character.isspace() for character in text)
    )


def _is_color(text: str) -> bool:
    digits = text.removeprefix("#")
    return (
        BACKGROUND_COLOR_MIN <= len(text) <= BACKGROUND_COLOR_MAX
        and len(text) == len(digits) + 1
        and all(digit in "0123456789abcdefABCDEF" for digit in digits)
    )


def _is_https(text: str) -> bool:
    return text.startswith("https://") and len(text) > len("https://")


_URL = formatted(_is_https, "https URL")
_SCOPE_LIST = array(string(most=SCOPE_NAME_MAX), most=SCOPES_MAX)

_COMMAND = record(
    {
        "command": formatted(_is_command, f"/word of {COMMAND_MIN} to {COMMAND_MAX} lower-case characters"),
        "description": string(most=COMMAND_DESCRIPTION_MAX),
    },
    {"usage_hint": string(most=COMMAND_USAGE_HINT_MAX), "should_escape": boolean, "url": _URL},
)

_SHORTCUT = record(
    {
        "name": string(most=SHORTCUT_NAME_MAX),
        "type": choice("message", "global"),
        "callback_id": string(most=SHORTCUT_CALLBACK_ID_MAX),
        "description": string(most=SHORTCUT_DESCRIPTION_MAX),
    }
)

_DISPLAY_INFORMATION = record(
    {"name": string(most=APP_NAME_MAX)},
    {
        "description": string(most=APP_DESCRIPTION_MAX),
        "long_description": string(least=LONG_DESCRIPTION_MIN, most=LONG_DESCRIPTION_MAX),
        "background_color": formatted(_is_color, "#rrggbb"),
    },
)

_FEATURES = record(
    {},
    {
        "app_home": record(
            {},
            {
                "home_tab_enabled": boolean,
                "messages_tab_enabled": boolean,
                "messages_tab_read_only_enabled": boolean,
            },
        ),
        "bot_user": record({"display_name": string(most=BOT_DISPLAY_NAME_MAX)}, {"always_online": boolean}),
        "slash_commands": array(_COMMAND, most=COMMANDS_MAX),
        "shortcuts": array(_SHORTCUT, most=SHORTCUTS_MAX),
        "unfurl_domains": array(string(), most=UNFURL_DOMAINS_MAX),
        "assistant_view": anything,
        "agent_view": anything,
    },
)

_OAUTH_CONFIG = record(
    {},
    {
        "redirect_urls": array(_URL, most=REDIRECT_URLS_MAX),
        "scopes": record({}, dict.fromkeys(("bot", "bot_optional", "user", "user_optional"), _SCOPE_LIST)),
        "token_management_enabled": boolean,
        "pkce_enabled": boolean,
    },
)

_EVENT_LIST = array(string(most=EVENT_NAME_MAX), most=EVENTS_MAX)
_SETTINGS = record(
    {},
    {
        "allowed_ip_address_ranges": array(string()),
        "event_subscriptions": record(
            {},
            {
                "request_url": _URL,
                "bot_events": _EVENT_LIST,
                "user_events": _EVENT_LIST,
                "metadata_subscriptions": anything,
            },
        ),
        "interactivity": record({"is_enabled": boolean}, {"request_url": _URL, "message_menu_options_url": _URL}),
        "incoming_webhooks": anything,
        "org_deploy_enabled": boolean,
        "socket_mode_enabled": boolean,
        "token_rotation_enabled": boolean,
        "is_hosted": boolean,
        "is_mcp_enabled": boolean,
        "function_runtime": string(),
    },
)

_MANIFEST: Check = record(
    {"display_information": _DISPLAY_INFORMATION},
    {
        "_metadata": record({}, {"major_version": integer(least=1, most=2), "minor_version": integer(least=0)}),
        "features": _FEATURES,
        "oauth_config": _OAUTH_CONFIG,
        "settings": _SETTINGS,
        "functions": anything,
        "mcp_servers": anything,
    },
)


def check_manifest(data: object) -> list[Problem]:
    """Everything wrong with a decoded manifest; pointers start at its root (`/features/slash_commands/0/command`).

    What needs something else is looked at only once each part is sound by itself.
    """
    found = list(_MANIFEST(data))
    if found or not isinstance(data, dict):
        return found
    return [*_commands_used_twice(data), *_missing_scopes(data), *_missing_urls(data)]


def _commands_used_twice(data: dict[str, Any]) -> Iterator[Problem]:
    for list_name, key in (("slash_commands", "command"), ("shortcuts", "callback_id")):
        seen: set[str] = set()
        for at, entry in enumerate(data.get("features", {}).get(list_name, ())):
            if entry[key] in seen:
                yield already_exists(key, entry[key], f"/features/{list_name}/{at}/{key}")
            seen.add(entry[key])


def _missing_scopes(data: dict[str, Any]) -> Iterator[Problem]:
    """An event without its scope makes the whole manifest invalid, and so does a command without `commands`."""
    scopes = data.get("oauth_config", {}).get("scopes", {})
    asked = {*scopes.get("bot", ()), *scopes.get("bot_optional", ())}
    features = data.get("features", {})
    for list_name in ("slash_commands", "shortcuts"):
        if features.get(list_name) and "commands" not in asked:
            yield broken(
                "requires the scope commands", rule="scope", expected="commands", pointer=f"/features/{list_name}"
            )
    events = data.get("settings", {}).get("event_subscriptions", {}).get("bot_events", ())
    for at, event in enumerate(events):
        pointer = f"/settings/event_subscriptions/bot_events/{at}"
        if event not in EVENT_SCOPES:
            yield broken(f"unknown event: {event}", rule="enum", got=event, pointer=pointer)
        elif EVENT_SCOPES[event] and not asked.intersection(EVENT_SCOPES[event]):
            needed = " or ".join(EVENT_SCOPES[event])
            yield broken(f"{event} requires the scope {needed}", rule="scope", expected=needed, pointer=pointer)


def _missing_urls(data: dict[str, Any]) -> Iterator[Problem]:
    """Without Socket Mode, everything that Slack sends needs an address to be sent to."""
    settings = data.get("settings", {})
    if settings.get("socket_mode_enabled", False):
        return
    subscriptions = settings.get("event_subscriptions", {})
    if subscriptions.get("bot_events") and "request_url" not in subscriptions:
        message = "Event Subscription requires either Request URL or Socket Mode Enabled"
        yield broken(message, rule="required", expected="request_url", pointer="/settings/event_subscriptions")
    interactivity = settings.get("interactivity", {})
    if interactivity.get("is_enabled") and "request_url" not in interactivity:
        message = "Interactivty requires a Request URL"  # Slack's own spelling
        yield broken(message, rule="required", expected="request_url", pointer="/settings/interactivity")
    for at, command in enumerate(data.get("features", {}).get("slash_commands", ())):
        if "url" not in command:
            yield missing_field("url").at(f"/features/slash_commands/{at}")
