"""Forwarding rules: create, list, get, replace and delete, and those of one user. They hold in every schedule."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.references import UserReference
from bot.api.opsgenie.users.reading import user_of
from bot.api.opsgenie.users.replies import BriefUser
from bot.api.opsgenie.wire import Given, Instant, Sent, Wire
from bot.errors import NotAllowed, NotFound
from bot.queries import forwardings
from bot.queries.actors import KeyHolder
from bot.queries.forwardings import ForwardingView
from bot.queries.naming import username
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.usecases.forwardings.asked import AskedForwarding, Called
from bot.usecases.forwardings.create import create
from bot.usecases.forwardings.remove import remove
from bot.usecases.forwardings.replace import replace

_PATH = "/v2/forwarding-rules"


class RuleIdentifierType(StrEnum):
    """What the part of a path is: rules have no names."""

    ID = "id"
    ALIAS = "alias"


class ByRule(Sent):
    """The query of a request about one rule."""

    identifier_type: RuleIdentifierType = RuleIdentifierType.ID


class ForwardingRequest(Sent):
    """Whose duty passes to whom, and when."""

    from_user: UserReference
    to_user: UserReference
    start_date: Instant
    end_date: Instant

    def asked(self, alias: str | None = None) -> AskedForwarding:
        """What is asked for, under this alias."""
        return AskedForwarding(self.from_user.ref, self.to_user.ref, self.start_date, self.end_date, alias)


class NewForwardingRequest(ForwardingRequest):
    """The same; without an alias one is made up."""

    alias: Given = None


class ForwardingMade(Wire):
    """What is answered of a rule that was made or replaced."""

    id: str
    alias: str


class ForwardingReply(ForwardingMade):
    """A rule."""

    from_user: BriefUser
    to_user: BriefUser
    start_date: Instant
    end_date: Instant


async def _create(call: Call[Nothing, NewForwardingRequest]) -> Reply:
    async with call.desk.units.begin(call.key) as unit:
        made = await create(unit, call.body.asked(call.body.alias))
    return Reply(_as_made(made), status=201)


async def _list(call: Call[Nothing, Nothing]) -> Reply:
    _require_account(call.key)
    async with call.desk.reader() as reading:
        return Reply([_as_reply(each) for each in await forwardings.listed(reading)])


async def _of_user(call: Call[Nothing, Nothing]) -> Reply:
    _require_account(call.key)
    async with call.desk.reader() as reading:
        user = await user_of(reading, call)
        return Reply([_as_reply(each) for each in await forwardings.of_user(reading, user.id)])


async def _get(call: Call[ByRule, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        return Reply(_as_reply(await _rule_of(reading, call)))


async def _replace(call: Call[ByRule, ForwardingRequest]) -> Reply:
    async with call.desk.reader() as reading:
        rule = await _rule_of(reading, call)
    async with call.desk.units.begin(call.key) as unit:
        made = await replace(unit, rule.id, call.body.asked())
    return Reply(_as_made(made))


async def _delete(call: Call[ByRule, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        rule = await _rule_of(reading, call)
    async with call.desk.units.begin(call.key) as unit:
        await remove(unit, rule.id)
    return Reply(result="Deleted")


async def _rule_of(reading: Reading, call: Call[ByRule, Any]) -> ForwardingView:
    """The rule that the path names.

    Raises:
        NotAllowed: the key acts for one team alone.
        NotFound: there is none.
    """
    _require_account(call.key)
    identifier, kind = call.parts["identifier"], call.query.identifier_type
    by = forwardings.by_alias if kind is RuleIdentifierType.ALIAS else forwardings.by_id
    found = await by(reading, identifier)
    if found is None:
        raise NotFound(f"No forwarding rule exists with {kind} [{identifier}].")
    return found


def _require_account(key: KeyHolder) -> None:
    """Forwarding is nobody's team's: a key that acts for a team alone neither sees nor changes it."""
    if key.team_id is not None:
        raise NotAllowed(f"The key “{key.name}” acts for one team alone, and forwarding rules hold in every schedule.")


def _as_made(made: Called) -> ForwardingMade:
    return ForwardingMade(id=made.id, alias=made.alias)


def _as_reply(rule: ForwardingView) -> ForwardingReply:
    return ForwardingReply(
        id=rule.id,
        alias=rule.alias,
        from_user=_as_user(rule.from_user),
        to_user=_as_user(rule.to_user),
        start_date=rule.start,
        end_date=rule.end,
    )


def _as_user(person: Person) -> BriefUser:
    return BriefUser(id=person.id, username=username(person))


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="POST",
        path=_PATH,
        summary="Create a forwarding rule",
        handle=_create,
        query=Nothing,
        body=NewForwardingRequest,
        status=201,
        data=ForwardingMade,
    ),
    Endpoint(
        method="GET",
        path=_PATH,
        summary="List forwarding rules",
        handle=_list,
        query=Nothing,
        body=Nothing,
        data=list[ForwardingReply],
    ),
    Endpoint(
        method="GET",
        path="/v2/users/{identifier}/forwarding-rules",
        summary="List the forwarding rules of a user",
        handle=_of_user,
        query=Nothing,
        body=Nothing,
        data=list[ForwardingReply],
    ),
    Endpoint(
        method="GET",
        path=f"{_PATH}/{{identifier}}",
        summary="Get a forwarding rule",
        handle=_get,
        query=ByRule,
        body=Nothing,
        data=ForwardingReply,
    ),
    Endpoint(
        method="PUT",
        path=f"{_PATH}/{{identifier}}",
        summary="Replace a forwarding rule",
        handle=_replace,
        query=ByRule,
        body=ForwardingRequest,
        data=ForwardingMade,
    ),
    Endpoint(
        method="DELETE",
        path=f"{_PATH}/{{identifier}}",
        summary="Delete a forwarding rule",
        handle=_delete,
        query=ByRule,
        body=Nothing,
    ),
)
