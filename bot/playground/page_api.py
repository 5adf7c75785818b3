"""The page's own API: JSON in, JSON out, and a stream of what appears. Everything a click does goes through hands."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.playground import opening, page_values
from bot.playground.hands import Hands, NotOnScreen
from bot.playground.messages import Message
from bot.playground.rich_text_markdown import markdown, rich_text
from bot.playground.screens import Appearance, Kind
from bot.playground.views import View
from bot.playground.workspace import Workspace

STATIC = Path(__file__).parent / "page" / "static"
KEEP_ALIVE_SECONDS = 15.0
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

Body = dict[str, Any]
Act = Callable[[Body], Awaitable[Body]]


class PageApi:
    """The handlers behind `{prefix}/` and `{prefix}/page/`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._streams: set[asyncio.Task[Any]] = set()

    def mount(self, app: web.Application) -> None:
        """Add the page, its files and its API to an application."""
        app.router.add_get("", _to_the_index)
        app.router.add_get("/", self._index)
        if STATIC.is_dir():
            app.router.add_static("/static", STATIC)
        questions: dict[str, Act] = {"bootstrap": self._bootstrap, "messages": self._messages, "home": self._home}
        for name, question in questions.items():
            app.router.add_get(f"/page/{name}", _asked(question))
        app.router.add_get("/page/events", self._events)
        app.router.add_get("/page/files/{file_id}", self._file)
        acts: dict[str, Act] = {
            "say": self._say,
            "press": self._press,
            "submit": self._submit,
            "hold": self._hold,
            "close": self._close,
            "options": self._options,
            "shortcut": self._shortcut,
            "markdown": self._markdown,
            "clock": self._clock,
        }
        for name, act in acts.items():
            app.router.add_post(f"/page/{name}", _acted(act))
        app.on_shutdown.append(self._end_streams)

    async def _index(self, _: web.Request) -> web.StreamResponse:
        page = STATIC / "index.html"
        if not page.is_file():
            raise web.HTTPNotFound(text="the playground's page is not installed")
        return web.FileResponse(page, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A picture that the bot uploaded."""
        file = self._workspace.files.find(request.match_info["file_id"])
        if file is None or file.picture_type is None:
            raise web.HTTPNotFound(text="there is no such picture")
        return web.Response(body=file.content, content_type=file.picture_type, headers={"Cache-Control": "no-store"})

    def _person(self, body: Body) -> Hands:
        """Who acts; a visitor who has not said so yet is the first person there is."""
        try:
            return self._workspace.person(str(body.get("as") or next(iter(self._workspace.people))))
        except KeyError:
            raise NotOnScreen(f"there is nobody with the id {body.get('as')!r}") from None

    def _shown(self, body: Body) -> Message | View:
        """The message or view a body names. NotOnScreen when there is none."""
        if view_id := body.get("view_id"):
            view = self._workspace.views.find(view_id=str(view_id))
            if view is None:
                raise NotOnScreen("this view was closed")
            return view
        messages, ts = self._workspace.messages, str(body.get("message_ts", ""))
        message = messages.find(str(body.get("channel", "")), ts) or messages.find_ephemeral(ts)
        if message is None:
            raise NotOnScreen("this message is gone")
        return message

    async def _bootstrap(self, body: Body) -> Body:
        return page_values.bootstrap(self._workspace, self._person(body).me)

    async def _messages(self, body: Body) -> Body:
        person, channel = self._person(body), str(body.get("channel", ""))
        shown = person.screen(channel)
        if thread_ts := body.get("thread_ts"):
            shown = tuple(each for each in shown if thread_ts in {each.ts, each.thread_ts})
        else:
            shown = tuple(each for each in shown if not each.is_reply)
        self._workspace.screen(person.id).read[channel] = self._workspace.messages.last_ts
        return {"messages": [page_values.message(self._workspace, each) for each in shown]}

    async def _home(self, body: Body) -> Body:
        person = self._person(body)
        home = await person.open_home() if self._workspace.manifest.home_tab else None
        return {"view": opening.described(self._workspace, home) if home else None}

    async def _say(self, body: Body) -> Body:
        person, channel, text = self._person(body), _text(body, "channel"), _text(body, "text")
        if not text.strip():
            raise NotOnScreen("there is nothing to send")
        if text.startswith("/"):
            return await self._command(person, body, channel, text)
        await person.say(channel, text, thread_ts=body.get("thread_ts") or None)
        return {"ok": True}

    async def _command(self, person: Hands, body: Body, channel: str, text: str) -> Body:
        name, *rest = text.split(maxsplit=1)
        if name not in self._workspace.manifest.commands:
            raise NotOnScreen(f"{name} is not a valid command.")
        if body.get("thread_ts"):
            raise NotOnScreen(f"{name} is not supported in threads. Sorry!")
        done = await person.command(name, "".join(rest).strip(), channel=channel)
        return {"ok": True} if done.ok else {"ok": True, "restore": text}

    async def _press(self, body: Body) -> Body:
        person, shown = self._person(body), self._shown(body)
        person.type_in(shown, body.get("state") or {})
        await person.press(
            shown, action_id=_text(body, "action_id"), block_id=_text(body, "block_id"), value=body.get("value")
        )
        return {"ok": True}

    async def _submit(self, body: Body) -> Body:
        result = await self._person(body).submit(self._shown(body), body.get("state") or {})
        if result.errors:
            return {"ok": False, "errors": result.errors}
        return {"ok": True} if result.trouble is None else {"ok": False, "trouble": result.trouble}

    async def _hold(self, body: Body) -> Body:
        """Keep what is typed into a view without telling the bot, as a page does that goes away."""
        self._person(body).type_in(self._shown(body), body.get("state") or {})
        return {"ok": True}

    async def _close(self, body: Body) -> Body:
        """Close a view; one that the bot has closed meanwhile is no mistake of who closes it."""
        person, view = self._person(body), self._workspace.views.find(view_id=_text(body, "view_id"))
        if view is not None:
            await person.close(view)
        return {"ok": True}

    async def _options(self, body: Body) -> Body:
        return await self._person(body).options(
            self._shown(body), _text(body, "block_id"), _text(body, "action_id"), str(body.get("query", ""))
        )

    async def _shortcut(self, body: Body) -> Body:
        shown = self._shown(body) if body.get("message_ts") else None
        if isinstance(shown, View):
            raise NotOnScreen("shortcuts are for messages")
        await self._person(body).shortcut(_text(body, "callback_id"), shown)
        return {"ok": True}

    async def _markdown(self, body: Body) -> Body:
        if isinstance(block := body.get("rich_text"), dict):
            return {"markdown": markdown(block)}
        return {"rich_text": rich_text(str(body.get("markdown", "")))}

    async def _clock(self, body: Body) -> Body:
        clock = self._workspace.clock
        to, seconds = body.get("to"), body.get("advance_seconds")
        try:
            if to is not None:
                await clock.move_to(float(to))
            else:
                await clock.advance(float(seconds or 0))
        except (TypeError, ValueError):
            raise NotOnScreen("the clock only moves forward") from None
        return {"now": clock.time()}

    async def _events(self, request: web.Request) -> web.StreamResponse:
        try:
            person = self._person(dict(request.query))
        except NotOnScreen as refusal:
            return web.json_response({"error": str(refusal)}, status=409)
        task = asyncio.current_task()
        if task is not None:
            self._streams.add(task)
            task.add_done_callback(self._streams.discard)
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        with contextlib.suppress(ConnectionError):
            await self._pour(stream, person.id)
        return stream

    async def _pour(self, stream: web.StreamResponse, user: str) -> None:
        screen = self._workspace.screen(user)
        position = len(screen.appearances)
        await stream.write(b": here\n\n")
        while True:
            try:
                async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                    news = await screen.next_after(position)
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            position += len(news)
            for appearance in news:
                await stream.write(b"data: " + json.dumps(self._event(appearance, user)).encode() + b"\n\n")

    def _event(self, appearance: Appearance, user: str) -> Body:
        return {"type": appearance.kind.value, **self._carried(appearance, user)}

    def _carried(self, appearance: Appearance, user: str) -> Body:
        message, view = appearance.message, appearance.view
        if message is not None:
            if appearance.kind is Kind.MESSAGE_DELETED:
                return {"channel": message.channel, "ts": message.ts}
            return {"message": page_values.message(self._workspace, message)}
        if view is not None:
            closed = appearance.kind is Kind.VIEW_CLOSED
            return {"view_id": view.id} if closed else {"view": opening.described(self._workspace, view)}
        if appearance.kind is Kind.CLOCK:
            return {"now": self._workspace.clock.time()}
        if appearance.kind is Kind.CHANNELS:
            return {"channels": page_values.side_bar(self._workspace, user)}
        return {"text": appearance.text}

    async def _end_streams(self, _: web.Application) -> None:
        for task in tuple(self._streams):
            task.cancel()


async def _to_the_index(request: web.Request) -> web.StreamResponse:
    """The page's addresses are relative, so its own must end with a slash."""
    raise web.HTTPFound(f"{request.path}/")


def _text(body: Body, name: str) -> str:
    return str(body.get(name) or "")


def _asked(question: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        return await _answered(question, dict(request.query))

    return handle


def _acted(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        if request.headers.get("X-Playground") != "1":
            return web.json_response({"error": "only the playground's own page may do this"}, status=403)
        try:
            body = await request.json()
        except ValueError:
            return web.json_response({"error": "this is not JSON"}, status=400)
        if not isinstance(body, dict):
            return web.json_response({"error": "this is not an object"}, status=400)
        return await _answered(act, body)

    return handle


async def _answered(act: Act, body: Body) -> web.Response:
    try:
        return web.json_response(await act(body))
    except NotOnScreen as refusal:
        return web.json_response({"error": str(refusal)}, status=409)
