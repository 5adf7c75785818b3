"""Who is in a team: programs put people in, take them out, and say what they are in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import NotFound
from bot.usecases.fields import Faults
from bot.usecases.references import Ref, missing, people_named
from bot.usecases.staying import staying
from bot.usecases.teams.held import hold
from bot.usecases.teams.wanted import WantedMember
from bot.usecases.unit import Unit
from bot.vocabulary import ParticipantKind, TeamRole
from storage import teams, users
from storage.models import Membership, Team, User


@dataclass(frozen=True, slots=True)
class GoodMember:
    """Somebody who can be in a team; `title` is the name of one of its own roles."""

    user: User
    role: TeamRole
    title: str | None


async def looked_at(
    unit: Unit, wanted: Sequence[WantedMember], own_roles: Sequence[str], faults: Faults, *, there: Iterable[str] = ()
) -> list[GoodMember]:
    """The members wanted, everything wrong with them noted under `members.0.user` and `members.0.role`.

    Those `there` already, by their ids, may stay, also who has left since.
    """
    known = await people_named(unit, [member.user for member in wanted])
    before = await staying(unit.reading, {(ParticipantKind.USER.value, user_id) for user_id in there})
    rows = {row.id: row for row in await users.by_ids(unit.session, [user_id for _, user_id in before.names])}
    good: list[GoodMember] = []
    seen: set[str] = set()
    for place, member in enumerate(wanted):
        user = known.of(member.user) or rows.get(before.of(ParticipantKind.USER, member.user) or "")
        role, title = _role(member.role, own_roles)
        if role is None:
            faults.add(f"members.{place}.role", _no_role(member.role))
        if user is None:
            faults.add(f"members.{place}.user", missing("user", member.user))
        elif user.id in seen:
            faults.add(f"members.{place}.user", f"{user.email or user.name} is named twice.")
        elif role is not None:
            good.append(GoodMember(user, role, title))
        seen |= {user.id} if user else set()
    return good


async def put_in(unit: Unit, team: Team, members: Sequence[GoodMember]) -> None:
    """Make the members of a team these, and no others."""
    there = {row.user_id: row for row in await teams.memberships(unit.session, team.id)}
    for member in members:
        _write(unit, team, there.pop(member.user.id, None), member)
    for row in there.values():
        await unit.session.delete(row)
    await unit.session.flush()


async def join(unit: Unit, ref: Ref, wanted: WantedMember) -> Team:
    """Put somebody into a team, or say what else they are in it; answers the team.

    Raises:
        NotFound: there is no such team.
        NotAllowed: the key acts for another team.
        BadFields: there is no such person, or no such role; fields `user` and `role`.
    """
    team = await hold(unit, ref)
    faults = Faults()
    user = (await people_named(unit, [wanted.user])).of(wanted.user)
    role, title = _role(wanted.role, [row.name for row in await teams.own_roles(unit.session, team.id)])
    faults.add("user", None if user else missing("user", wanted.user))
    faults.add("role", None if role else _no_role(wanted.role))
    faults.refuse()
    assert user is not None  # noqa: S101  else refused
    assert role is not None  # noqa: S101  else refused
    member = GoodMember(user, role, title)
    _write(unit, team, await teams.membership(unit.session, team.id, user.id), member)
    await unit.event("join-team", team.id, after=_described(member))
    return team


async def leave(unit: Unit, ref: Ref, identifier: str) -> Team:
    """Take somebody out of a team; answers the team.

    Raises:
        NotFound: there is no such team, or that person is not in it.
        NotAllowed: the key acts for another team.
    """
    team = await hold(unit, ref)
    user = await _person(unit, identifier)
    row = await teams.membership(unit.session, team.id, user.id) if user else None
    if user is None or row is None:
        raise NotFound(f"No member of the team {team.name} is called [{identifier}].")
    await unit.session.delete(row)
    await unit.event(
        "leave-team", team.id, before={"user_id": user.id, "name": user.name, "role": row.title or row.role}
    )
    return team


def described(members: Sequence[GoodMember]) -> list[dict[str, Any]]:
    """The members of a team, for the log."""
    return [_described(member) for member in members]


async def _person(unit: Unit, identifier: str) -> User | None:
    found = await people_named(unit, [Ref(id=identifier), Ref(name=identifier)])
    return found.of(Ref(id=identifier)) or found.of(Ref(name=identifier))


def _write(unit: Unit, team: Team, row: Membership | None, member: GoodMember) -> None:
    if row is None:
        row = Membership(team_id=team.id, user_id=member.user.id)
        unit.session.add(row)
    row.role, row.title = member.role, member.title


def _described(member: GoodMember) -> dict[str, Any]:
    return {"user_id": member.user.id, "name": member.user.name, "role": member.title or member.role.value}


def _role(name: str, own_roles: Sequence[str]) -> tuple[TeamRole | None, str | None]:
    """What that role counts as, and its name where it is one of the team's own."""
    if name in own_roles:
        return TeamRole.USER, name
    return next((role for role in TeamRole if role.value == name.strip().lower()), None), None


def _no_role(name: str) -> str:
    return f"There is no role [{name}] in this team: write user, admin, or the name of one of its own."
