"""`python app.py keys`, as an operator types it: in an empty folder, and beside a process that serves the same file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import ClientSession

from app import main
from bot.settings import Settings
from bot.vocabulary import Right
from tests.processes import Ended, Running, started

NOTHING = "/v2/schedules/nothing"
Keys = Callable[..., Awaitable[Ended]]


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Keys:
    """One command, in the test's folder: in this process, since each start of another takes seconds."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    async def keys(*arguments: str) -> Ended:
        capsys.readouterr()
        try:
            status = await asyncio.to_thread(main, ["keys", *arguments])
        except SystemExit as end:  # argparse's own mistakes
            status = int(end.code or 0)
        printed = capsys.readouterr()
        return Ended(status, printed.out, printed.err)

    return keys


async def made(keys: Keys, *arguments: str) -> str:
    """The key that a command makes: alone on its last line."""
    ended = await keys("create", *arguments)
    assert (ended.status, ended.err) == (0, "")
    text = ended.out.splitlines()[-1]
    assert str(UUID(text)) == text
    return text


async def asked(running: Running, key: str) -> int:
    """What a program with that key is answered."""
    headers = {"Authorization": f"GenieKey {key}"}
    async with ClientSession() as session, session.get(f"{running.address}{NOTHING}", headers=headers) as answer:
        return answer.status


def is_one_line(ended: Ended, *words: str) -> bool:
    """Whether a mistake is said in a line of plain words, with these in it."""
    return (
        ended.status == 2
        and ended.out == ""
        and len(ended.err.splitlines()) == 1
        and all(word in ended.err for word in words)
    )


async def test_a_key_is_shown_once_and_listed_without_its_text(keys: Keys, tmp_path: Path) -> None:
    assert "There are no keys yet" in (await keys("list")).out
    text = await made(keys, "terraform", "--rights", "read, Write,configure")
    only_read = await made(keys, "status page")
    listed = await keys("list")
    assert (listed.status, listed.err) == (0, "")
    assert not any(part in listed.out for key in (text, only_read) for part in (key, key[:8]))
    lines = [line.split("  ") for line in listed.out.splitlines()]
    rows = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert rows[0] == ["name", "rights", "team", "made", "last used", "revoked"]
    assert {(row[0], row[1], row[2], *row[4:]) for row in rows[1:]} == {
        ("terraform", "read,write,configure", "every team", "-", "-"),
        ("status page", "read", "every team", "-", "-"),
    }
    assert text.encode() not in (tmp_path / "playground.db").read_bytes()


async def test_what_cannot_be_is_said_in_a_line_and_makes_no_key(keys: Keys) -> None:
    await made(keys, "terraform")
    assert is_one_line(await keys("create", "terraform"), "terraform", "already")
    assert is_one_line(await keys("create", "x", "--team", "Nobody"), "Nobody")
    assert is_one_line(await keys("create", " "), "ame")
    assert is_one_line(await keys("create", "n" * 101), "100")
    assert is_one_line(await keys("create", "x", "--rights", ","), "read, write, delete, configure")
    assert is_one_line(await keys("revoke", "x"), "x", "keys list")
    wrong = await keys("create", "x", "--rights", "read,everything")
    assert (wrong.status, wrong.out) == (2, "")
    assert all(right in wrong.err for right in (*Right, "read,everything"))
    assert len((await keys("list")).out.splitlines()) == 2


async def test_a_revoked_key_stays_in_the_list_and_its_name_is_free(keys: Keys) -> None:
    await made(keys, "terraform")
    revoked = await keys("revoke", "terraform")
    assert (revoked.status, revoked.out) == (0, "terraform is revoked: from now on it opens nothing.\n")
    assert is_one_line(await keys("revoke", "terraform"), "terraform")
    await made(keys, "terraform")
    lines = (await keys("list")).out.splitlines()
    assert [line.endswith("UTC") for line in lines if line.startswith("terraform")] == [True, False]


async def test_beside_a_serving_process_a_key_works_at_once_and_not_any_more_once_revoked(
    keys: Keys, tmp_path: Path
) -> None:
    async with started(tmp_path) as running:
        await running.answers("/readyz", 200)
        text = await made(keys, "terraform", "--rights", "read,configure")
        assert await asked(running, text) == 404
        only_read = await made(keys, "status page", "--rights", "read", "--team", await a_team(keys))
        assert await asked(running, only_read) == 403
        assert (await keys("revoke", "terraform")).status == 0
        assert await asked(running, text) == 401
        assert await asked(running, only_read) == 403
        running.stop()
        assert (await running.ended()).status == 0
    lines = (await keys("list")).out.splitlines()
    used = {line.partition("  ")[0].strip(): line for line in lines[1:]}
    assert used["terraform"].count("UTC") == 3  # made, last used, revoked


async def a_team(keys: Keys) -> str:
    """The name of a team of the demo data: the command tells it when it is asked for another."""
    ended = await keys("create", "x", "--team", "Nobody")
    return ended.err.partition("There are: ")[2].rstrip(".\n").split(", ")[0]


@pytest.mark.parametrize("arguments", [(), ("make",), ("create",), ("revoke",)])
async def test_half_a_command_is_told_the_rest(keys: Keys, arguments: tuple[str, ...]) -> None:
    ended = await keys(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("usage: app.py keys")
