"""What a program says of a person, looked at field by field; the fields are named as programs name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engines.wallclock import zone_named
from bot.errors import Unreadable
from bot.usecases.fields import Faults, wrong_name, wrong_text

LONGEST_USERNAME = 100
LONGEST_NAME = 512
LONGEST_TEXT = 10_000
MOST_SAID = 1_000
"""Tags, details, and values of one detail. The surface refuses more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedUser:
    """None: nothing was said. `role` is a name, one of Opsgenie's or one of the account's own: no right hangs on it."""

    username: str | None = None
    full_name: str | None = None
    role: str | None = None
    skype_username: str | None = None
    timezone: str | None = None
    locale: str | None = None
    address: Mapping[str, Any] | None = None
    tags: Sequence[str] | None = None
    details: Mapping[str, Sequence[str]] | None = None


def look_at(wanted: WantedUser, faults: Faults) -> None:
    """Note everything that is wrong with what was said."""
    if wanted.username is not None:
        faults.add("username", _wrong_username(wanted.username))
    if wanted.full_name is not None:
        faults.add("fullName", wrong_name(wanted.full_name, called="fullName", limit=LONGEST_NAME))
    if wanted.role is not None:
        faults.add("role", wrong_name(wanted.role, called="role", limit=LONGEST_NAME))
    if wanted.timezone is not None:
        faults.add("timeZone", _wrong_zone(wanted.timezone))
    for field, text in (("locale", wanted.locale), ("skypeUsername", wanted.skype_username)):
        faults.add(field, wrong_text(text or "", called=field, limit=LONGEST_NAME))
    for field, content in (("userAddress", wanted.address), ("tags", wanted.tags), ("details", wanted.details)):
        faults.add(field, wrong_text(_all_text(content), called=field, limit=LONGEST_TEXT))


def required(wanted: WantedUser, faults: Faults) -> None:
    """Note what has to be said of a new person and was not."""
    for field, value in (("username", wanted.username), ("fullName", wanted.full_name), ("role", wanted.role)):
        if value is None:
            faults.add(field, f"{field} is mandatory.")


def _wrong_username(username: str) -> str | None:
    name, _, domain = username.partition("@")
    is_address = name and domain and "@" not in domain and not any(each.isspace() for each in username)
    if not is_address:
        return f"{username!r} is no e-mail address such as ana@example.com."
    return wrong_name(username, called="username", limit=LONGEST_USERNAME)


def _wrong_zone(name: str) -> str | None:
    try:
        zone_named(name)
    except Unreadable as error:
        return error.sentence
    return None


def _all_text(content: Mapping[str, Any] | Sequence[str] | None) -> str:
    """Everything that is written in it, keys too."""
    if content is None:
        return ""
    if not isinstance(content, Mapping):
        return " ".join(content)
    parts = (part if isinstance(part, str) else " ".join(map(str, part)) for part in content.values() if part)
    return " ".join((*content, *parts))
