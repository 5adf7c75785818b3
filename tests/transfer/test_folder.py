"""Everything out of one database, into another, and out again: the same to the byte."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial, reduce
from operator import getitem
from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, func, select, update

from bot.errors import Locked, Mistake, Unreadable
from bot.queries.reading import Reader
from bot.queries.records import LEFT_OUT, NOUNS, PARTS, WHOLE
from bot.settings import Settings
from bot.transfer.demo import fill
from bot.transfer.exporting import export
from bot.transfer.importing import take_in
from bot.usecases.unit import Units
from storage import rows
from storage.database import Database
from storage.models import Event, Postmortem, Reminder
from tests.conftest import StillClock, met
from tests.transfer.rich import NUMBERS, ROWS, Workspace


def _files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
POSTMORTEMS = ROWS + 1


@pytest.fixture(scope="module")
def full_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the demo data, and then something in every table."""
    file = Path(shutil.copyfile(migrated_file, tmp_path_factory.mktemp("full") / "full.db"))

    async def make() -> None:
        database, clock = Database(f"sqlite:///{file}"), StillClock(NOON)
        units = Units(database, clock, Settings())
        await fill(units, Reader(database, clock, Settings()), partial(met, units))
        async with database.writing() as session:
            for table, made in Workspace().rows.items():
                await rows.put(session, table, made)
        await database.close()

    asyncio.run(make())
    return file


