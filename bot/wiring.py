"""The only place where real parts are chosen and handed to each other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.api.admission import Gate
from bot.api.bodies import LARGEST
from bot.api.description import described, description_routes
from bot.api.desk import ApiDesk
from bot.api.refusing import in_their_form
from bot.api.rooms import ROOMS
from bot.api.serving import routes
from bot.api.throttle import Throttle
from bot.clockwork.rounds import Everything, OfAlerts
from bot.clockwork.waking import Clockwork
from bot.engines.templates.files import from_files
from bot.errors import Unavailable
from bot.logs import request_id
from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import Manifest
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground, on_loopback_only
from bot.playground.snapshot import UnreadableSnapshot, set_aside
from bot.playground.workspace import App
from bot.queries.reading import Clock, Reader
from bot.queries.rulebook import Rulebooks
from bot.settings import Settings
from bot.slack.answering import Answers, retry_handlers
from bot.slack.application import bolt_app
from bot.slack.desk import Desk
from bot.slack.directory import Directory
from bot.slack.in_hand import InHand
from bot.slack.installation import Installation
from bot.slack.manifest import extended
from bot.slack.messages import RENDERINGS
from bot.slack.people import People
from bot.slack.pictures import Pictures
from bot.slack.reaching import reached
from bot.slack.receiving import PATH, SocketWayIn, slack_handler
from bot.slack.sending import Sender
from bot.slack.sources import Sources
from bot.transfer.demo import fill
from bot.usecases.calendars.telling import Calendars
from bot.usecases.housekeeping.fill_search import SearchFill
from bot.usecases.housekeeping.purge import DailyPurge
from bot.usecases.keys.uses import KeyUses
from bot.usecases.templates.keep_up import keep_up
from bot.usecases.unit import Units
from bot.usecases.workspaces.occupy import occupy
from bot.web.calendars import calendar_routes
from bot.web.health import health_routes
from bot.web.postmortem_files import PostmortemFiles
from bot.web.postmortem_pdf import Press
from bot.web.postmortems import postmortem_routes
from bot.web.reference import reference_routes
from bot.web.schedules import schedule_routes
from storage.database import Database

log = structlog.get_logger(__name__)
MANIFEST = Path(__file__).parent.parent / "manifest.yml"
DRAIN_SECONDS = 3.5
GOODBYE_SECONDS = 1.0
SLACK_PATIENCE_SECONDS = 10
CONNECTING_SECONDS = 1.0
"""How long a request waits for a start that is nearly done; Slack itself waits for three."""


def system_clock() -> datetime:
    """The present instant by the machine's clock."""
    return datetime.now(UTC)


