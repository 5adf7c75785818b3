"""Answering somebody who asked: through the response URL that came with the question, else by direct message."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from prometheus_client import Counter
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.cards.blocks import Card

log = structlog.get_logger(__name__)
ANSWERS = Counter("watchbill_answers", "Answers to people, by the way they went", ["way"])
PATIENCE_SECONDS = 5
PAUSES_SECONDS = (0.5, 2.0)
"""Before the second and the third try; or as long as Slack asks for, but then a direct message is sooner there."""
LONGEST_WAIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a response URL did not take an answer, and how many seconds until it may; None: it never will."""

    problem: str
    wait: float | None


class Answers:
    """Gives answers. A response URL is good for five answers in thirty minutes and fails without a word; we look."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._session: ClientSession | None = None

    async def give(self, card: Card, *, url: str, slack_id: str, replace: bool = False, public: bool = False) -> None:
        """Show the card: to the asker alone, or with `public` to the channel; in place of the message with `replace`.

        When the URL does not take it (none there, expired, used up, Slack refusing or silent), the asker gets it as a
        direct message; a failure of that too is logged with what should have been said.
        """
        said = {
            **card.payload,
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if url and await self._respond(url, said):
            ANSWERS.labels("response_url").inc()
            return
        try:
            await self._client.chat_postMessage(
                channel=slack_id, unfurl_links=False, unfurl_media=False, **card.payload
            )
        except (SlackApiError, ClientError, TimeoutError):
            ANSWERS.labels("nowhere").inc()
            log.exception("answer not delivered", person=slack_id, text=card.text)
            return
        ANSWERS.labels("direct_message").inc()

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def _respond(self, url: str, said: dict[str, Any]) -> bool:
        """Whether the URL took it, tried three times at most; the library repeats nothing but 429 here."""
        for pause in (*PAUSES_SECONDS, None):
            trouble = await self._trouble(url, said)
            if trouble is None:
                return True
            log.warning("response url did not take the answer", problem=trouble.problem)
            if pause is None or trouble.wait is None or trouble.wait > LONGEST_WAIT_SECONDS:
                break
            await asyncio.sleep(max(pause, trouble.wait))
        return False

    async def _trouble(self, url: str, said: dict[str, Any]) -> _Trouble | None:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE_SECONDS), trust_env=True)
        try:
            async with self._session.post(url, json=said) as answer:
                if answer.status == 200:
                    return None
                return _Trouble(f"HTTP {answer.status}: {(await answer.text())[:200]}", _wait_asked_for(answer))
        except (ClientError, TimeoutError) as error:
            return _Trouble(type(error).__name__, wait=0)


def _wait_asked_for(answer: ClientResponse) -> float | None:
    if answer.status == 429:
        seconds = answer.headers.get("Retry-After", "1")
        return float(seconds) if seconds.isdecimal() else 1.0
    return 0 if answer.status >= 500 else None


def retry_handlers() -> list[AsyncRetryHandler]:
    """How a call to Slack that only repeats itself is tried again: dropped connections, 429 with its wait, 5xx."""
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=2),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]
