"""How a change of one alert is asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from pydantic import BaseModel

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.alerts.identifying import ONE, ByAlert, route_of
from bot.vocabulary import Domain


def changing(
    method: str,
    end: str,
    summary: str,
    handle: Callable[[Call[Any, Any]], Awaitable[Reply]],
    *,
    query: type[BaseModel] = ByAlert,
    body: type[BaseModel] = Nothing,
    names: Mapping[str, str] | None = None,
) -> Endpoint[Any, Any]:
    """A request that is answered before anybody asks what became of it. `end` is what follows the alert in its path.

    `names` as in `Endpoint`.
    """
    path = f"{ONE}/{end}" if end else ONE
    return Endpoint(
        method=method,
        path=path,
        route=route_of(path),
        summary=summary,
        handle=handle,
        query=query,
        body=body,
        domain=Domain.ALERT,
        is_configuration=False,
        status=202,
        names=names or {},
    )
