"""Reaching Slack at the start: waited for as long as it takes, given up only where waiting cannot help."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import Misconfigured
from bot.slack.refusals import problem_of

log = structlog.get_logger(__name__)
CANNOT_HEAL = frozenset(
    {
        "account_inactive",
        "forbidden_team",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
Answer = TypeVar("Answer")


async def reached(call: Callable[[], Awaitable[Answer]], *, setting: str) -> Answer:
    """What Slack answers to the call, which is made again, with growing waits, until it does.

    Raises:
        Misconfigured: Slack refuses the token in that setting.
    """
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            return await call()
        except SlackApiError as error:
            problem = problem_of(error)
            if problem in CANNOT_HEAL:
                raise Misconfigured(f"{setting} is refused by Slack: {problem}") from error
        except (ClientError, TimeoutError) as error:
            problem = type(error).__name__
        log.warning("Slack does not answer yet", problem=problem)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
