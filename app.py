"""Watchbill's front door: the command line, nothing else."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Coroutine
from pathlib import Path

from bot.errors import Misconfigured, Mistake, Unavailable
from bot.settings import Settings, read_settings
from bot.vocabulary import Right

WRONG_SETTING = 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; answers the exit status: 0, or 2 for a settings mistake, said in one line."""
    asked = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ)
        asyncio.run(_work(asked, settings))
    except (Misconfigured, Mistake) as error:
        print(error, file=sys.stderr)
        return WRONG_SETTING
    except Unavailable as error:
        print(f"DATABASE_URL: {error}", file=sys.stderr)
        return 1
    return 0


def _work(asked: argparse.Namespace, settings: Settings) -> Coroutine[None, None, None]:
    # The libraries are loaded once the settings are known to be right. They stay for good: to look through them for
    # garbage took a sixth of the time until the bot is ready.
    gc.disable()
    from bot import folder_commands, key_commands, running

    gc.freeze()
    gc.enable()
    match (asked.command, getattr(asked, "deed", "")):
        case ("keys", "create"):
            return key_commands.create_key(settings, name=asked.name, rights=asked.rights, team=asked.team)
        case ("keys", "revoke"):
            return key_commands.revoke_key(settings, name=asked.name)
        case ("keys", _):
            return key_commands.list_keys(settings)
        case ("export", _):
            return folder_commands.export_folder(settings, folder=asked.folder)
        case ("import", _):
            return folder_commands.import_folder(settings, folder=asked.folder)
        case (command, _):
            work: Coroutine[None, None, None] = getattr(running, command)(settings)
            return work


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
    commands.add_parser("manifest", help="print the manifest of the Slack app; with HISTORY=on it asks for more")
    commands.add_parser("demo", help="fill the playground's database with the demo data, and end")
    for name, says in (
        ("export", "everything in the database into a folder of Markdown and JSON, and end"),
        ("import", "everything in such a folder into an empty database, and end"),
    ):
        commands.add_parser(name, help=says).add_argument("folder", metavar="FOLDER", type=Path)
    _add_keys(commands.add_parser("keys", help="make, list and revoke the keys of the HTTP API"))
    parser.set_defaults(command="serve")
    return parser


def _add_keys(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", metavar="create | list | revoke", required=True)
    create = deeds.add_parser("create", help="make a key; its text is printed once, on the last line")
    create.add_argument("name", metavar="NAME")
    create.add_argument("--rights", type=_rights, default=frozenset({Right.READ}), help=f"of {','.join(Right)}")
    create.add_argument("--team", metavar="NAME", help="the key acts for this team alone")
    deeds.add_parser("list", help="all keys, with their rights and last use")
    deeds.add_parser("revoke", help="from now on it opens nothing").add_argument("name", metavar="NAME")


def _rights(typed: str) -> frozenset[Right]:
    try:
        return frozenset(Right(each.strip().lower()) for each in typed.split(",") if each.strip())
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{typed!r}; rights are {', '.join(Right)}, with commas") from error


if __name__ == "__main__":
    sys.exit(main())
