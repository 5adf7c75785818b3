"""Users as they are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.api.opsgenie.wire import Instant, Wire
from bot.queries.users import UserView


class RoleReply(Wire):
    """A role; those that every account has go by their names."""

    id: str
    name: str


class UserContactReply(Wire):
    """A way to reach somebody, in the short form that stands in a user."""

    id: str
    contact_method: str
    to: str
    enabled: bool = True


class BriefUser(Wire):
    """A user by id and user name, where something else is told of them."""

    id: str
    username: str


class UserReply(Wire):
    """A user. `userContacts` only where it was asked for."""

    id: str
    username: str
    full_name: str
    role: RoleReply
    blocked: bool = False
    verified: bool = True
    locale: str | None = None
    time_zone: str | None = None
    skype_username: str | None = None
    user_address: Mapping[str, Any] | None = None
    tags: Sequence[str]
    details: Mapping[str, Sequence[str]]
    created_at: Instant
    user_contacts: tuple[UserContactReply, ...] | None = None


def as_user(user: UserView, *, with_contacts: bool = False) -> UserReply:
    """A user, with the ways to reach them where they are asked for."""
    return UserReply(
        id=user.id,
        username=user.username,
        full_name=user.full_name,
        role=RoleReply(id=user.role, name=user.role),
        locale=user.locale,
        time_zone=user.timezone,
        skype_username=user.skype_username,
        user_address=user.address,
        tags=user.tags,
        details=user.details,
        created_at=user.created_at,
        user_contacts=contacts_of(user) if with_contacts else None,
    )


def contacts_of(user: UserView) -> tuple[UserContactReply, ...]:
    """The ways to reach somebody: their e-mail, and Slack."""
    ways = (("email", user.email), ("slack", user.slack_id))
    return tuple(UserContactReply(id=f"{user.id}-{way}", contact_method=way, to=to) for way, to in ways if to)
