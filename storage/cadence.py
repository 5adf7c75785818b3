"""What decides when people hear of postmortems, besides these and their reviewers; gathered at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, DateTime, Select, bindparam, cast, literal, null, select, union_all
from sqlmodel import String, col, func, or_
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import TeamRole
from storage.actions import OPEN
from storage.models import ActionItem, Membership, Snooze, User
from storage.users import PRESENT

_NO_ID, _NO_DAY, _NO_TIME = literal(""), cast(null(), Date), cast(null(), DateTime(timezone=True))


class _Said(StrEnum):
    """What a row of the answer says."""

    ADMIN = "admin"
    LEAD = "lead"
    OWED = "owed"
    SNOOZE = "snooze"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class OwedAction:
    """An open action that somebody owes by a day."""

    id: str
    postmortem_id: str
    owner_id: str
    due_on: date


@dataclass(slots=True)
class Gathered:
    """Who administers the workspace, who leads which team, what is owed, the newest first, and who is left in peace.

    Of those who have left nobody is an admin or a lead. `snoozes` are a postmortem's id, whose peace, and until when;
    `commonest_timezone` is where most people live, None while nobody's zone is known.
    """

    admins: list[str] = field(default_factory=list)
    leads: dict[str, list[str]] = field(default_factory=dict)
    owed: list[OwedAction] = field(default_factory=list)
    snoozes: list[tuple[str, str, date]] = field(default_factory=list)
    commonest_timezone: str | None = None


async def gathered(
    session: AsyncSession, postmortem_ids: Iterable[str], *, team_ids: Iterable[str], named_admins: Iterable[str]
) -> Gathered:
    """All of that for these postmortems and teams, in one statement; admins are Slack's and those named.

    What the caller has changed is written down already: nothing is flushed here.
    """
    names = set(named_admins)
    wanted = {
        "postmortems": list(postmortem_ids),
        "teams": list(set(team_ids)),
        "emails": list(names),
        "slack_ids": [name.upper() for name in names],  # Slack writes them so: as they are, an index finds them
    }
    beside = Gathered()
    found = await (await session.connection()).execute(_EVERYTHING, wanted)
    for said, id_, of, who, day in found.all():
        match _Said(said):
            case _Said.ADMIN:
                beside.admins.append(who)
            case _Said.LEAD:
                beside.leads.setdefault(of, []).append(who)
            case _Said.OWED:
                beside.owed.append(OwedAction(id_, of, who, day))
            case _Said.SNOOZE:
                beside.snoozes.append((of, who, day))
            case _Said.ZONE:
                beside.commonest_timezone = who
    return beside


def _part(
    said: _Said, *, who: Any, of: Any = _NO_ID, id_: Any = _NO_ID, day: Any = _NO_DAY, at: Any = _NO_TIME
) -> Select[Any]:
    """The rows of one kind, in the columns that all of them share."""
    columns = {"said": literal(said.value), "id": id_, "of": of, "who": who, "day": day, "at": at}
    return select(*(each.label(name) for name, each in columns.items()))


def _several(name: str) -> Any:
    return bindparam(name, expanding=True, type_=String)


def _everything() -> Select[Any]:
    """Built once: it takes longer than to ask it."""
    is_admin = or_(
        col(User.is_workspace_admin),
        col(User.slack_id).in_(_several("slack_ids")),
        col(User.email).in_(_several("emails")),
    )
    leads = _part(_Said.LEAD, of=col(Membership.team_id), who=col(Membership.user_id))
    leads = leads.join(User, col(User.id) == Membership.user_id).where(
        col(Membership.team_id).in_(_several("teams")),
        col(Membership.role) == TeamRole.ADMIN,
        col(User.has_left).is_(False),
    )
    owed = _part(
        _Said.OWED,
        id_=col(ActionItem.id),
        of=col(ActionItem.postmortem_id),
        who=col(ActionItem.owner_id),
        day=col(ActionItem.due_on),
        at=col(ActionItem.created_at),
    ).where(
        col(ActionItem.postmortem_id).in_(_several("postmortems")),
        OPEN,
        col(ActionItem.owner_id).is_not(None),
        col(ActionItem.due_on).is_not(None),
    )
    snoozes = _part(_Said.SNOOZE, of=col(Snooze.postmortem_id), who=col(Snooze.user_id), day=col(Snooze.until))
    commonest = (
        select(col(User.timezone).label("zone"))
        .where(col(User.timezone).is_not(None), PRESENT)
        .group_by(col(User.timezone))
        .order_by(func.count().desc(), col(User.timezone))
        .limit(1)
        .subquery()
    )
    everything = union_all(
        _part(_Said.ADMIN, who=col(User.id)).where(is_admin, PRESENT),
        leads,
        owed,
        snoozes.where(col(Snooze.postmortem_id).in_(_several("postmortems"))),
        _part(_Said.ZONE, who=commonest.c.zone),
    ).subquery()
    columns = everything.c
    ordered = select(columns.said, columns.id, columns.of, columns.who, columns.day)
    return ordered.order_by(columns.said, columns.at.desc(), columns.id, columns.who)


_EVERYTHING = _everything()
