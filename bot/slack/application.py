"""Bolt's app with every listener on it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.listener.async_listener_completion_handler import AsyncCustomListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncCustomListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import actions, commands, events, forms, shortcuts
from bot.slack.desk import Desk
from bot.slack.in_hand import InHand
from bot.slack.installation import Installation
from bot.slack.translation import explain

BOLTS_OWN_SETTINGS = ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_VERIFICATION_TOKEN")


def bolt_app(desk: Desk, in_hand: InHand, installation: Installation) -> AsyncApp:
    """The app over the desk; every listener counts as in hand until it has ended.

    Requests are verified before they come here (receiving.py), and only once the installation is known.
    """

    async def authorize() -> AuthorizeResult:
        """Bolt by itself asks Slack at the first request, which is lost when Slack does not answer."""
        assert installation.authorization is not None, "served before it is known where we are"  # noqa: S101  wiring's
        return installation.authorization

    with _environment_unread():
        app = AsyncApp(
            name="watchbill",  # without one Bolt looks through every module for its caller, at every start
            client=AsyncWebClient(base_url=desk.client.base_url),  # Bolt warns of a token beside `authorize`
            authorize=authorize,
            signing_secret="verified by receiving.py",  # noqa: S106  Bolt wants one even where it does not verify
            request_verification_enabled=False,
            raise_error_for_unhandled_request=True,
            logger=logging.getLogger("bolt"),
        )
    _count(app, in_hand)
    for room in (commands, shortcuts, forms, events, actions):
        room.register(app, desk)

    @app.error
    async def explained(
        error: Exception, request: AsyncBoltRequest, response: BoltResponse | None
    ) -> BoltResponse | None:
        """The last resort: nobody is left without an answer, whatever was not foreseen."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200, body="")
        card = explain(error)
        said = _acknowledgement(request.body, card.text) if response is not None else ""
        user = _user(request.body)
        if user and not said:
            await desk.answers.give(card, url=request.body.get("response_url") or "", slack_id=user)
        return BoltResponse(status=200, body=said) if response is not None else None

    return app


@contextmanager
def _environment_unread() -> Iterator[None]:
    """Bolt has settings of its own: where it finds a client id it turns to OAuth and drops the token it was given."""
    hidden = {name: os.environ.pop(name) for name in BOLTS_OWN_SETTINGS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _count(app: AsyncApp, in_hand: InHand) -> None:
    async def begun() -> None:
        in_hand.begin()

    async def ended() -> None:
        in_hand.end()

    runner = app.listener_runner
    runner.listener_start_handler = AsyncCustomListenerStartHandler(app.logger, begun)
    runner.listener_completion_handler = AsyncCustomListenerCompletionHandler(app.logger, ended)


def _acknowledgement(body: dict[str, Any], text: str) -> dict[str, Any] | str:
    """The sentence in the form in which this kind of request can show it, keeping an open form open; else empty."""
    match body.get("type"):
        case "view_submission":
            inputs = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
            return {"response_action": "errors", "errors": {inputs[0]: text}} if inputs else ""
        case None if "command" in body:
            return {"response_type": "ephemeral", "text": text}
        case _:
            return ""


def _user(body: dict[str, Any]) -> str:
    user = body.get("user_id") or body.get("user") or {}
    return user if isinstance(user, str) else str(user.get("id", ""))
