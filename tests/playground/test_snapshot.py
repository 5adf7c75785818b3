"""A workspace kept in a file, and the stand-in run from a terminal."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.clock import WorkspaceClock
from bot.playground.command import main
from bot.playground.manifest import Manifest
from bot.playground.messages import message_object
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.playground.snapshot import Keeper, UnreadableSnapshot, load, save
from bot.playground.workspace import Workspace

from .conftest import MANIFEST, START

HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}]}


def another() -> Workspace:
    return demo_workspace(Manifest.read(MANIFEST), WorkspaceClock.still(START))


async def test_a_restarted_playground_shows_what_it_showed(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "playground.json"
    first = Playground(workspace, state_path=path)
    await first.start()
    client = AsyncWebClient(token=workspace.app.bot_token, base_url=first.api_url)
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Zoë 🚀"}}]
    posted = await client.chat_postMessage(
        channel="U01ANA", text="Zoë", blocks=blocks, metadata={"event_type": "a", "event_payload": {"id": "7"}}
    )
    await client.views_publish(user_id="U01ANA", view=HOME)
    await client.chat_postEphemeral(channel="C01GENERAL", user="U01ANA", text="gone on reload")
    await first.stop()

    again = another()
    Playground(again, state_path=path)
    newer = await again.person("U02RAJ").say("C01GENERAL", "after the restart")

    before, after = (each.messages.find(posted["channel"], posted["ts"]) for each in (workspace, again))
    assert before is not None and after == before
    assert message_object(after, with_metadata=True)["metadata"]["event_payload"] == {"id": "7"}
    assert again.dm("U01ANA").id == posted["channel"]
    assert again.views.home("U01ANA") == workspace.views.home("U01ANA")
    assert again.person("U01ANA").screen("C01GENERAL") == (newer,)
    assert newer.ts > posted["ts"]
    assert again.mint.next("D") != posted["channel"]


async def test_a_change_is_saved_a_moment_later(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "playground.json"
    saved = asyncio.Event()
    Keeper(workspace, path, quiet=0, saved=saved.set)

    await workspace.person("U01ANA").say("C01GENERAL", "kept")
    await workspace.person("U01ANA").say("C01GENERAL", "both")
    async with asyncio.timeout(5):
        await saved.wait()
    again = another()
    load(again, path)

    assert [message.text for message in again.messages.everything()] == ["kept", "both"]


def test_a_save_leaves_no_other_file_behind(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "playground.json"

    save(workspace, path)
    save(workspace, path)

    assert list(tmp_path.iterdir()) == [path]


async def test_without_a_file_nothing_is_loaded(workspace: Workspace, tmp_path: Path) -> None:
    assert load(workspace, tmp_path / "none.json") is False


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"version": 99}), '{"version": 1}', "\0"])
async def test_a_file_that_is_something_else_is_refused(workspace: Workspace, tmp_path: Path, text: str) -> None:
    path = tmp_path / "playground.json"
    path.write_text(text)

    with pytest.raises(UnreadableSnapshot):
        load(workspace, path)


async def test_a_channel_of_no_known_kind_is_unreadable_too(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "playground.json"
    save(workspace, path)
    path.write_text(path.read_text().replace('"kind": "', '"kind": "un'))

    with pytest.raises(UnreadableSnapshot):
        load(another(), path)


async def test_the_stand_in_runs_alone_and_says_how_to_start_the_bot(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(MANIFEST)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.playground",
        "--port",
        "0",
        "--manifest",
        str(manifest),
        "--state",
        str(tmp_path / "state.json"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        lines = [(await process.stdout.readline()).decode() for _ in range(5)]
        variables = dict(line.strip().split("=", 1) for line in lines[1:])
        client = AsyncWebClient(token=variables["SLACK_BOT_TOKEN"], base_url=variables["SLACK_API_URL"])
        answer = await client.auth_test()
        process.send_signal(signal.SIGTERM)
        status = await process.wait()

    assert answer["ok"] and status == 0
    assert (tmp_path / "state.json").exists()


def test_a_manifest_or_address_that_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(MANIFEST)

    statuses = [
        main(["--manifest", str(tmp_path / "none.yml")]),
        main(["--manifest", str(manifest), "--host", "0.0.0.0", "--port", "0"]),
    ]

    assert statuses == [2, 2]
    assert len(capsys.readouterr().err.splitlines()) == 2