@dataclass
class House:
    """Watchbill, put together: its web application, and the parts that live as long as it does.

    `directory` reads who is in the workspace, in the background; whoever runs the house starts it once it is connected.
    """

    settings: Settings
    is_playground: bool
    database: Database
    clock: Clock
    units: Units
    reader: Reader
    desk: Desk
    bolt: AsyncApp
    clockwork: Clockwork
    directory: Clockwork
    web: web.Application
    in_hand: InHand
    installation: Installation
    key_uses: KeyUses
    once_connected: Callable[[], Awaitable[object]] | None = None
    socket: SocketWayIn | None = None
    slack_answers: bool = field(default=False)

    async def connect(self) -> None:
        """Reach Slack, take the database into use for its workspace, and begin to keep time.

        Slack being out of reach is waited out; `/readyz` says so meanwhile, and requests are served only once the
        database is known to be ours.

        Raises:
            Misconfigured: the token is refused, or the database belongs to another workspace.
        """
        answer = await reached(self.desk.client.auth_test, setting="SLACK_BOT_TOKEN")
        async with self.units.begin(None) as unit:
            await occupy(unit, team_id=answer["team_id"], is_playground=self.is_playground)
            await keep_up(unit)
        self.installation.learn(answer, bot_token=self.settings.slack_bot_token)
        if self.once_connected:
            await self.once_connected()
        if self.settings.slack_app_token:
            self.socket = SocketWayIn(self.bolt, self.settings.slack_app_token, self.in_hand, self.desk.answers)
            await self.socket.open()
        self.clockwork.start()
        self.slack_answers = True

    async def close(self) -> None:
        """Finish what is in hand, for DRAIN_SECONDS at most, and let go of everything.

        The socket stays until then: what came in through it is acknowledged through it.
        """
        await self.directory.stop(at_once=True)
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await self.in_hand.settled()
                if self.slack_answers:
                    await self.clockwork.stop()
        except TimeoutError:
            log.warning("stopped with work in hand", listeners=len(self.in_hand))
        if self.socket:
            with suppress(TimeoutError):  # a dead peer does not say goodbye, and we end within ten seconds
                async with asyncio.timeout(GOODBYE_SECONDS):
                    await self.socket.close()
        with suppress(TimeoutError, Unavailable):  # when a key was used last is worth no longer wait
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self.key_uses.write()
        await self.desk.answers.close()
        await self.database.close()

    async def slack_check(self) -> None:
        """Raises Unavailable until Slack was reached, and while the socket is down."""
        if not self.slack_answers:
            raise Unavailable("Slack was not reached yet.")
        if self.socket and not await self.socket.is_open():
            raise Unavailable("The connection to Slack is being made anew.")


def manifest_text(settings: Settings) -> str:
    """The manifest of the Slack app that these settings need."""
    return extended(MANIFEST.read_text(encoding="utf-8"), settings)


def build(settings: Settings, *, clock: Clock, database: Database, is_playground: bool = False) -> House:
    """Put the house together. Nothing is opened and nobody is talked to before `connect`.

    Raises:
        Misconfigured: no template can be made of a file.
    """
    from_files(settings.templates)
    client, unrepeating = (_slack_client(settings, repeats=repeats) for repeats in (True, False))
    reader = Reader(database, clock, settings)
    rulebooks = Rulebooks()
    press = Press()
    units = Units(database, clock, settings, memory=reader.memory)
    installation = Installation()
    # The round's own commits must not ring for another round, nor stand in the way of people's.
    quiet = Units(database, clock, settings, in_background=True, memory=reader.memory)
    answers = Answers(unrepeating, units)
    sender = Sender(unrepeating, reader, quiet, RENDERINGS, answers=answers)
    desk = Desk(
        reader=reader,
        units=units,
        people=People(client, reader, units, installation),
        answers=answers,
        client=client,
        settings=settings,
        sender=sender,
        pictures=Pictures(client),
        sources=Sources(client),
        rulebooks=rulebooks,
        files=PostmortemFiles(press),
    )
    directory = Directory(unrepeating, desk.people, clock)

    key_uses = KeyUses(quiet, clock)
    do_round = Everything(reader, quiet, clock, sender, DailyPurge(quiet, clock), key_uses, SearchFill(quiet))
    # A storm of messages takes the first round minutes: whom an escalation tells next does not wait for that.
    clockwork = Clockwork(do_round, clock, besides=[OfAlerts(reader, units, clock)], at_end=sender.stop)
    units.on_commit(clockwork.wake)
    sender.on_free(clockwork.wake)
    in_hand = InHand()
    bolt = bolt_app(desk, in_hand, installation)
    application = web.Application(middlewares=[request_id, in_their_form], client_max_size=LARGEST)
    house = House(
        settings=settings,
        is_playground=is_playground,
        database=database,
        clock=clock,
        units=units,
        reader=reader,
        desk=desk,
        bolt=bolt,
        clockwork=clockwork,
        directory=Clockwork(directory.read_due, clock),
        web=application,
        in_hand=in_hand,
        installation=installation,
        key_uses=key_uses,
    )
    application.add_routes(health_routes({"database": database.ping, "slack": house.slack_check}))
    application.add_routes(schedule_routes(reader, is_open=is_playground))
    application.add_routes(postmortem_routes(reader, is_open=is_playground, press=press))
    # A lease of tokens rings for nobody, but a request waits for it.
    throttle = Throttle(Units(database, clock, settings), clock, settings.rate_limits)
    gate = Gate(reader, throttle, key_uses)
    calendars = Calendars(reader, quiet)
    api_desk = ApiDesk(reader, units, settings, calendars, rulebooks)
    for room in ROOMS:
        application.add_routes(routes(room.dialect, room.endpoints, api_desk, gate))
    application.add_routes(calendar_routes(reader, calendars))
    describe = cache(partial(described, ROOMS, settings))
    application.add_routes([*description_routes(describe), *reference_routes(describe)])
    if settings.slack_signing_secret:
        handler = slack_handler(bolt, signing_secret=settings.slack_signing_secret, clock=clock)
        application.router.add_post(PATH, _once_known(installation, handler))
    return house


