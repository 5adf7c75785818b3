"""The people and bots of the workspace, and how Slack describes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(slots=True, kw_only=True)
class Person:
    """A user of the workspace: a person, or a bot's user (`bot_id` set).

    `tz` is an IANA name or None (Slack leaves it out for some users). `display_name` may be empty: Slack then shows
    `real_name`. `team_id` is the workspace a person of a connected one (Slack Connect) belongs to; None: this one.
    """

    id: str
    name: str
    real_name: str
    display_name: str = ""
    tz: str | None = "UTC"
    email: str | None = None
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    bot_id: str | None = None
    team_id: str | None = None

    @property
    def is_bot(self) -> bool:
        """True for the user of an app."""
        return self.bot_id is not None

    @property
    def shown_name(self) -> str:
        """The name Slack shows: the display name, else the real one."""
        return self.display_name or self.real_name


def zone_fields(person: Person, now: datetime) -> dict[str, object]:
    """`tz`, `tz_label`, `tz_offset` (seconds east of UTC at that moment); nothing for who has no zone or has left."""
    if person.tz is None or person.deleted:
        return {}
    local = now.astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    return {
        "tz": person.tz,
        "tz_label": local.tzname() or person.tz,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
    }


def user_object(person: Person, *, team_id: str, now: datetime, with_email: bool) -> dict[str, object]:
    """The user as users.info and users.list give it; the e-mail only where `users:read.email` was granted.

    `team_id` is the workspace's own.
    """
    home = person.team_id or team_id
    profile: dict[str, object] = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "team": home,
    }
    if with_email and person.email:
        profile["email"] = person.email
    if person.bot_id:
        profile["bot_id"] = person.bot_id
    user: dict[str, object] = {
        "id": person.id,
        "team_id": home,
        "name": person.name,
        "deleted": person.deleted,
        "real_name": person.real_name,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": int(now.timestamp()),
        **zone_fields(person, now),
    }
    if not person.deleted:
        user |= {
            "is_admin": person.is_admin,
            "is_owner": person.is_owner,
            "is_primary_owner": False,
            "is_restricted": person.is_restricted,
            "is_ultra_restricted": person.is_ultra_restricted,
        }
    return user
