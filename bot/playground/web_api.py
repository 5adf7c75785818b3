"""The Web API over HTTP: reads a call, checks token, faults, limits and scopes, runs it, writes it down."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.playground import rules
from bot.playground.faults import DROP_ANSWER, NO_ANSWER, Fault
from bot.playground.methods import METHODS
from bot.playground.methods.call import Answer, Call, Method
from bot.playground.one_shots import Refusal
from bot.playground.records import ApiCall, ViolationKind
from bot.playground.workspace import Workspace


class WebApi:
    """The handler behind `{prefix}/api/{method}`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call the way Slack does: HTTP 200 and `ok`, save for rate limits and injected faults.

        A page of another origin is refused: Slack's API is not for browsers.
        """
        if request.headers.get("Origin") not in {None, str(request.url.origin())}:
            return web.json_response({"ok": False, "error": "a page of another origin may not call"}, status=403)
        name = request.match_info["method"]
        args = await _arguments(request)
        fault = self._workspace.faults.take(name, args)
        if fault is not None and (failed := await self._failed(request, name, args, fault)) is not None:
            return failed
        answer, retry_after = self._answered(name, args, request.headers.get("Authorization", ""))
        self._log(name, args, answer)
        if fault is not None and fault.kind == DROP_ANSWER:
            return _hang_up(request)
        if retry_after:
            return _limited(retry_after)
        scopes = ",".join(sorted(self._workspace.granted_scopes))
        return web.json_response(answer, headers={"x-oauth-scopes": scopes, "x-accepted-oauth-scopes": ""})

    async def _failed(
        self, request: web.Request, name: str, args: dict[str, Any], fault: Fault
    ) -> web.StreamResponse | None:
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.kind is None or fault.kind == DROP_ANSWER:
            return None
        if fault.kind == NO_ANSWER:
            self._log(name, args, {"ok": False, "error": NO_ANSWER})
            return _hang_up(request)
        if fault.kind == 429:
            self._log(name, args, {"ok": False, "error": "ratelimited"})
            return _limited(fault.retry_after)
        if isinstance(fault.kind, int):
            self._log(name, args, {"ok": False, "error": f"HTTP {fault.kind}"})
            return web.Response(status=fault.kind, text="an injected fault")
        answer: Answer = {"ok": False, "error": fault.kind}
        self._log(name, args, answer)
        return web.json_response(answer)

    def _answered(self, name: str, args: dict[str, Any], authorization: str) -> tuple[Answer, int]:
        """The JSON answer and, when the call came too often, the seconds to wait."""
        found = METHODS.get(name)
        if found is None:
            self._workspace.violate(ViolationKind.UNKNOWN_METHOD, name)
            return {"ok": False, "error": "unknown_method", "req_method": name}, 0
        try:
            self._check_token(found, args, authorization)
            if wait := self._wait(found, args):
                return {"ok": False, "error": "ratelimited"}, wait
            self._check_scopes(found, args)
            self._check_fields(found, args)
            return {"ok": True, **found.run(Call(self._workspace, args))}, 0
        except Refusal as refusal:
            return {"ok": False, "error": refusal.error, **refusal.extra}, 0

    def _check_token(self, found: Method, args: dict[str, Any], authorization: str) -> None:
        if found.name in rules.TOKENLESS:
            return
        app = self._workspace.app
        in_header = authorization.removeprefix("Bearer ").strip()
        token = in_header or str(args.get("token") or "")
        if not token:
            self._workspace.violate(ViolationKind.BAD_TOKEN, f"{found.name} without a token")
            raise Refusal("not_authed")
        for_sockets = found.name == "apps.connections.open"
        if token not in {app.bot_token, app.app_token}:
            self._workspace.violate(ViolationKind.BAD_TOKEN, f"{found.name} with an unknown token")
            raise Refusal("invalid_auth")
        if for_sockets and not in_header:
            raise Refusal("not_authed")
        if (token == app.app_token) is not for_sockets:
            self._workspace.violate(ViolationKind.BAD_TOKEN, f"{found.name} with the wrong kind of token")
            raise Refusal("not_allowed_token_type")

    def _wait(self, found: Method, args: dict[str, Any]) -> int:
        limit = rules.calls_per_minute(found.name)
        channel = str(args.get("channel") or "")
        return self._workspace.rate_limits.seconds_to_wait(found.name, per_minute=limit, channel=channel)

    def _check_scopes(self, found: Method, args: dict[str, Any]) -> None:
        workspace = self._workspace
        for sufficient in rules.scope_sets(found.name, args, workspace.channels):
            granted = [scope for scope in sufficient if scope in workspace.granted_scopes]
            if not granted:
                workspace.violate(ViolationKind.MISSING_SCOPE, f"{found.name} needs {' or '.join(sufficient)}")
                provided = ",".join(sorted(workspace.granted_scopes))
                raise Refusal("missing_scope", needed=",".join(sufficient), provided=provided)
            workspace.used_scopes.add(granted[0])
        workspace.used_methods.add(found.name)

    def _check_fields(self, found: Method, args: dict[str, Any]) -> None:
        if unknown := sorted(set(args) - found.fields):
            self._workspace.violate(ViolationKind.UNKNOWN_FIELD, f"{found.name}: {', '.join(unknown)}")

    def _log(self, name: str, args: dict[str, Any], answer: Answer) -> None:
        shown = {key: value for key, value in args.items() if key != "token"}
        self._workspace.calls.append(ApiCall(name, shown, answer, self._workspace.clock.time()))


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Query, form or JSON, whichever the call came with. No token is taken from the query: addresses are logged."""
    args: dict[str, Any] = {name: value for name, value in request.query.items() if name != "token"}
    if request.content_type == "application/json":
        body = await request.text()
        try:
            given = json.loads(body) if body else {}
        except ValueError:
            given = {}
        return args | (given if isinstance(given, dict) else {})
    return args | dict(await request.post())


def _limited(retry_after: int) -> web.Response:
    return web.json_response(
        {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(retry_after)}
    )


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