@pytest.fixture(scope="module")
def exported(full_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where that was exported to."""
    folder = tmp_path_factory.mktemp("exported") / "out"

    async def make() -> None:
        database = Database(f"sqlite:///{full_file}")
        await export(Reader(database, StillClock(NOON), Settings()), folder)
        await database.close()

    asyncio.run(make())
    return folder


@pytest.fixture
def folder(exported: Path, tmp_path: Path) -> Path:
    """A copy of it, to be broken."""
    return Path(shutil.copytree(exported, tmp_path / "out"))


@pytest.fixture
async def full(full_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A copy of the database, to be changed."""
    database = Database(f"sqlite:///{shutil.copyfile(full_file, tmp_path / 'full.db')}")
    yield database
    await database.close()


async def test_what_was_exported_goes_into_another_database_and_comes_out_the_same(
    folder: Path, units: Units, reader: Reader, tmp_path: Path
) -> None:
    counts = await take_in(units, folder)
    assert all(counts[noun] >= ROWS for noun in {*NOUNS} - {"workspaces"})
    assert (counts["workspaces"], counts["postmortems"]) == (1, POSTMORTEMS)
    assert await export(reader, tmp_path / "again") == counts
    assert _files(tmp_path / "again") == _files(folder)
    async with units.begin(None) as unit:
        highest = (await unit.session.exec(select(func.max(Event.id)))).one()
        assert await unit.event("seen", "x") == (highest or 0) + 1, "numbers go on where they stood"
        planned = (await unit.session.exec(select(Reminder))).all()
    assert {each.postmortem_id for each in planned} > {Workspace().rows[Postmortem][0]["id"]}, "as they were before"


async def test_every_table_is_taken_along_or_left_out_for_a_reason() -> None:
    taken = [*NOUNS.values(), WHOLE, *PARTS.values()]
    tables = {each for each in _subclasses(SQLModel) if hasattr(each, "__table__")}
    assert len(taken) == len(set(taken))
    assert {*taken, *LEFT_OUT} == tables and not {*taken} & {*LEFT_OUT}
    order = [rows.table_of(each) for each in taken]
    for place, table in enumerate(order):
        assert all(key.column.table in order[: place + 1] for key in table.foreign_keys), table.name


def _subclasses(kind: type[SQLModel]) -> set[type[SQLModel]]:
    return {kind}.union(*map(_subclasses, kind.__subclasses__()))


async def test_a_folder_holds_readable_files_and_no_secret(folder: Path) -> None:
    files = _files(folder)
    assert {name for name in files if name.startswith("postmortems/")} == {
        *(f"postmortems/PM-{number}.json" for number in (1, *NUMBERS)),
        *(each for each in files if each.endswith(".md")),
    }
    assert all(name.startswith("postmortems/PM-") and name.count("/") == 1 for name in files if name.endswith(".md"))
    manifest = json.loads(files["manifest.json"])
    assert manifest["format"] == 1 and manifest["counts"]["postmortems"] == POSTMORTEMS
    for name, content in files.items():
        if name.endswith(".jsonl"):
            lines = content.decode().removesuffix("\n").split("\n")
            assert len(lines) == manifest["counts"][name.removesuffix(".jsonl")]
            assert all(list(record) == sorted(record) for record in map(json.loads, lines))
    assert "feed-links.jsonl" not in files


def _open_to_others(folder: Path) -> list[str]:
    return [each.name for each in folder.rglob("*") if each.is_file() and each.stat().st_mode & 0o077]


async def test_nobody_else_on_the_machine_can_read_it(folder: Path) -> None:
    assert _open_to_others(folder) == []


async def test_an_export_over_an_earlier_one_leaves_no_stale_file_and_nothing_else_touched(
    folder: Path, full: Database, clock: StillClock, settings: Settings
) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref")
    (folder / "postmortems" / "notes.txt").write_text("kept")
    async with full.writing() as session:
        await session.exec(update(Postmortem).where(col(Postmortem.number) != 102).values(deleted_at=clock()))
        await session.exec(update(Postmortem).where(col(Postmortem.number) == 102).values(title="../../New name"))
    await export(Reader(full, clock, settings), folder)
    assert {name for name in _files(folder) if name.startswith(("postmortems", ".git"))} == {
        *("postmortems/PM-102.json", "postmortems/PM-102-new-name.md", "postmortems/notes.txt", ".git/HEAD"),
    }


async def test_a_folder_with_other_things_in_it_is_left_alone(reader: Reader, tmp_path: Path) -> None:
    for name, content in (("mine.txt", "mine"), ("manifest.json", '{"name": "a web page"}'), ("manifest.json", "[")):
        folder = tmp_path / f"{len(content)}"
        folder.mkdir()
        (folder / name).write_text(content)
        with pytest.raises(Locked, match=f"holds {name} and no earlier export"):
            await export(reader, folder)
        assert _files(folder) == {name: content.encode()}


async def test_a_database_that_holds_something_is_not_written_to(folder: Path, units: Units) -> None:
    async with units.begin(None) as unit:
        await unit.event("seen", "x")
    with pytest.raises(Locked, match=r"holds events already.*DATABASE_URL"):
        await take_in(units, folder)


Change = Callable[[Path], object]


def _edit(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))

    return change


def _append(name: str, line: str) -> Change:
    return lambda folder: (folder / name).write_text((folder / name).read_text() + line)


def _said(name: str, column: str, value: object) -> Change:
    """The first record of a noun says something else."""

    def change(folder: Path) -> None:
        first, rest = (folder / name).read_text().split("\n", 1)
        (folder / name).write_text(f"{json.dumps({**json.loads(first), column: value})}\n{rest}")

    return change


def _of_part(name: str, path: str, value: object) -> Change:
    """Something in the first of the parts of PM-102 says something else; `path` leads there, by names and places."""

    def change(folder: Path) -> None:
        file = folder / "postmortems/PM-102.json"
        whole = json.loads(file.read_text())
        *above, last = (int(each) if each.isdecimal() else each for each in path.split("."))
        place = reduce(getitem, above, whole[name][0])
        place[last] = value
        file.write_text(json.dumps(whole))

    return change


def _twice(folder: Path) -> None:
    """The second team once more in place of the third."""
    path = folder / "teams.jsonl"
    first, second, _, *others = path.read_text().split("\n")
    path.write_text("\n".join([first, second, second, *others]))


