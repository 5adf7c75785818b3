"""The workspace kept in one JSON file, so that a restarted playground still shows its messages.

People, channels, groups, messages and home tabs are kept; what lives on screens alone (modals, ephemeral messages,
triggers, response urls) and what was written down about the bot is not.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.playground.channels import Channel, ChannelKind
from bot.playground.ids import Mint
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.views import View
from bot.playground.workspace import UserGroup, Workspace

VERSION = 1
QUIET_SECONDS = 0.5


class UnreadableSnapshot(ValueError):
    """The file is not a workspace that this version wrote."""


def save(workspace: Workspace, path: Path) -> None:
    """Write the workspace; the file holds either the old state or the new, never half of one."""
    state = {
        "version": VERSION,
        "clock_offset": workspace.clock.offset,
        "ids": workspace.mint.counts,
        "people": [asdict(person) for person in workspace.people.values()],
        "channels": [asdict(channel) | {"members": sorted(channel.members)} for channel in workspace.channels.values()],
        "groups": [asdict(group) for group in workspace.groups.values()],
        "messages": [asdict(message) for message in workspace.messages.everything()],
        "homes": [asdict(view) for view in workspace.views.homes()],
    }
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(state, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def load(workspace: Workspace, path: Path) -> bool:
    """Put what the file holds into the workspace, in the place of what is there; False when there is no file.

    Raises UnreadableSnapshot.
    """
    if not path.exists():
        return False
    try:
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = state["version"]
        if version == VERSION:
            _restore(workspace, state)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableSnapshot(f"{path} does not hold a workspace: {error}") from error
    if version != VERSION:
        raise UnreadableSnapshot(f"{path} was written by another version of the playground")
    return True


def set_aside(path: Path) -> Path:
    """Take a file that cannot be read out of the way; answers where it is now. An earlier one is replaced."""
    return path.replace(path.with_name(f"{path.name}.broken"))


def _restore(workspace: Workspace, state: dict[str, Any]) -> None:
    people = [Person(**each) for each in state["people"]]
    channels = [
        Channel(**{**each, "kind": ChannelKind(each["kind"]), "members": set(each["members"])})
        for each in state["channels"]
    ]
    groups = [UserGroup(**each) for each in state["groups"]]
    messages = [
        Message(
            **{
                **each,
                "blocks": tuple(each["blocks"]),
                "attachments": tuple(each["attachments"]),
                "reactions": tuple((name, user) for name, user in each.get("reactions", ())),
            }
        )
        for each in state["messages"]
    ]
    homes = [View(**each) for each in state["homes"]]
    workspace.clock.restore(state["clock_offset"])
    workspace.mint.resume(Mint(state["ids"]))
    workspace.people.update({each.id: each for each in people})
    workspace.channels.update({each.id: each for each in channels})
    workspace.groups.update({each.id: each for each in groups})
    for message in messages:
        workspace.messages.put(message)
    for view in homes:
        workspace.views.put(view)


class Keeper:
    """Saves a workspace `quiet` seconds after it changed, and at the end; `saved` is called each time it did."""

    def __init__(
        self,
        workspace: Workspace,
        path: Path,
        *,
        quiet: float = QUIET_SECONDS,
        saved: Callable[[], object] = lambda: None,
    ) -> None:
        self._workspace = workspace
        self._path = path
        self._quiet = quiet
        self._saved = saved
        self._due: asyncio.TimerHandle | None = None
        workspace.on_change(self._changed)

    def save(self) -> None:
        """Write it now."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        save(self._workspace, self._path)
        self._saved()

    def _changed(self) -> None:
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(self._quiet, self.save)
