"""The commands of app.py: what runs, for how long, and how it ends."""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
import sys
from pathlib import Path

import structlog
from aiohttp import web

from bot.api.listening import Runner
from bot.errors import Misconfigured
from bot.logs import configure_logging
from bot.settings import LOOPBACK, Settings
from bot.wiring import House, build, build_playground, manifest_text, system_clock
from storage.database import Database

log = structlog.get_logger(__name__)
REQUEST_SECONDS = 4.0
"""For requests in hand when it is stopped; Slack itself waits for three. Then the house has its own time to drain."""

WELCOME = """\
The playground starts: open {address}/ in a browser, and type /oncall now or /postmortem create.
It is a small Slack workspace on this machine; with SLACK_BOT_TOKEN set, Watchbill serves a real one."""


async def serve(settings: Settings) -> None:
    """Serve a real workspace until SIGTERM; without tokens, the playground."""
    if settings.is_playground:
        await playground(settings)
        return
    configure_logging(plain=sys.stderr.isatty())
    database = await opened(settings)
    house = build(settings, clock=system_clock, database=database)
    await _run(house, house.web)


async def playground(settings: Settings) -> None:
    """The playground on its page, with the demo data, until SIGTERM.

    Raises:
        Misconfigured: HOST is not loopback, or the database holds a real workspace.
    """
    settings = settings.without_tokens()
    if settings.host not in LOOPBACK:
        raise Misconfigured(f"HOST: the playground listens on loopback only, not on {settings.host}")
    configure_logging(plain=sys.stderr.isatty())
    database = await opened(settings)
    house = build_playground(settings, database=database)
    await _run(house, house.web, welcome=WELCOME.format(address=settings.own_address))


async def manifest(settings: Settings) -> None:
    """Print the manifest of the Slack app that these settings need."""
    print(manifest_text(settings), end="")


async def migrate(settings: Settings) -> None:
    """Bring the tables to the newest form."""
    database = await opened(settings)
    await database.close()
    print(f"The tables of {database.url.render_as_string()} are up to date.")


async def demo(settings: Settings) -> None:
    """Fill the playground's database with the demo data, and its workspace with the card that belongs to it."""
    settings = settings.without_tokens().model_copy(update={"host": "127.0.0.1", "port": _free_port()})
    configure_logging(plain=sys.stderr.isatty())
    database = await opened(settings)
    house = build_playground(settings, database=database)
    await _run(house, house.web, welcome="The demo data is in the database.", ends=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def opened(settings: Settings) -> Database:
    """The database, with its tables in the newest form.

    Raises:
        Misconfigured: it is a file in a folder that does not exist.
        Unavailable: it does not answer.
    """
    database = Database(settings.database)
    if database.is_sqlite:
        _check_folder(Path(database.url.database or ""))
    await database.migrate()
    return database


def _check_folder(file: Path) -> None:
    folder = file.absolute().parent
    if not folder.is_dir():
        raise Misconfigured(f"DATABASE_URL: there is no folder {folder}")


async def _run(house: House, application: web.Application, *, welcome: str = "", ends: bool = False) -> None:
    """Listen, connect, say `welcome`, and stay until a signal or until connecting fails for good.

    With `ends` it does not stay: it ends once everything that was due is sent.
    """
    runner = Runner(application, shutdown_timeout=REQUEST_SECONDS, handle_signals=False)
    await runner.setup()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    try:
        await web.TCPSite(runner, house.settings.host, house.settings.port).start()
    except OSError as error:
        await runner.cleanup()
        await house.close()
        raise _cannot_listen(house.settings, error) from error
    connecting = asyncio.create_task(house.connect())
    stopping = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({stopping, connecting}, return_when=asyncio.FIRST_COMPLETED)
        if connecting.done():
            connecting.result()
            gc.freeze()  # the libraries stay for good: looking through them again and again holds up answers
            if welcome:
                print(welcome, flush=True)
            if not ends:
                house.directory.start()
                await stopping
    finally:
        connecting.cancel()
        await asyncio.wait({connecting})
        await runner.cleanup()
        await house.close()
    log.info("stopped")


def _cannot_listen(settings: Settings, error: OSError) -> Misconfigured:
    """Names the setting at fault: the address where there is no such address here, else the port."""
    wrong = "HOST" if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL else "PORT"
    return Misconfigured(f"{wrong}: cannot listen on {settings.host}:{settings.port}: {error.strerror or error}")
