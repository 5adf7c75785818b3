"""Watchbill's front door: the command line, nothing else."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from bot.errors import Misconfigured, Unavailable
from bot.settings import read_settings

WRONG_SETTING = 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; answers the exit status: 0, or 2 for a settings mistake, said in one line."""
    asked = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ)
        from bot import running  # the libraries are loaded once the settings are known to be right

        asyncio.run(getattr(running, asked.command)(settings))
    except Misconfigured as error:
        print(error, file=sys.stderr)
        return WRONG_SETTING
    except Unavailable as error:
        print(f"DATABASE_URL: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="app.py",
        description="Watchbill: who is on call, and postmortems that get finished.",
        epilog="Settings are environment variables (README.md). Without SLACK_BOT_TOKEN the playground starts.",
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("serve", help="serve Slack (the default); without tokens, the playground")
    commands.add_parser("playground", help="a small Slack workspace in the browser, with demo data")
    commands.add_parser("migrate", help="bring the database's tables to the newest form, and end")
    commands.add_parser("demo", help="fill the playground's database with the demo data, and end")
    parser.set_defaults(command="serve")
    return parser


if __name__ == "__main__":
    sys.exit(main())
