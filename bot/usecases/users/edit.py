"""Change what programs say of a person."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from bot.usecases.fields import Faults
from bot.usecases.reach import require_account
from bot.usecases.unit import Unit
from bot.usecases.users.wanted import WantedUser, look_at
from bot.usecases.users.writing import described, hold, new_profile, taken, write
from storage import users
from storage.models import User


async def edit(unit: Unit, identifier: str, wanted: WantedUser) -> User:
    """Write down what is said and leave what is not; answers the person.

    Nothing is refused for somebody with an account in Slack, but Slack's word on their name, zone and e-mail comes back
    the next time it tells of them.

    Raises:
        NotAllowed: the key acts for one team.
        NotFound: nobody is called so.
        BadFields: with every field that is wrong.
        Taken: the e-mail is somebody else's.
    """
    require_account(unit, doing="change users")
    user = await hold(unit, identifier)
    faults = Faults()
    look_at(wanted, faults)
    faults.refuse()
    profile = (await users.profiles(unit.session, [user.id])).get(user.id)
    before = described(user, profile)
    try:
        async with unit.session.begin_nested():
            profile = profile or new_profile(unit, user)
            write(user, profile, wanted)
            await unit.session.flush()
    except IntegrityError as error:
        raise taken((wanted.username or "").lower()) from error
    await unit.event("edit-user", user.id, before=before, after=described(user, profile))
    return user
