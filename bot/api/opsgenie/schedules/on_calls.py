"""Who is on call, by one schedule and by all, and who comes next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.schedules.asking import Asked, AskedOfOne
from bot.api.opsgenie.schedules.identifying import schedule_of
from bot.api.opsgenie.schedules.replies import BriefSchedule, as_brief
from bot.api.opsgenie.wire import Wire
from bot.engines.rotation import Duty, Participant, people_among
from bot.queries import duty
from bot.queries.duty import OnCall
from bot.queries.naming import Naming
from bot.vocabulary import Domain, ParticipantKind, StepNotifies


class NamedParticipant(Wire):
    """Somebody by id and name; the name of a user is their user name."""

    id: str
    name: str
    type: ParticipantKind


class OnCallParticipant(NamedParticipant):
    """Somebody on call. A team and an escalation hold those they stand for.

    Who is told by an escalation has `escalationTime`, in minutes, and `notifyType`.
    """

    on_call_participants: tuple[OnCallParticipant, ...] | None = None
    escalation_time: int | None = None
    notify_type: StepNotifies | None = None
    forwarded_from: NamedParticipant | None = None


class OnCallReply(Wire):
    """Who is on call by a schedule: objects, or with `flat` user names."""

    parent: BriefSchedule = Field(serialization_alias="_parent")
    on_call_participants: tuple[OnCallParticipant, ...] | None = None
    on_call_recipients: tuple[str, ...] | None = None


class NextOnCallReply(Wire):
    """Who comes next. Here recipients are objects, and participants, with `flat`, user names: clients count on it."""

    parent: BriefSchedule = Field(serialization_alias="_parent")
    next_on_call_recipients: tuple[OnCallParticipant, ...] | None = None
    exact_next_on_call_recipients: tuple[OnCallParticipant, ...] | None = None
    next_on_call_participants: tuple[str, ...] | None = None
    exact_next_on_call_participants: tuple[str, ...] | None = None


async def _one(call: Call[AskedOfOne, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        watched = await schedule_of(reading, call)
        found = await duty.on_call(reading, watched, at=call.query.date or reading.now)
    return Reply(_as_reply(found, flat=call.query.flat))


async def _all(call: Call[Asked, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        found = await duty.on_call_everywhere(reading, call.key, at=call.query.date or reading.now)
    return Reply([_as_reply(each, flat=call.query.flat) for each in found])


async def _next(call: Call[AskedOfOne, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        watched = await schedule_of(reading, call)
        found = await duty.next_on_call(reading, watched, at=call.query.date or reading.now)
    parent, naming = as_brief(watched.schedule), found.naming
    if call.query.flat:
        others, exact = _usernames(found.others, naming), _usernames(found.exact, naming)
        return Reply(
            NextOnCallReply(parent=parent, next_on_call_participants=others, exact_next_on_call_participants=exact)
        )
    return Reply(
        NextOnCallReply(
            parent=parent,
            next_on_call_recipients=_participants(found.others, naming, tell_forwarding=False),
            exact_next_on_call_recipients=_participants(found.exact, naming, tell_forwarding=False),
        )
    )


def _as_reply(found: OnCall, *, flat: bool) -> OnCallReply:
    parent = as_brief(found.watched.schedule)
    if flat:
        return OnCallReply(parent=parent, on_call_recipients=_usernames(found.duties, found.naming))
    return OnCallReply(
        parent=parent, on_call_participants=_participants(found.duties, found.naming, tell_forwarding=True)
    )


def _usernames(duties: Iterable[Duty], naming: Naming) -> tuple[str, ...]:
    names = (naming.of(Participant(ParticipantKind.USER, user)) for user in people_among(duties))
    return tuple(name for name in names if name is not None)


def _participants(duties: Iterable[Duty], naming: Naming, *, tell_forwarding: bool) -> tuple[OnCallParticipant, ...]:
    """Those of the duties that have a name; whatever is gone has none."""
    return tuple(
        _participant(each, name, naming, tell_forwarding=tell_forwarding)
        for each in duties
        if (name := naming.of(each.participant)) is not None
    )


def _participant(duty: Duty, name: str, naming: Naming, *, tell_forwarding: bool) -> OnCallParticipant:
    who = duty.participant
    stands_for_others = who.kind is not ParticipantKind.USER
    return OnCallParticipant(
        id=who.id or "",
        name=name,
        type=who.kind,
        on_call_participants=(
            _participants(duty.inside, naming, tell_forwarding=tell_forwarding) if stands_for_others else None
        ),
        escalation_time=duty.told.after_minutes if duty.told else None,
        notify_type=duty.told.notifies if duty.told else None,
        forwarded_from=_user(duty.forwarded_from, naming) if tell_forwarding else None,
    )


def _user(user_id: str | None, naming: Naming) -> NamedParticipant | None:
    name = naming.of(Participant(ParticipantKind.USER, user_id)) if user_id else None
    return NamedParticipant(id=user_id or "", name=name, type=ParticipantKind.USER) if name else None


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/schedules/on-calls",
        summary="Who is on call, by every schedule",
        handle=_all,
        query=Asked,
        body=Nothing,
        domain=Domain.ON_CALL,
        data=list[OnCallReply],
    ),
    Endpoint(
        method="GET",
        path="/v2/schedules/{identifier}/on-calls",
        summary="Who is on call, by one schedule",
        handle=_one,
        query=AskedOfOne,
        body=Nothing,
        domain=Domain.ON_CALL,
        data=OnCallReply,
    ),
    Endpoint(
        method="GET",
        path="/v2/schedules/{identifier}/next-on-calls",
        summary="Who comes next by a schedule",
        handle=_next,
        query=AskedOfOne,
        body=Nothing,
        domain=Domain.ON_CALL,
        data=NextOnCallReply,
    ),
)
