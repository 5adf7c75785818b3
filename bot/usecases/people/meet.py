"""Meet a person through Slack, or learn that something about them changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from bot.queries.people import Person, as_person
from bot.settings import Settings
from bot.usecases.unit import Unit
from storage import users
from storage.models import User


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """What Slack says of a person. `timezone` is an IANA name or None; `email` None where Slack does not say."""

    slack_id: str
    name: str
    email: str | None
    timezone: str | None
    is_bot: bool
    is_outsider: bool
    is_workspace_admin: bool
    has_left: bool


async def meet(unit: Unit, profile: SlackProfile) -> Person:
    """The person of this profile, made or brought up to date.

    Somebody who was made through an API is the same person when the e-mail is the same. An e-mail that belongs to
    another Slack account already stays with that account. Met by several at the same time, they are still one person.
    """
    try:
        async with unit.session.begin_nested():
            user = await _written(unit, profile)
    except IntegrityError:  # another met them since we looked; now they are known
        user = await _written(unit, profile)
    return as_person(user, unit.settings)


def tells_news(known: Person, profile: SlackProfile, settings: Settings) -> bool:
    """Whether the profile says anything of a person that we do not know yet."""
    user = User(id=known.id, name="", email=_address(profile), refreshed_at=known.refreshed_at)
    _describe(user, profile)
    return as_person(user, settings) != known


async def _written(unit: Unit, profile: SlackProfile) -> User:
    email = _address(profile)
    namesake = await users.by_email(unit.session, email) if email else None
    user = await users.by_slack_id(unit.session, profile.slack_id)
    if user is None and namesake is not None and namesake.slack_id is None:
        user = namesake
    if user is None:
        user = User(name=profile.name, refreshed_at=unit.now)
        unit.session.add(user)
    _describe(user, profile)
    if namesake is None or namesake is user:
        user.email = email
    user.refreshed_at = unit.now
    return user


def _address(profile: SlackProfile) -> str | None:
    return profile.email.lower() if profile.email else None


def _describe(user: User, profile: SlackProfile) -> None:
    """Write down everything but the e-mail, which may belong to another account."""
    user.slack_id = profile.slack_id
    user.name = profile.name
    user.timezone = profile.timezone
    user.is_bot = profile.is_bot
    user.is_outsider = profile.is_outsider
    user.is_workspace_admin = profile.is_workspace_admin
    user.has_left = profile.has_left
