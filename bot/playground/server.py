"""The playground as a server: a Slack workspace on loopback for a bot, for tests and for people.

Standing alone, as tests run it (ports are ephemeral; bot and playground may share one event loop):

    manifest = Manifest.read(Path("manifest.yml"))
    clock = WorkspaceClock.running()               # or .still(datetime(..., tzinfo=UTC)); await clock.advance(60)
    workspace = demo_workspace(manifest, clock)    # or Workspace(clock=, manifest=, people=[...], channels=[...])
    playground = Playground(workspace)             # HTTP mode; Playground(workspace, socket_mode=True) for sockets
    await playground.start()                       # 127.0.0.1, any port
    client = AsyncWebClient(token=workspace.app.bot_token, base_url=playground.api_url)
    app = AsyncApp(client=client, signing_secret=workspace.app.signing_secret)
    playground.bot_url = "http://127.0.0.1:PORT/slack/events"

    ana = workspace.person("U01ANA")
    done = await ana.command("/oncall", "now", channel="C02INCIDENTS")
    assert done.ok                                         # done.ack, done.notice (Slack's red line)
    answer = await ana.sees("Payments")                    # an Appearance: .text .kind .message .view
    await ana.press(answer, action_id="show_to_channel")
    result = await ana.submit(ana.view, {"title_block": "Fire"})   # .closed .view .errors .trouble
    assert workspace.violations == [] and workspace.pings == []
    workspace.faults.add(method="chat.postMessage", kind=429, times=2)    # or 503, "fatal_error", DROP_ANSWER
    administration.change_person(workspace, "U02RAJ", deleted=True)       # and the bot hears user_change
    await playground.settled()                     # no event is on its way any more
    await playground.stop()

Mounted into another aiohttp application: `app.add_subapp("/playground", playground.application())`, then
`playground.base_url = "http://127.0.0.1:3000/playground"`. Requests are signed with the time of the workspace's clock;
a bot that checks signatures by the machine's clock wants `Playground(..., signed_at=time.time)`.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground.answering import answer
from bot.playground.delivery.acks import ACK_SECONDS
from bot.playground.delivery.line import Line
from bot.playground.delivery.over_http import HttpCarrier
from bot.playground.delivery.over_socket import SocketCarrier
from bot.playground.one_shots import Refusal
from bot.playground.page_api import PageApi
from bot.playground.screens import Kind
from bot.playground.snapshot import Keeper, load
from bot.playground.web_api import WebApi
from bot.playground.workspace import Workspace

API_BYTES_MAX = 4 * 1024 * 1024


class Playground:
    """Serves one workspace and connects the bot to it, by HTTP (to `bot_url`) or by Socket Mode.

    `ack_limit` is how many real seconds the bot has to acknowledge. With `state_path` the workspace is kept in that
    file, and read from it at once (UnreadableSnapshot where it cannot be).
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        bot_url: str | None = None,
        socket_mode: bool = False,
        ack_limit: float = ACK_SECONDS,
        signed_at: Callable[[], float] | None = None,
        state_path: Path | None = None,
    ) -> None:
        self.workspace = workspace
        self._http = HttpCarrier(
            bot_url,
            secret=workspace.app.signing_secret,
            signed_at=signed_at or workspace.clock.time,
            limit=ack_limit,
        )
        self.sockets = SocketCarrier(app_id=workspace.app.id, limit=ack_limit)
        self.line = Line(workspace, self.sockets if socket_mode else self._http)
        self._runner: web.AppRunner | None = None
        workspace.line = self.line
        workspace.clock.on_advance(self._show_clock)
        self._keeper = Keeper(workspace, state_path) if state_path is not None else None
        if state_path is not None:
            load(workspace, state_path)

    @property
    def bot_url(self) -> str | None:
        """Where the bot takes requests in HTTP mode."""
        return self._http.url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self._http.url = url

    @property
    def base_url(self) -> str:
        """The playground's own address, prefix included, without a slash at the end."""
        return self.workspace.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self.workspace.base_url = url.rstrip("/")

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.base_url}/api/"

    def application(self) -> web.Application:
        """The aiohttp application to mount under a prefix or to serve; its clean-up stops the deliveries."""
        app = web.Application(client_max_size=API_BYTES_MAX, middlewares=[on_loopback_only])
        PageApi(self.workspace).mount(app)
        app.router.add_route("*", "/api/{method}", WebApi(self.workspace).handle)
        app.router.add_post("/response/{url_id}", self._respond)
        app.router.add_post("/upload/{file_id}", self._take_file)
        app.router.add_get("/link/", self.sockets.serve)
        app.on_shutdown.append(self._shut_down)
        return app

    async def start(self, host: str = "127.0.0.1", port: int = 0, prefix: str = "/playground") -> str:
        """Serve alone; gives the base URL. ValueError for a host that is not loopback."""
        if not is_loopback(host):
            raise ValueError(f"the playground serves on loopback only, not on {host}")
        outer = web.Application()
        outer.add_subapp(prefix, self.application())
        self._runner = web.AppRunner(outer, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        name = f"[{host}]" if ":" in host else host
        self.base_url = f"http://{name}:{self._runner.addresses[0][1]}{prefix}"
        return self.base_url

    async def settled(self) -> None:
        """Return when no event is on its way to the bot; one that waits for its next retry is not."""
        await self.line.events.settled()

    async def stop(self) -> None:
        """Stop deliveries and, when it serves alone, the server."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self.line.close()

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            url = self.workspace.response_urls.check(request.match_info["url_id"])
        except Refusal as refusal:
            return web.json_response({"ok": False, "error": refusal.error}, status=404)
        try:
            body = await request.json()
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        url.uses += 1
        try:
            answer(self.workspace, url, body)
        except Refusal as refusal:
            return web.Response(status=400, text=refusal.error)
        return web.Response(text="ok")

    async def _take_file(self, request: web.Request) -> web.Response:
        """The bytes of an announced file, once, as they are or as a form's only file."""
        file = self.workspace.files.find(request.match_info["file_id"])
        if file is None or file.content:
            return web.Response(status=404, text="no such upload")
        if request.content_type.startswith("multipart/"):
            sent = next((each for each in (await request.post()).values() if isinstance(each, web.FileField)), None)
            content = sent.file.read() if sent else b""
        else:
            content = await request.read()
        if len(content) != file.length:
            return web.Response(status=400, text=f"{len(content)} bytes were sent of {file.length}")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def _show_clock(self) -> None:
        self.workspace.broadcast(Kind.CLOCK)
        self.workspace.changed()

    async def _shut_down(self, _: web.Application) -> None:
        await self.line.close()
        if self._keeper is not None:
            self._keeper.save()


@web.middleware
async def on_loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests under another name: a page elsewhere may point its own name at this machine."""
    host = request.headers.get("Host", "").rpartition("@")[2]
    name = host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    if not is_loopback(name):
        return web.json_response({"error": "the playground answers on loopback only"}, status=403)
    return await handler(request)


def is_loopback(host: str) -> bool:
    """True for localhost and loopback addresses."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
