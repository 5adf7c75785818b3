"""`python app.py export` and `import`, as an operator types them, in an empty folder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app import main
from bot.settings import Settings
from tests.processes import Ended

Command = Callable[..., Awaitable[Ended]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """One command, in the test's folder: in this process, since each start of another takes seconds."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    async def command(*arguments: str, database: str) -> Ended:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
        status = await asyncio.to_thread(main, [*arguments])
        printed = capsys.readouterr()
        return Ended(status, printed.out, printed.err)

    return command


async def test_a_database_moves_by_a_folder(command: Command, tmp_path: Path) -> None:
    made = await command("keys", "create", "terraform", database="old.db")
    assert made.status == 0
    exported = await command("export", "out/of/it", database="old.db")
    assert (exported.status, exported.err) == (0, "")
    assert "0 people, 0 teams, 0 schedules, 0 incidents and 0 postmortems are in out/of/it." in exported.out
    assert made.out.splitlines()[-1] not in (tmp_path / "out/of/it/keys.jsonl").read_text(), "no key's text"
    taken = await command("import", "out/of/it", database="new.db")
    assert (taken.status, taken.err) == (0, "")
    assert "are in sqlite+aiosqlite:///new.db." in taken.out
    assert (await command("keys", "list", database="new.db")).out == (
        await command("keys", "list", database="old.db")
    ).out


async def test_what_cannot_be_done_is_one_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("a file")
    await command("export", "out", database="old.db")
    await command("keys", "create", "terraform", database="full.db")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    for arguments, database, says in (
        (("export", "mine"), "old.db", "mine holds notes.txt and no earlier export"),
        (("export", "file"), "old.db", "file: cannot be written"),
        (("import", "nowhere"), "new.db", "nowhere/manifest.json: cannot be read"),
        (("import", "mine"), "new.db", "mine/manifest.json: cannot be read"),
        (("import", "out"), "full.db", "The database holds keys already"),
    ):
        ended = await command(*arguments, database=database)
        assert (ended.status, ended.out, len(ended.err.splitlines())) == (2, "", 1) and says in ended.err
    assert manifest["counts"]["postmortems"] == 0
