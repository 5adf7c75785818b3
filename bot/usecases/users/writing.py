"""What a program says of a person, written down: on their own row, and on the profile beside it."""

from __future__ import annotations

from typing import Any

from bot.errors import NotFound, Taken
from bot.usecases.unit import Unit
from bot.usecases.users.wanted import WantedUser
from storage import users
from storage.models import Profile, User
from storage.references import Lock

DEFAULT_ROLE = "User"


async def hold(unit: Unit, identifier: str) -> User:
    """The person of that id or user name, whom nobody else changes before this transaction ends.

    Raises:
        NotFound: there is none, or they have left.
    """
    found = await users.identified(unit.session, ids=[identifier], names=[identifier], lock=Lock.CHANGE)
    if not found:
        raise NotFound(f"No user exists with id or username [{identifier}].")
    return next((user for user in found if user.id == identifier), found[0])


def write(user: User, profile: Profile, wanted: WantedUser) -> None:
    """Write down what was said, and leave what was not."""
    user.name = wanted.full_name or user.name
    user.timezone = wanted.timezone or user.timezone
    if wanted.username:
        user.email = wanted.username.lower()
    profile.role = wanted.role or profile.role
    profile.locale = _said(wanted.locale, profile.locale)
    profile.skype_username = _said(wanted.skype_username, profile.skype_username)
    profile.address = _said(dict(wanted.address) if wanted.address is not None else None, profile.address)
    profile.tags = _said(list(wanted.tags) if wanted.tags is not None else None, profile.tags)
    if wanted.details is not None:
        profile.details = {key: list(values) for key, values in wanted.details.items()}


def new_profile(unit: Unit, user: User) -> Profile:
    """The profile of somebody of whom no program has said anything yet."""
    profile = Profile(user_id=user.id, role=DEFAULT_ROLE, tags=[], details={}, created_at=unit.now)
    unit.session.add(profile)
    return profile


def described(user: User, profile: Profile | None) -> dict[str, Any]:
    """A person for the log."""
    said = {} if profile is None else profile.model_dump(mode="json", exclude={"user_id", "created_at"})
    return {"user_id": user.id, "username": user.email, "full_name": user.name, "timezone": user.timezone, **said}


def taken(username: str) -> Taken:
    """What is said where somebody has that e-mail already."""
    return Taken({"username": f"User with username [{username}] already exists."})


def _said(now: Any, before: Any) -> Any:
    return before if now is None else now
