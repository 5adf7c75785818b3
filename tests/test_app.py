"""The front door: `python app.py` as people and process managers start and stop it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot.playground.clock import WorkspaceClock
from bot.playground.delivery.over_http import signature
from bot.playground.manifest import Manifest
from bot.playground.seeds import demo_workspace
from bot.playground.server import Playground
from bot.playground.workspace import Workspace
from tests.conftest import hung_up
from tests.processes import APP, Ended, free_port, run, started
from tests.test_settings import MISTAKES

CHANNEL, RAJ = "C02INCIDENTS", "U02RAJ"


@asynccontextmanager
async def _slack(
    bot_port: int, *, socket_mode: bool = False, port: int = 0
) -> AsyncIterator[tuple[Workspace, Playground]]:
    """A workspace by the machine's clock, for a bot that is a process of its own."""
    workspace = demo_workspace(Manifest.read(APP.parent / "manifest.yml"), WorkspaceClock.running())
    playground = Playground(workspace, bot_url=f"http://127.0.0.1:{bot_port}/slack/events", socket_mode=socket_mode)
    await playground.start(port=port)
    yield workspace, playground
    await playground.stop()
    await hung_up()


def _tokens(api_url: str, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-playground",
        "SLACK_SIGNING_SECRET": "playground-signing-secret",
        "SLACK_API_URL": api_url,
        **more,
    }


def _files(folder: Path) -> set[str]:
    """What is in a folder; SQLite's two companions of a database count as the database."""
    return {path.name.removesuffix("-wal").removesuffix("-shm") for path in folder.iterdir()}


def _is_one_line_naming(ended: Ended, setting: str) -> bool:
    return ended.status == 2 and ended.out == "" and setting in ended.err and len(ended.err.splitlines()) == 1


async def test_help_lists_the_commands(tmp_path: Path) -> None:
    ended = await run(tmp_path, "--help")
    assert ended.status == 0
    for command in ("serve", "playground", "migrate", "demo"):
        assert command in ended.out
    assert _files(tmp_path) == set()


async def test_without_tokens_the_first_line_says_that_the_playground_starts_and_where(tmp_path: Path) -> None:
    async with started(tmp_path) as running:
        first = await running.first_line()
        assert "playground starts" in first
        assert running.address in first
        await running.answers("/readyz", 200)
        running.stop()
        assert (await running.ended()).status == 0
    assert (tmp_path / "playground.db").exists()


async def test_the_playground_starts_beside_real_tokens_too_with_a_database_of_its_own(tmp_path: Path) -> None:
    async with started(tmp_path, "playground", **_tokens("http://127.0.0.1:9/")) as running:
        assert "playground starts" in await running.first_line()
    assert _files(tmp_path) == {"playground.db"}


WRONG = {
    **MISTAKES,
    "HOST": {"HOST": "0.0.0.0"},
    "DATABASE_URL": {"DATABASE_URL": "mysql://localhost/watchbill"},
}


@pytest.mark.parametrize("setting", WRONG)
async def test_a_wrong_setting_is_one_line_that_names_it_and_nothing_starts(tmp_path: Path, setting: str) -> None:
    ended = await run(tmp_path, **WRONG[setting])
    assert _is_one_line_naming(ended, setting)
    assert _files(tmp_path) == set()


@pytest.mark.parametrize(
    ("setting", "settings"),
    [
        ("DATABASE_URL", {"DATABASE_URL": "sqlite:////nonexistent/folder/watchbill.db"}),
        ("DATABASE_URL", {"DATABASE_URL": f"sqlite:///{APP}"}),
        ("HOST", {**_tokens("http://127.0.0.1:9/"), "HOST": "no-such-host.invalid"}),
        ("HOST", {**_tokens("http://127.0.0.1:9/"), "HOST": "192.0.2.1"}),
    ],
)
async def test_a_setting_that_fits_no_machine_is_one_line_too(
    tmp_path: Path, setting: str, settings: dict[str, str]
) -> None:
    assert _is_one_line_naming(await run(tmp_path, **settings), setting)


async def test_a_file_of_which_no_template_can_be_made_is_one_line_that_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "good.md").write_text("## What happened\n", encoding="utf-8")
    (folder / "bad.md").write_text("## Why\n\n## why\n", encoding="utf-8")
    ended = await run(tmp_path, TEMPLATES=str(folder))
    assert _is_one_line_naming(ended, "TEMPLATES: bad.md: Line 3: “why” stands in line 1 already.")
    (folder / "bad.md").write_bytes(b"\xff")
    assert _is_one_line_naming(await run(tmp_path, TEMPLATES=str(folder)), "TEMPLATES: bad.md is not UTF-8 text")


async def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = await run(tmp_path, PORT=str(taken.getsockname()[1]))
    assert _is_one_line_naming(ended, "PORT")


