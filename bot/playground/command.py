"""The stand-in alone, from a terminal: `python -m bot.playground --manifest manifest.yml --bot-url URL`."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.playground.clock import WorkspaceClock
from bot.playground.manifest import InvalidManifest, Manifest
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.playground.snapshot import UnreadableSnapshot


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; 2 when the manifest, the state or the address cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        playground = _playground(options)
        asyncio.run(_serve(playground, options.host, options.port))
    except (InvalidManifest, UnreadableSnapshot, ValueError, OSError) as error:
        print(f"playground: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (default %(default)s)")
    parser.add_argument("--port", type=int, default=4000, help="default %(default)s")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"), help="default %(default)s")
    parser.add_argument("--bot-url", default="http://127.0.0.1:3000/slack/events", help="default %(default)s")
    parser.add_argument("--socket", action="store_true", help="reach the bot by Socket Mode instead of --bot-url")
    parser.add_argument("--state", type=Path, help="a file that keeps the workspace over restarts")
    return parser


def _playground(options: argparse.Namespace) -> Playground:
    workspace = demo_workspace(Manifest.read(options.manifest), WorkspaceClock.running())
    # The bot is another process: it checks signatures by the machine's clock, wherever the workspace's stands.
    return Playground(
        workspace,
        bot_url=options.bot_url,
        socket_mode=options.socket,
        signed_at=time.time,
        state_path=options.state,
    )


async def _serve(playground: Playground, host: str, port: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await playground.start(host, port)
    app = playground.workspace.app
    print(f"The playground is at {playground.base_url}/. Start the bot with:")
    print(f"  SLACK_API_URL={playground.api_url}")
    print(f"  SLACK_BOT_TOKEN={app.bot_token}")
    print(f"  SLACK_SIGNING_SECRET={app.signing_secret}")
    print(f"  SLACK_APP_TOKEN={app.app_token}   (Socket Mode)", flush=True)
    try:
        await stopped.wait()
    finally:
        await playground.stop()
