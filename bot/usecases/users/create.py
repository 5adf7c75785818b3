"""Make a person, or take one whom Slack has told of into programs' hands."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.fields import Faults
from bot.usecases.reach import require_account
from bot.usecases.unit import Unit
from bot.usecases.users.wanted import WantedUser, look_at, required
from bot.usecases.users.writing import described, new_profile, taken, write
from storage import users
from storage.models import User


async def create(unit: Unit, wanted: WantedUser) -> User:
    """The person of that e-mail, of whom no program had said anything yet.

    Somebody whom Slack has told of keeps their id, and all they are in here. The name and the zone said of them count
    until Slack tells of them again: its word wins. Of somebody who has left, the e-mail becomes that of a new person.

    Raises:
        NotAllowed: the key acts for one team.
        BadFields: with every field that is wrong.
        Taken: a program has made somebody of that e-mail before.
    """
    require_account(unit, doing="make users")
    faults = Faults()
    required(wanted, faults)
    look_at(wanted, faults)
    faults.refuse()
    username = (wanted.username or "").lower()
    try:
        async with unit.session.begin_nested():
            user = await _adopted(unit, username) or await _made(unit, username)
            profile = new_profile(unit, user)
            write(user, profile, wanted)
            await unit.session.flush()
    except IntegrityError as error:
        raise taken(username) from error
    await unit.event("create-user", user.id, after=described(user, profile))
    return user


async def _adopted(unit: Unit, username: str) -> User | None:
    holder = await users.by_email(unit.session, username, lock=True)
    if holder is not None and holder.has_left:
        holder.email = None
        await unit.session.flush()
        return None
    if holder is not None and (holder.is_bot or await users.profiles(unit.session, [holder.id])):
        raise taken(username)
    return holder


async def _made(unit: Unit, username: str) -> User:
    user = User(name=username, email=username, refreshed_at=unit.now)
    unit.session.add(user)
    await unit.session.flush()
    return user