@pytest.mark.parametrize("problem", ["token_revoked", "invalid_auth", "account_inactive"])
async def test_a_token_that_slack_refuses_is_one_line(tmp_path: Path, problem: str) -> None:
    async with _slack(free_port()) as (workspace, playground):
        workspace.faults.add(method="auth.test", kind=problem, times=9)
        ended = await run(tmp_path, **_tokens(playground.api_url))
    assert _is_one_line_naming(ended, "SLACK_BOT_TOKEN")
    assert problem in ended.err


async def test_an_app_token_that_slack_refuses_is_one_line(tmp_path: Path) -> None:
    async with _slack(free_port(), socket_mode=True) as (_workspace, playground):
        ended = await run(tmp_path, **_tokens(playground.api_url, SLACK_APP_TOKEN="xapp-revoked"))
    assert ended.status == 2
    assert ended.err.splitlines()[-1].startswith("SLACK_APP_TOKEN is refused by Slack: invalid_auth")


async def test_the_playground_never_opens_the_database_of_a_real_workspace_nor_the_other_way_round(
    tmp_path: Path,
) -> None:
    port = free_port()
    real = {"DATABASE_URL": "sqlite:///real.db", "PORT": str(port)}
    async with _slack(port) as (_workspace, playground):
        async with started(tmp_path, **_tokens(playground.api_url), **real) as running:
            await running.answers("/readyz", 200)
        assert _is_one_line_naming(await run(tmp_path, **real), "DATABASE_URL")
        async with started(tmp_path) as running:
            await running.answers("/readyz", 200)
        ended = await run(tmp_path, **_tokens(playground.api_url), DATABASE_URL="sqlite:///playground.db")
        assert _is_one_line_naming(ended, "DATABASE_URL")
        assert "playground" in ended.err


async def test_playground_messages_that_cannot_be_read_are_set_aside_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "playground.db.slack.json"
    file.write_text("half of a fi")
    async with started(tmp_path) as running:
        await running.answers("/readyz", 200)
        running.stop()
        ended = await running.ended()
    assert ended.status == 0
    said = [line for line in ended.lines if line["event"].startswith("the playground's messages cannot be read")]
    assert [Path(line["kept"]).name for line in said] == ["playground.db.slack.json.broken"]
    assert (tmp_path / "playground.db.slack.json.broken").read_text() == "half of a fi"
    assert '"version"' in file.read_text()


async def test_the_playgrounds_secrets_are_of_one_start_alone(tmp_path: Path) -> None:
    async with started(tmp_path) as running, ClientSession() as session:
        await running.answers("/readyz", 200)
        guessed = {"Authorization": "Bearer xoxb-playground"}
        async with session.post(f"{running.address}/playground/api/auth.test", headers=guessed) as answer:
            assert (await answer.json())["error"] == "invalid_auth"
        assert await _type(running.address, "http://127.0.0.1:9/") == 401


async def test_the_playground_answers_to_no_other_name(tmp_path: Path) -> None:
    """A page elsewhere may point its own name at this machine."""
    paths = ("/", "/playground/", "/playground/api/auth.test", "/slack/events", "/metrics", "/no")
    async with started(tmp_path) as running, ClientSession() as session:
        await running.answers("/healthz", 200)
        for path, ask in product(paths, (session.get, session.post)):
            async with ask(running.address + path, headers={"Host": "attacker.example"}) as answer:
                assert answer.status == 403, path


async def test_migrate_works_beside_a_process_that_serves_the_same_file(tmp_path: Path) -> None:
    async with started(tmp_path) as running:
        await running.answers("/readyz", 200)
        ended = await run(tmp_path, "migrate")
        assert (ended.status, ended.err) == (0, "")
        assert "up to date" in ended.out
        await running.answers("/readyz", 200)


async def test_slack_out_of_reach_is_waited_for_and_said_meanwhile(tmp_path: Path) -> None:
    port, slack_port = free_port(), free_port()
    api_url = f"http://127.0.0.1:{slack_port}/playground/api/"
    async with started(tmp_path, **_tokens(api_url), PORT=str(port)) as running:
        assert '"slack"' in await running.answers("/readyz", 503)
        await running.answers("/healthz", 200)
        async with _slack(port, port=slack_port) as (workspace, _playground):
            await running.answers("/readyz", 200)
            ana = workspace.person("U01ANA")
            assert (await ana.command("/oncall", "help", channel=CHANNEL)).ok
            await ana.sees("/oncall")
            figures = await running.answers("/metrics", 200)
            assert 'watchbill_answers_total{way="response_url"} 1.0' in figures
            for name in ("watchbill_deliveries_total", "watchbill_deliveries_repeated_total"):
                assert f"# TYPE {name} counter" in figures
            running.stop()
            ended = await running.ended()
    assert ended.status == 0
    assert ended.lines[-1]["event"] == "stopped"


