"""The two ways in: signed requests over HTTP, checked here before Bolt sees them, and Socket Mode."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.queries.reading import Clock
from bot.slack.answering import Answers
from bot.slack.cards.blocks import Card
from bot.slack.in_hand import InHand
from bot.slack.reaching import reached

log = structlog.get_logger(__name__)
PATH = "/slack/events"
MOST_DIGITS = 15  # of a timestamp; beyond it is nobody's clock
CERTIFICATE_CHECK = {"ssl_check": ["1"]}
COMMANDS = "slash_commands"
"""Socket Mode's type of an envelope that holds a command."""
NOTICED_WITHIN = 5
"""Seconds until the library sees that a connection was cut, and makes another; ten where it is not told. It gives Slack
half of that to answer a ping: with less, a slow moment of the network would look like a cut."""


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
    """Socket Mode. What came in counts as in hand until its acknowledgement was sent; its id stands in every line.

    Connections are refreshed by Slack and drop by themselves. Slack knows an acknowledgement only by the connection on
    which it waits for it: where that one is gone, what a command's acknowledgement was to say goes as an answer.
    """

    def __init__(self, app: AsyncApp, app_token: str, in_hand: InHand, answers: Answers) -> None:
        self._bolt = AsyncSocketModeHandler(app, app_token, ping_interval=NOTICED_WITHIN)
        self._socket = self._bolt.client
        self._socket.socket_mode_request_listeners[:] = [self._handle]
        self._in_hand = in_hand
        self._answers = answers

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
        came_by = self._socket.current_session
        with self._in_hand.held(), structlog.contextvars.bound_contextvars(request_id=request.envelope_id):
            response = await run_async_bolt_app(self._bolt.app, request)
            if response.status != HTTPStatus.OK:
                return
            said = _said(response)
            is_there = came_by is not None and came_by is self._socket.current_session and not came_by.closed
            if not is_there or not await self._acknowledged(request, said):
                await self._say_otherwise(request, said)

    async def _acknowledged(self, request: SocketModeRequest, said: dict[str, Any]) -> bool:
        try:
            await self._socket.send_socket_mode_response(SocketModeResponse(request.envelope_id, said or None))
        except ConnectionError:
            return False
        return True

    async def _say_otherwise(self, request: SocketModeRequest, said: dict[str, Any]) -> None:
        """What a command's acknowledgement says goes as an answer; that of other things shows nothing that could wait.

        An empty one is sent all the same: Slack may know the envelope on its new connection as well.
        """
        log.warning("connection gone before the acknowledgement", type=request.type)
        if request.type == COMMANDS and said.get("text"):
            card, asked = Card(said["text"], tuple(said.get("blocks", ()))), request.payload
            await self._answers.give(card, url=asked["response_url"], slack_id=asked["user_id"])
        await self._acknowledged(request, {})


def _said(response: BoltResponse) -> dict[str, Any]:
    """What an acknowledgement says; empty where it only acknowledges."""
    if not response.body:
        return {}
    is_json = response.first_headers().get("content-type", "").startswith("application/json")
    said: dict[str, Any] = json.loads(response.body) if is_json else {"text": response.body}
    return said


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
