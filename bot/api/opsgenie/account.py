"""The account, how often a key may ask, and what of Opsgenie's is answered shortly: maintenance, integrations."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.wire import Wire
from bot.errors import NotFound
from bot.queries import keys, users
from bot.queries.keys import ListedKey
from bot.vocabulary import Domain

NAME = "Watchbill"
NO_LIMIT = 2**31 - 1
API = "API"


class Plan(Wire):
    """What was paid for: nothing, and so there is no limit."""

    max_user_count: int = NO_LIMIT
    name: str = "Self-hosted"
    is_yearly: bool = False


class AccountReply(Wire):
    """The account."""

    name: str = NAME
    user_count: int
    plan: Plan = Plan()


class LimitReply(Wire):
    """That many requests in each period."""

    limit: int
    period_in_seconds: int


class DomainLimits(Wire):
    """How often a key may ask for things of a kind."""

    domain: Domain
    limits: tuple[LimitReply, ...]


class RequestLimits(Wire):
    """How often a key may ask for anything; a kind that is not named has no limit."""

    rate_limits: tuple[DomainLimits, ...]


class MaintenanceReply(Wire):
    """A time in which alerts are held back. There are none."""

    id: str


class IntegrationReply(Wire):
    """A key: that is what an integration of the type API comes to."""

    id: str
    name: str
    type: str = API
    enabled: bool = True
    team_id: str | None = None


async def _account(call: Call[Nothing, Nothing]) -> Reply:
    async with call.desk.reader() as reading:
        return Reply(AccountReply(user_count=await users.count(reading)))


async def _request_limits(call: Call[Nothing, Nothing]) -> Reply:
    limits = call.desk.settings.rate_limits
    return Reply(
        RequestLimits(
            rate_limits=tuple(
                DomainLimits(
                    domain=each.domain, limits=(LimitReply(limit=each.requests, period_in_seconds=each.seconds),)
                )
                for each in limits
            )
        )
    )


async def _no_maintenances(call: Call[Nothing, Nothing]) -> Reply:  # noqa: ARG001  whoever asks, there is none
    return Reply([])


async def _no_maintenance(call: Call[Nothing, Nothing]) -> Reply:
    raise NotFound(f"No maintenance exists with id [{call.parts['id']}].")


async def _integrations(call: Call[Nothing, Nothing]) -> Reply:
    return Reply([_as_integration(each) for each in await _within_reach(call)])


async def _integration(call: Call[Nothing, Nothing]) -> Reply:
    for each in await _within_reach(call):
        if each.id == call.parts["id"]:
            return Reply(_as_integration(each))
    raise NotFound(f"No integration exists with id [{call.parts['id']}].")


async def _authenticate(call: Call[Nothing, Nothing]) -> Reply:  # noqa: ARG001  the key is known, or we were not here
    return Reply(result="Authenticated")


async def _within_reach(call: Call[Nothing, Nothing]) -> list[ListedKey]:
    async with call.desk.reader() as reading:
        listed = await keys.listed(reading)
    return [each for each in listed if each.revoked_at is None and call.key.reaches(each.team_id)]


def _as_integration(key: ListedKey) -> IntegrationReply:
    return IntegrationReply(id=key.id, name=key.name, team_id=key.team_id)


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/account",
        summary="Get the account",
        handle=_account,
        query=Nothing,
        body=Nothing,
        data=AccountReply,
    ),
    Endpoint(
        method="GET",
        path="/v2/request-limits",
        summary="List how often a key may ask",
        handle=_request_limits,
        query=Nothing,
        body=Nothing,
        data=RequestLimits,
    ),
    Endpoint(
        method="GET",
        path="/v1/maintenance",
        summary="List maintenances",
        handle=_no_maintenances,
        query=Nothing,
        body=Nothing,
        data=list[MaintenanceReply],
    ),
    Endpoint(
        method="GET",
        path="/v1/maintenance/{id}",
        summary="Get a maintenance",
        handle=_no_maintenance,
        query=Nothing,
        body=Nothing,
        data=MaintenanceReply,
    ),
    Endpoint(
        method="GET",
        path="/v2/integrations",
        summary="List integrations",
        handle=_integrations,
        query=Nothing,
        body=Nothing,
        data=list[IntegrationReply],
    ),
    Endpoint(
        method="GET",
        path="/v2/integrations/{id}",
        summary="Get an integration",
        handle=_integration,
        query=Nothing,
        body=Nothing,
        data=IntegrationReply,
    ),
    Endpoint(
        method="POST",
        path="/v2/integrations/authenticate",
        summary="Test a key",
        handle=_authenticate,
        query=Nothing,
        body=Nothing,
        is_configuration=False,
    ),
)