async def test_a_stop_while_slack_is_waited_for_is_obeyed(tmp_path: Path) -> None:
    async with started(tmp_path, **_tokens("http://127.0.0.1:9/")) as running:
        await running.answers("/readyz", 503)
        running.stop()
        assert (await running.ended()).status == 0


@asynccontextmanager
async def _response_url(held: asyncio.Event, asked: asyncio.Event, taken: list[str]) -> AsyncIterator[str]:
    """A response URL that says when it is asked and answers when it is let go."""

    async def take(request: web.Request) -> web.Response:
        asked.set()
        await held.wait()
        taken.append((await request.json())["text"])
        return web.Response(text="ok")

    application = web.Application()
    application.router.add_post("/", take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def _type(address: str, url: str) -> int:
    """`/oncall help`, signed by hand; answers the status of its acknowledgement."""
    fields = (
        f"command=/oncall&text=help&user_id={RAJ}&channel_id={CHANNEL}&trigger_id=1.1&team_id=T1&response_url={url}"
    )
    timestamp = str(int(datetime.now(UTC).timestamp()))
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature("playground-signing-secret", timestamp, fields.encode()),
        "X-Request-Id": "typed-by-hand",
    }
    url_of_slack = f"{address}/slack/events"
    async with ClientSession() as session, session.post(url_of_slack, data=fields, headers=headers) as answer:
        return answer.status


async def test_a_stop_between_acknowledgement_and_answer_does_not_lose_the_answer(tmp_path: Path) -> None:
    port = free_port()
    held, asked, taken = asyncio.Event(), asyncio.Event(), list[str]()
    async with (
        _slack(port) as (_workspace, playground),
        _response_url(held, asked, taken) as url,
        started(tmp_path, **_tokens(playground.api_url), PORT=str(port)) as running,
    ):
        await running.answers("/readyz", 200)
        assert await _type(running.address, url) == 200
        await asyncio.wait_for(asked.wait(), 10)
        running.stop()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(running.process.wait(), 0.5)
        held.set()
        assert (await running.ended()).status == 0
    assert len(taken) == 1


async def test_a_stop_ends_within_ten_seconds_whatever_is_in_hand_and_says_what_was(tmp_path: Path) -> None:
    port = free_port()
    held, asked = asyncio.Event(), asyncio.Event()
    async with (
        _slack(port) as (_workspace, playground),
        _response_url(held, asked, []) as url,
        started(tmp_path, **_tokens(playground.api_url), PORT=str(port)) as running,
    ):
        await running.answers("/readyz", 200)
        assert await _type(running.address, url) == 200
        await asyncio.wait_for(asked.wait(), 10)
        running.stop()
        async with asyncio.timeout(10):
            ended = await running.ended()
        held.set()
    assert ended.status == 0
    assert {"stopped with work in hand", "stopped"} <= {line["event"] for line in ended.lines}


async def test_the_log_is_json_lines_and_carries_the_request_it_is_about(tmp_path: Path) -> None:
    port = free_port()
    async with (
        _slack(port) as (workspace, playground),
        started(tmp_path, **_tokens(playground.api_url), PORT=str(port)) as running,
    ):
        await running.answers("/readyz", 200)
        assert await _type(running.address, f"{playground.base_url}/response/NoSuchUrl") == 200
        await workspace.person(RAJ).sees("/oncall", since=0)
        running.stop()
        ended = await running.ended()
    about_it = [line for line in ended.lines if line.get("request_id") == "typed-by-hand"]
    assert [line["event"] for line in about_it] == ["response url did not take the answer"]


async def test_over_socket_mode_it_needs_no_secret_and_ends_in_order_too(tmp_path: Path) -> None:
    async with _slack(free_port(), socket_mode=True) as (workspace, playground):
        tokens = _tokens(playground.api_url, SLACK_APP_TOKEN="xapp-playground", SLACK_SIGNING_SECRET="")
        async with started(tmp_path, **tokens) as running:
            await running.answers("/readyz", 200)
            ana = workspace.person("U01ANA")
            assert (await ana.command("/oncall", "help", channel=CHANNEL)).ok
            await ana.sees("/oncall")
            async with ClientSession() as session, session.post(f"{running.address}/slack/events") as answer:
                assert answer.status == 404
            running.stop()
            assert (await running.ended()).status == 0


async def test_other_programs_settings_in_the_environment_change_nothing(tmp_path: Path) -> None:
    """Bolt by itself turns to OAuth where it finds these, and drops the token."""
    port = free_port()
    others = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x", "SLACK_VERIFICATION_TOKEN": "y"}
    async with (
        _slack(port) as (workspace, playground),
        started(tmp_path, **_tokens(playground.api_url), PORT=str(port), **others) as running,
    ):
        await running.answers("/readyz", 200)
        ana = workspace.person("U01ANA")
        assert (await ana.command("/oncall", "help", channel=CHANNEL)).ok
        await ana.sees("/oncall")
        running.stop()
        ended = await running.ended()
    assert [line["event"] for line in ended.lines] == ["stopped"]