BROKEN: dict[str, tuple[Change, str]] = {
    "no folder": (shutil.rmtree, r"manifest\.json: cannot be read"),
    "no manifest": (lambda folder: (folder / "manifest.json").unlink(), r"manifest\.json: cannot be read"),
    "another format": (_edit("manifest.json", '"format": 1', '"format": 7'), "has the format 7.*reads the format 1"),
    "unfinished": (lambda folder: (folder / "manifest.json").write_text('{"format": 1}'), "was never finished"),
    "other counts": (
        _edit("manifest.json", '"people": ', '"people": 1'),
        r"people\.jsonl: .* are 1\d+, and there are \d+",
    ),
    "no counts": (_edit("manifest.json", '"people": ', '"persons": '), "the counts are not those of"),
    "a file missing": (lambda folder: (folder / "people.jsonl").unlink(), r"people\.jsonl: cannot be read"),
    "half a line": (_edit("people.jsonl", '"email"', '"email'), r"people\.jsonl, line 1: this is no JSON"),
    "no object": (_append("people.jsonl", "[]\n"), r"people\.jsonl, line \d+: this is no JSON object"),
    "no UTF-8": (
        lambda folder: (folder / "teams.jsonl").write_bytes(b"\xff\n"),
        r"teams\.jsonl, line 1: .*JSON in UTF-8",
    ),
    "too deep": (_append("people.jsonl", "[" * 100_000), r"people\.jsonl, line \d+: this is no JSON"),
    "a number of 5,000 digits": (
        _edit("counters.jsonl", '"value": 102', f'"value": {"1" * 5_000}'),
        r"counters\.jsonl, line \d: .*no JSON",
    ),
    "no number": (_edit("counters.jsonl", '"value": 102', '"value": NaN'), r"counters\.jsonl, line \d: .*no JSON"),
    "a document too deep to be read": (
        _edit("postmortems/PM-103.json", '"content": [', f'"content": {"[" * 250}{"]" * 250}, "strange": ['),
        r"PM-103\.json, line 1: values stand in values more than 200 times",
    ),
    "a strange column": (_edit("people.jsonl", '"email"', '"mail"'), r"people\.jsonl, line 1: .*“e?mail”"),
    "a time without zone": (
        _edit("people.jsonl", '+00:00"', '"'),
        r"people\.jsonl, line 1: .*“refreshed_at”.*timezone",
    ),
    "a strange word": (
        _edit("postmortems/PM-102.json", '"severity": "P', '"severity": "X'),
        r"PM-102\.json, .*“severity”",
    ),
    "a huge number": (_edit("counters.jsonl", '"value": 102', f'"value": {2**70}'), r"counters\.jsonl, line \d"),
    "a time beyond the calendar": (
        _said("overrides.jsonl", "end", "9999-12-31T23:59:59-12:00"),
        r"overrides\.jsonl, line 1: .*“end”",
    ),
    "half a character": (_said("templates.jsonl", "name", "\ud800"), r"templates\.jsonl, line 1: this has no place"),
    "no zone of a schedule": (
        _said("schedules.jsonl", "timezone", "Nowhere/None"),
        r"schedules\.jsonl, line 1: nobody is on call",
    ),
    "a rotation in no zone": (
        _said("rotation-versions.jsonl", "timezone", "Nowhere/None"),
        r"rotation-versions\.jsonl, line 1: nobody",
    ),
    "a restriction to nothing": (
        _said("rotation-versions.jsonl", "restriction", {"type": "time-of-day"}),
        r"rotation-versions\.jsonl, line 1: nobody is on call",
    ),
    "a strange participant": (
        _said("rotation-versions.jsonl", "participants", [{"type": "robot"}]),
        r"rotation-versions\.jsonl, line 1: nobody is on call",
    ),
    "there twice": (_twice, r"teams\.jsonl, line 3: this has no place"),
    "pointing nowhere": (
        _edit("memberships.jsonl", '"team_id": "', '"team_id": "no'),
        r"memberships\.jsonl, line 1: this has no place",
    ),
    "another postmortem's file": (
        lambda folder: shutil.copyfile(folder / "postmortems/PM-101.json", folder / "postmortems/PM-102.json"),
        r"PM-102\.json: this is not PM-102",
    ),
    "a postmortem missing": (
        lambda folder: (folder / "postmortems/PM-102.json").unlink(),
        r"PM-….json: the manifest says that there are 4, and there are 3",
    ),
    "a part missing": (
        _edit("postmortems/PM-103.json", '"sections"', '"section"'),
        r"PM-103\.json: .*section, sections",
    ),
    "a text that is no ADF": (
        _of_part("sections", "body", {"type": "doc"}),
        r"PM-102\.json, sections, number 1: .*sound ADF: An ADF document is an object",
    ),
    "a strange node": (
        _of_part("sections", "body.content.1.type", "marquee"),
        r"PM-102\.json, sections, number 1: .* section .*, body\.content\[1\]: unknown node type “marquee”",
    ),
    "a link that runs a script": (
        _of_part(
            "sections",
            "body.content.0.content.0.marks",
            [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}],
        ),
        r"PM-102\.json, sections, .*, body\.content\[0\]\.content\[0\]: a link may not lead to “javascript:”",
    ),
    "a strange heading": (
        _of_part("sections", "heading.attrs.level", 7),
        r"PM-102\.json, sections, .*, heading\.content\[0\]: a heading's level is 1 to 6",
    ),
    "a strange published text": (
        _of_part("versions", "snapshot.sections.0.body.content.1.content", ["x"]),
        r"PM-102\.json, versions, .*, body\.content\[1\]\.content\[0\]: a node is an object",
    ),
    "no published postmortem": (
        _of_part("versions", "snapshot.severity", "P9"),
        r"PM-102\.json, versions, number 1: this is no postmortem as it was published: “severity”",
    ),
    "a template without sections": (
        _said("template-versions.jsonl", "markdown", "no heading"),
        r"template-versions\.jsonl, line 1: no sections can be made of this template: Line 1",
    ),
    "a broken part": (
        _edit("postmortems/PM-103.json", '"prompt": "', '"prompts": "'),
        r"PM-103\.json, sections, number 1",
    ),
}


