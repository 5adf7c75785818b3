"""Remove a person whom programs look after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.errors import Locked
from bot.usecases.in_use import require_unused
from bot.usecases.reach import require_account
from bot.usecases.unit import Unit
from bot.usecases.users.writing import described, hold
from storage import teams, usages, users
from storage.models import User
from storage.usages import Use


async def delete(unit: Unit, identifier: str) -> None:
    """Forget what programs said of a person.

    Without an account in Slack they have left, and their e-mail is free again; with one they stay as long as it does.

    Raises:
        NotAllowed: the key acts for one team.
        NotFound: nobody is called so.
        InUse: they are in a team, a rotation, an escalation or a policy, or in an override or forwarding that is not
            over.
        Locked: they are known from Slack alone, so that there is nothing to forget.
    """
    require_account(unit, doing="remove users")
    user = await hold(unit, identifier)
    profile = (await users.profiles(unit.session, [user.id])).get(user.id)
    if profile is None and user.slack_id:
        raise Locked(f"{user.email or user.slack_id} is known from Slack and stays as long as that account does.")
    require_unused(unit.actor, f"The user {user.email or user.id}", await _uses(unit, user))
    await unit.event("delete-user", user.id, before=described(user, profile))
    if profile is not None:
        await unit.session.delete(profile)
    if not user.slack_id:
        user.has_left, user.email = True, None


async def _uses(unit: Unit, user: User) -> Mapping[str, Sequence[Use]]:
    session, now = unit.session, unit.now
    forwards = await usages.has_forwarding(session, user.id, since=now)
    return {
        "teams": [Use(team.name, team.id) for team in await teams.of_user(session, user.id)],
        "rotations of": await usages.rosters_with(session, user.id, now=now),
        "overrides of": await usages.overrides_with(session, user.id, since=now),
        "escalations": [Use(each.name, each.team_id) for each in await usages.escalations_with(session, user.id)],
        "policies": await usages.policies_with(session, user.id),
        "forwarding rules of": [Use(user.email or user.id, None)] if forwards else [],
    }
