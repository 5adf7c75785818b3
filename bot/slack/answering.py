"""Answering somebody who asked: through the response URL that came with the question, else by direct message."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

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

from bot.errors import Unavailable
from bot.slack.cards.blocks import Card
from bot.slack.pictures import in_words, shows_file
from bot.slack.refusals import TOO_MANY, problem_of, retry_after
from bot.slack.sending import LOOK_AGAIN, metadata_of
from bot.usecases.deliveries.put_off import put_off
from bot.usecases.unit import Units

log = structlog.get_logger(__name__)
ANSWERS = Counter("watchbill_answers", "Answers to people, by the way they went", ["way"])
PATIENCE_SECONDS = 5
PAUSES_SECONDS = (0.5, 2.0)
"""Before the second and the third try; or as long as Slack asks for, but then a direct message is sooner there."""
LONGEST_WAIT_SECONDS = 10
NOT_LOOKED_THROUGH = "invalid_blocks"
"""What Slack answers to a message that shows an uploaded picture which it has not looked through."""
LOOKS_FOR_SECONDS = 1.0
"""About how long it takes for that."""


@dataclass(frozen=True, slots=True)
class SpokenIn:
    """A channel, by its id, in which the bot was spoken to, and the thread there; `is_direct`: nobody else reads it."""

    channel: str
    thread_ts: str | None = None
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a response URL did not take an answer, and how many seconds until it may; None: it never will.

    `is_of_picture`: it may be the picture alone.
    """

    problem: str
    wait: float | None
    is_of_picture: bool = False


class _PictureRefused(Exception):
    """Slack takes no message with this picture."""


class Answers:
    """Gives answers. A response URL is good for five answers in thirty minutes and fails without a word; we look.

    `client` repeats nothing by itself: an answer could come twice.
    """

    def __init__(self, client: AsyncWebClient, units: Units) -> None:
        self._client = client
        self._units = units
        self._session: ClientSession | None = None

    async def give(
        self,
        card: Card,
        *,
        url: str,
        slack_id: str,
        replace: bool = False,
        public: bool = False,
        spoken: SpokenIn | None = None,
    ) -> bool:
        """Show the card: to the asker alone, or with `public` to the channel; in place of the message with `replace`.

        `spoken` is where it was asked in words, which bring no URL: the answer is posted there. When neither takes it
        (none there, expired, used up, Slack refusing or silent), the asker gets it as a direct message: at once, or
        where that fails too as soon as Slack takes it. Only where the database fails then is it lost, and logged.
        A picture that Slack has not looked through yet is waited for, and then said in words. Answers whether it went
        where it was to go.
        """
        try:
            return await self._given(card, url, slack_id, replace=replace, public=public, spoken=spoken)
        except _PictureRefused:
            plainly = Card(card.text, tuple(in_words(card.blocks)))
            return await self._given(plainly, url, slack_id, replace=replace, public=public, spoken=spoken)

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def _given(
        self, card: Card, url: str, slack_id: str, *, replace: bool, public: bool, spoken: SpokenIn | None
    ) -> bool:
        said = {
            **card.payload,
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if url and await self._respond(url, said):
            ANSWERS.labels("response_url").inc()
            return True
        is_direct = spoken is not None and spoken.is_direct
        if spoken and not is_direct and await self._posted(card, spoken, slack_id):
            ANSWERS.labels("posted").inc()
            return True
        said_in = {"thread_ts": spoken.thread_ts} if spoken and is_direct else {}
        return await self._told(slack_id, {**card.payload, **said_in}) and is_direct

    async def _posted(self, card: Card, spoken: SpokenIn, slack_id: str) -> bool:
        """Whether Slack took it where it was asked, for the asker's eyes only. Such a message cannot be read back:
        where Slack took it and its answer is lost, the asker is told twice rather than not at all.
        """
        try:
            asked_in = {"channel": spoken.channel, "thread_ts": spoken.thread_ts, "user": slack_id}
            await _once_looked_through(self._client.chat_postEphemeral, {**asked_in, **card.payload})
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("answer not posted where it was asked", channel=spoken.channel, problem=str(error))
            return False
        return True

    async def _told(self, slack_id: str, content: dict[str, Any]) -> bool:
        """Whether Slack took it as a direct message; else it is looked for there, and told once Slack takes it."""
        delivery_id = str(uuid4())
        try:
            way = {"channel": slack_id, "metadata": metadata_of(delivery_id), "unfurl_links": False}
            await _once_looked_through(self._client.chat_postMessage, {**way, "unfurl_media": False, **content})
        except (SlackApiError, ClientError, TimeoutError) as error:
            await self._put_off(slack_id, delivery_id, content, error)
            return False
        ANSWERS.labels("direct_message").inc()
        return True

    async def _put_off(self, slack_id: str, delivery_id: str, content: dict[str, Any], error: Exception) -> None:
        problem = problem_of(error) if isinstance(error, SlackApiError) else type(error).__name__
        wait = max(_wait_of(error), LOOK_AGAIN)
        log.warning("answer put off", person=slack_id, problem=problem)
        try:
            async with self._units.begin(None) as unit:
                await put_off(unit, delivery_id, slack_id, content=content, wait=wait, why=problem)
        except Unavailable:
            ANSWERS.labels("nowhere").inc()
            log.exception("answer not delivered", person=slack_id, text=content["text"])
            return
        ANSWERS.labels("later").inc()

    async def _respond(self, url: str, said: dict[str, Any]) -> bool:
        """Whether the URL took it, tried three times at most; the library repeats nothing but 429 here."""
        for pause in (*PAUSES_SECONDS, None):
            trouble = await self._trouble(url, said)
            if trouble is None:
                return True
            log.warning("response url did not take the answer", problem=trouble.problem)
            if pause is None or trouble.wait is None or trouble.wait > LONGEST_WAIT_SECONDS:
                if trouble.is_of_picture:
                    raise _PictureRefused
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
                problem = (await answer.text())[:200]
                is_of_picture = NOT_LOOKED_THROUGH in problem and shows_file(said.get("blocks", ()))
                wait = LOOKS_FOR_SECONDS if is_of_picture else _wait_asked_for(answer)
                return _Trouble(f"HTTP {answer.status}: {problem}", wait, is_of_picture)
        except (ClientError, TimeoutError) as error:
            return _Trouble(type(error).__name__, wait=0)


async def _once_looked_through(send: Callable[..., Awaitable[object]], content: dict[str, Any]) -> None:
    """Send it, again where it may be too soon for the picture that it shows.

    Raises:
        _PictureRefused: it was refused each time.
    """
    for _ in PAUSES_SECONDS:
        try:
            await send(**content)
        except SlackApiError as error:
            if problem_of(error) != NOT_LOOKED_THROUGH or not shows_file(content.get("blocks", ())):
                raise
            await asyncio.sleep(LOOKS_FOR_SECONDS)
        else:
            return
    raise _PictureRefused


def _wait_of(error: Exception) -> timedelta:
    """As long as Slack asks to be left alone."""
    is_limit = isinstance(error, SlackApiError) and problem_of(error) in TOO_MANY
    return retry_after(error) if isinstance(error, SlackApiError) and is_limit else timedelta(0)


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
