"""Answering somebody who asked: through the response URL that came with the question, else by direct message."""

from __future__ import annotations

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from prometheus_client import Counter
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.cards.blocks import Card

log = structlog.get_logger(__name__)
ANSWERS = Counter("watchbill_answers", "Answers to people, by the way they went", ["way"])
PATIENCE_SECONDS = 10


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
        if url and await self._respond(card, url=url, replace=replace, public=public):
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

    async def _respond(self, card: Card, *, url: str, replace: bool, public: bool) -> bool:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE_SECONDS))
        webhook = AsyncWebhookClient(url, session=self._session, retry_handlers=retry_handlers())
        try:
            answer = await webhook.send_dict(
                {
                    **card.payload,
                    "response_type": "in_channel" if public else "ephemeral",
                    "replace_original": replace,
                    "unfurl_links": False,
                    "unfurl_media": False,
                }
            )
        except (ClientError, TimeoutError) as error:
            log.warning("response url silent", problem=str(error))
            return False
        if answer.status_code != 200:
            log.warning("response url refused", status=answer.status_code, body=answer.body)
            return False
        return True


def retry_handlers() -> list[AsyncRetryHandler]:
    """How a call to Slack that only repeats itself is tried again: dropped connections, 429 with its wait, 5xx."""
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=2),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]
