"""Meet people through Slack, one or many, or learn that something about them changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from bot.queries.people import Person, as_person
from bot.settings import Settings
from bot.usecases.fields import on_one_line
from bot.usecases.unit import Unit
from storage import users
from storage.models import User

STILL_FRESH = timedelta(hours=12)
"""Who was heard of since then need not be noted as heard of again: most of it is another process's reading."""


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


async def meet_all(unit: Unit, profiles: Sequence[SlackProfile]) -> None:
    """The people of these profiles, made or brought up to date, by the same rules and in a fixed number of statements.

    Only what is news is written. Who has left before we met them is not kept.
    """
    try:
        async with unit.session.begin_nested():
            await _write_all(unit, profiles)
    except IntegrityError:  # as above
        await _write_all(unit, profiles)
    everybody = [each.slack_id for each in profiles]
    await users.refreshed(unit.session, everybody, at=unit.now, unless_since=unit.now - STILL_FRESH)


def tells_news(known: Person, profile: SlackProfile, settings: Settings) -> bool:
    """Whether the profile says anything of a person that we do not know yet."""
    user = User(id=known.id, name="", email=_address(profile), refreshed_at=known.refreshed_at)
    _describe(user, profile)
    return as_person(user, settings) != known


async def _written(unit: Unit, profile: SlackProfile) -> User:
    email = _address(profile)
    namesake = await users.by_email(unit.session, email) if email else None
    user = await users.by_slack_id(unit.session, profile.slack_id)
    user = user or _without_account(namesake) or _stranger(unit, profile)
    _describe(user, profile)
    if namesake is None or namesake is user:
        user.email = email
    user.refreshed_at = unit.now
    return user


async def _write_all(unit: Unit, profiles: Sequence[SlackProfile]) -> None:
    known = {each.slack_id: each for each in await users.by_slack_ids(unit.session, [p.slack_id for p in profiles])}
    emails = {email for each in profiles if (email := _address(each))}
    holders = {each.email: each for each in await users.by_emails(unit.session, emails)}
    for profile in profiles:
        email = _address(profile)
        namesake = holders.get(email) if email else None
        user = known.get(profile.slack_id) or _without_account(namesake)
        if user is None and profile.has_left:
            continue
        user = user or _stranger(unit, profile)
        known[profile.slack_id] = user
        _describe(user, profile)
        if namesake is None or namesake is user:
            user.email = email
            holders |= {email: user} if email else {}
    await unit.session.flush()


def _without_account(namesake: User | None) -> User | None:
    """Who has that e-mail, if they were made through an API and Slack has not told of them yet."""
    return namesake if namesake is not None and namesake.slack_id is None else None


def _stranger(unit: Unit, profile: SlackProfile) -> User:
    user = User(name=profile.name, refreshed_at=unit.now)
    unit.session.add(user)
    return user


def _address(profile: SlackProfile) -> str | None:
    return profile.email.lower() if profile.email else None


def _describe(user: User, profile: SlackProfile) -> None:
    """Write down everything but the e-mail, which may belong to another account."""
    user.slack_id = profile.slack_id
    user.name = on_one_line(profile.name)
    user.timezone = profile.timezone
    user.is_bot = profile.is_bot
    user.is_outsider = profile.is_outsider
    user.is_workspace_admin = profile.is_workspace_admin
    user.has_left = profile.has_left
