"""Whether it lives, whether it is ready, and its figures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client.aiohttp import make_aiohttp_handler

from bot.errors import Unavailable

PATIENCE_SECONDS = 2
"""Whoever asks whether we are ready wants to hear it soon."""
Check = Callable[[], Awaitable[None]]
"""Raises Unavailable when its part does not answer."""


def health_routes(checks: Mapping[str, Check]) -> list[web.RouteDef]:
    """`/healthz` answers while the process lives; `/readyz` asks every part and names those that do not answer."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_request: web.Request) -> web.Response:
        missing = {name: problem for name, check in checks.items() if (problem := await _problem(check))}
        if missing:
            return web.json_response({"status": "not ready", "missing": missing}, status=503)
        return web.json_response({"status": "ready"})

    return [
        web.get("/healthz", healthz),
        web.get("/readyz", readyz),
        web.get("/metrics", make_aiohttp_handler()),
    ]


async def _problem(check: Check) -> str:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await check()
    except Unavailable as error:
        return str(error)
    except TimeoutError:
        return f"No answer within {PATIENCE_SECONDS} seconds."
    return ""