@pytest.fixture
async def target(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """An SQLite database that holds nothing."""
    database = Database(f"sqlite:///{shutil.copyfile(migrated_file, tmp_path / 'target.db')}")
    yield database
    await database.close()


@pytest.mark.parametrize("broken", BROKEN)
async def test_a_folder_that_is_not_whole_is_refused_by_file_and_line_and_nothing_is_put_in(
    folder: Path, target: Database, clock: StillClock, settings: Settings, broken: str
) -> None:
    change, said = BROKEN[broken]
    change(folder)
    with pytest.raises(Unreadable, match=said):
        await take_in(Units(target, clock, settings), folder)
    async with target.reading() as session:
        assert all([await rows.is_empty(session, each) for each in (*NOUNS.values(), WHOLE)])


@pytest.mark.parametrize("broken", ["there twice", "half a character", "a time beyond the calendar"])
async def test_a_broken_record_is_named_on_every_database(folder: Path, units: Units, broken: str) -> None:
    change, said = BROKEN[broken]
    change(folder)
    with pytest.raises(Mistake, match=said):
        await take_in(units, folder)
    async with units.begin(None) as unit:
        assert await rows.is_empty(unit.session, NOUNS["people"])


async def test_more_rows_than_fit_into_one_page_come_out_in_order(
    database: Database, reader: Reader, units: Units, clock: StillClock, tmp_path: Path
) -> None:
    made: list[dict[str, object]] = [
        {
            "id": each,
            "at": clock(),
            "actor_id": None,
            "key_id": None,
            "verb": "v",
            "subject_id": "s",
            "before": {},
            "after": {},
        }
        for each in range(1, 2 * rows.PAGE + 2)
    ]
    async with database.writing() as session:
        await rows.put(session, Event, made)
    assert (await export(reader, tmp_path / "out"))["events"] == len(made)
    lines = (tmp_path / "out" / "events.jsonl").read_text().splitlines()
    assert [json.loads(each)["id"] for each in lines] == [each["id"] for each in made]