def build_playground(settings: Settings, *, database: Database) -> House:
    """The house with a Slack workspace of its own under `/playground/`, and that workspace's clock for both.

    The bot talks to it as to Slack: signed requests one way, the Web API the other.
    """
    address = settings.own_address
    slack = _slack_of_its_own(f"{address}{PATH}", _workspace_file(database), Manifest.read(manifest_text(settings)))
    slack.base_url = f"{address}/playground"
    workspace, clock = slack.workspace, slack.workspace.clock
    tokens = {
        "slack_bot_token": workspace.app.bot_token,
        "slack_signing_secret": workspace.app.signing_secret,
        "slack_api_url": slack.api_url,
    }
    house = build(settings.model_copy(update=tokens), clock=clock.now, database=database, is_playground=True)
    house.web.middlewares.append(on_loopback_only)
    house.web.add_subapp("/playground", slack.application())
    house.web.router.add_get("/", _to_the_page)
    house.once_connected = partial(fill, house.units, house.reader, house.desk.people.person)

    async def moved() -> None:
        house.clockwork.wake()

    clock.on_advance(moved)
    return house


def _slack_of_its_own(bot_url: str, state: Path | None, manifest: Manifest) -> Playground:
    """The workspace as it was left, or anew where that cannot be read. Its secrets are of this start alone."""
    app = App.with_own_secrets(name=manifest.name, description=manifest.description)
    workspace = demo_workspace(manifest, WorkspaceClock.running(), app=app)
    try:
        return Playground(workspace, bot_url=bot_url, state_path=state)
    except UnreadableSnapshot as error:
        assert state is not None  # noqa: S101  without a file nothing is read
        log.warning(
            "the playground's messages cannot be read; it begins anew", problem=str(error), kept=str(set_aside(state))
        )
    return _slack_of_its_own(bot_url, state, manifest)


def _workspace_file(database: Database) -> Path | None:
    """Where the playground keeps its messages: beside its database, where that is a file."""
    file = database.url.database if database.is_sqlite else None
    return Path(f"{file}.slack.json") if file else None


def _once_known(installation: Installation, handler: Handler) -> Handler:
    """503 until the database is known to be this workspace's; Slack sends events again and tells people to."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if not await installation.is_known(within_seconds=CONNECTING_SECONDS):
            return web.json_response({"error": "Slack was not reached yet"}, status=503)
        return await handler(request)

    return handle


async def _to_the_page(request: web.Request) -> web.Response:
    raise web.HTTPFound(URL("/playground/").with_query(request.query))


def _slack_client(settings: Settings, *, repeats: bool) -> AsyncWebClient:
    """A client of Slack's Web API. That of the sender and of answers does not repeat by itself: a message could come
    twice.

    Nor does the directory's, which nobody waits for: it keeps its own pace.
    """
    client = AsyncWebClient(
        token=settings.slack_bot_token, base_url=settings.slack_api_url, timeout=SLACK_PATIENCE_SECONDS
    )
    client.retry_handlers = list(retry_handlers()) if repeats else []
    return client
