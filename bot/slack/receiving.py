"""The two ways in: signed requests over HTTP, checked here before Bolt sees them, and Socket Mode."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.queries.reading import Clock
from bot.slack.in_hand import InHand
from bot.slack.reaching import reached

PATH = "/slack/events"
MOST_DIGITS = 15  # of a timestamp; beyond it is nobody's clock
CERTIFICATE_CHECK = {"ssl_check": ["1"]}


def slack_handler(
    app: AsyncApp, *, signing_secret: str, clock: Clock
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler for `POST /slack/events`.

    401 and nothing done when the signature is wrong or missing, or the timestamp is missing, no number, or more than
    five minutes away from now. Slack's check of the certificate is not signed; it is answered and nothing is done.
    """
    verifier = SignatureVerifier(signing_secret, clock=_Seconds(clock))

    async def handle(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if _is_slacks(verifier, request, body):
            return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))
        if _checks_certificate(request, body):
            return web.Response()
        return web.json_response({"error": "invalid request"}, status=401)

    return handle


class SocketWayIn:
    """Socket Mode. What came in counts as in hand until its acknowledgement was sent; its id stands in every line."""

    def __init__(self, app: AsyncApp, app_token: str, in_hand: InHand) -> None:
        self._bolt = AsyncSocketModeHandler(app, app_token)
        self._socket = self._bolt.client
        self._socket.socket_mode_request_listeners[:] = [self._handle]
        self._in_hand = in_hand

    async def open(self) -> None:
        """Connect, as soon as Slack can be reached.

        Raises:
            Misconfigured: Slack refuses SLACK_APP_TOKEN; the library alone would try it for ever.
        """
        self._socket.wss_uri = await reached(self._socket.issue_new_wss_url, setting="SLACK_APP_TOKEN")
        await self._bolt.connect_async()

    async def is_open(self) -> bool:
        """Whether Slack can reach us at the moment."""
        return await self._socket.is_connected()

    async def close(self) -> None:
        """Disconnect for good."""
        await self._bolt.close_async()

    async def _handle(self, _client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._in_hand.held(), structlog.contextvars.bound_contextvars(request_id=request.envelope_id):
            await self._bolt.handle(self._socket, request)


def _is_slacks(verifier: SignatureVerifier, request: web.Request, body: bytes) -> bool:
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < MOST_DIGITS and signature.isascii()):
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return verifier.is_valid(body=body, timestamp=timestamp, signature=signature)


def _checks_certificate(request: web.Request, body: bytes) -> bool:
    if request.content_type != "application/x-www-form-urlencoded" or b"ssl_check" not in body:
        return False
    return parse_qs(body.decode(errors="replace")).items() >= CERTIFICATE_CHECK.items()


class _Seconds(SignatureClock):
    """The house's clock in the form in which the verifier asks for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock().timestamp()
