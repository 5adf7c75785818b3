"""HTTP mode: signed requests to the bot's one request URL."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.playground.delivery.acks import ACK_SECONDS, Ack, Envelope, Outcome, Retry


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`X-Slack-Signature` for a raw body: HMAC-SHA256 over `v0:{timestamp}:{body}`."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class HttpCarrier:
    """Posts to `url`, which may be set or changed at any time; until it is, nothing can be sent."""

    def __init__(
        self, url: str | None, *, secret: str, signed_at: Callable[[], float], limit: float = ACK_SECONDS
    ) -> None:
        self.url = url
        self._secret = secret
        self._signed_at = signed_at
        self._limit = limit
        self._session: aiohttp.ClientSession | None = None

    @property
    def attached(self) -> bool:
        """True once there is a URL."""
        return self.url is not None

    async def carry(self, envelope: Envelope, payload: dict[str, Any], *, retry: Retry | None = None) -> Ack:
        """Post it and read the answer within the limit, on a monotonic clock."""
        if self.url is None:
            return Ack(outcome=Outcome.NOT_SENT)
        body, content_type = _encoded(envelope, payload)
        timestamp = str(int(self._signed_at()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        try:
            async with asyncio.timeout(self._limit):
                return await self._post(self.url, body, headers)
        except TimeoutError:
            return Ack(outcome=Outcome.TIMEOUT)
        except aiohttp.ClientError:
            return Ack(outcome=Outcome.NOT_SENT)

    async def close(self) -> None:
        """Close the connections to the bot."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> Ack:
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=False)
        async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as response:
            return Ack(
                outcome=_outcome(response.status, is_event="json" in headers["Content-Type"]),
                status=response.status,
                body=_read(await response.text(), response.content_type),
                no_retry=response.headers.get("X-Slack-No-Retry") == "1",
            )


def _encoded(envelope: Envelope, payload: dict[str, Any]) -> tuple[bytes, str]:
    if envelope is Envelope.EVENT:
        return json.dumps(payload).encode(), "application/json"
    fields = payload if envelope is Envelope.COMMAND else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _outcome(status: int, *, is_event: bool) -> Outcome:
    if status == 200 or (is_event and 200 <= status < 300):
        return Outcome.OK
    if 400 <= status < 500:
        return Outcome.CLIENT_ERROR
    return Outcome.SERVER_ERROR if status >= 500 else Outcome.NOT_SENT


def _read(text: str, content_type: str) -> Any:
    if not text:
        return None
    if content_type == "application/json" or text.startswith("{"):
        try:
            return json.loads(text) or None
        except ValueError:
            return text
    return text
