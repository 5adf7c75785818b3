"""An exported folder, read again: all of it goes into an empty database, or nothing does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from sqlmodel import SQLModel

from bot.errors import Unreadable
from bot.queries.records import NOUNS, OF_POSTMORTEM, PARTS, POSTMORTEM, WHOLE, Record
from bot.transfer.folder import FORMAT, MANIFEST, POSTMORTEMS, RECORD_FILE, noun_file, record_file
from bot.usecases.records.put_in import FoundRecord, put_in
from bot.usecases.unit import Units

TOGETHER = 50
DEEPEST = 200
"""Of values within values: a document nests 40 levels, each of them two of these, and its attributes 40 more."""
_STRANGE = "It is not what an export writes."


async def take_in(units: Units, folder: Path) -> Mapping[str, int]:
    """Put everything in a folder into the database, which is empty; answers how many of each there are.

    Raises:
        Locked: the database holds something already.
        Unreadable: a file is missing, or something in it cannot be read or has no place: it is named, with its line.
            Nothing was put in.
    """
    counts = _counts(folder)
    async with units.begin(None) as unit:
        await put_in(unit, _records(folder, counts))
    return counts


def _counts(folder: Path) -> dict[str, int]:
    """What the manifest says there is."""
    path = folder / MANIFEST
    manifest = _object(_read(path), path)
    if manifest.get("format") != FORMAT:
        raise Unreadable(
            f"{path}: this export has the format {manifest.get('format')}; this Watchbill reads the format {FORMAT}. "
            "Use the version that wrote it."
        )
    counts = manifest.get("counts")
    if not isinstance(counts, dict):
        raise Unreadable(f"{path}: this export was never finished. Run it again.")
    wanted = {*NOUNS, POSTMORTEMS}
    if counts.keys() != wanted or not all(isinstance(each, int) for each in counts.values()):
        raise Unreadable(f"{path}: the counts are not those of {', '.join(sorted(wanted))}. {_STRANGE}")
    return counts


def _records(folder: Path, counts: Mapping[str, int]) -> Iterator[FoundRecord]:
    """All records, those first to which others refer."""
    for noun, table in NOUNS.items():
        path, found = noun_file(folder, noun), 0
        for place, record in _lines(path):
            yield FoundRecord(table, record, place)
            found += 1
        _check_count(str(path), found, counts[noun])
    yield from _postmortems(folder, counts[POSTMORTEMS])


def _postmortems(folder: Path, count: int) -> Iterator[FoundRecord]:
    """Some at a time, in the order of their numbers: each table's rows are put in together."""
    inside = folder / POSTMORTEMS
    if not inside.is_dir():
        raise Unreadable(f"{inside}: there is no such folder. The export is not whole.")
    found = (RECORD_FILE.fullmatch(each.name) for each in inside.iterdir())
    numbers = sorted(int(each[1]) for each in found if each)
    _check_count(f"{inside}/PM-….json", len(numbers), count)
    for start in range(0, count, TOGETHER):
        paths = {number: record_file(folder, number) for number in numbers[start : start + TOGETHER]}
        wholes = [(path, _whole(path, number)) for number, path in paths.items()]
        yield from (FoundRecord(WHOLE, whole[POSTMORTEM], f"{path}, {POSTMORTEM}") for path, whole in wholes)
        for name, table in PARTS.items():
            for path, whole in wholes:
                yield from _parts(path, whole, name, table)


def _whole(path: Path, number: int) -> Record:
    """A postmortem's file: its own record, and those of each of its parts."""
    whole = _object(_read(path), path)
    if whole.keys() != {POSTMORTEM, *PARTS}:
        strange = ", ".join(sorted(whole.keys() ^ {POSTMORTEM, *PARTS}))
        raise Unreadable(f"{path}: there is something missing, or too much: {strange}. {_STRANGE}")
    own = whole[POSTMORTEM]
    if not isinstance(own, dict) or own.get("number") != number:
        raise Unreadable(f"{path}: this is not PM-{number}. {_STRANGE}")
    return whole


def _parts(path: Path, whole: Record, name: str, table: type[SQLModel]) -> Iterator[FoundRecord]:
    parts = whole[name]
    if not isinstance(parts, list) or not all(isinstance(each, dict) for each in parts):
        raise Unreadable(f"{path}, {name}: this is no list of objects. {_STRANGE}")
    for place, part in enumerate(parts, start=1):
        owned = {**part, OF_POSTMORTEM: whole[POSTMORTEM].get("id")}
        yield FoundRecord(table, owned, f"{path}, {name}, number {place}")


def _lines(path: Path) -> Iterator[tuple[str, Record]]:
    """Each line's record, with its place."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                yield f"{path}, line {number}", _object(line, path, number)
    except OSError as error:
        raise _unreadable(path, error) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _object(text: bytes, path: Path, line: int = 1) -> dict[str, Any]:
    """The JSON object that a text of a file says; `line` is that on which it begins."""
    place = f"{path}, line {line}"
    try:
        read = json.loads(text.decode(), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise Unreadable(f"{path}, line {line + error.lineno - 1}: this is no JSON: {error.msg}.") from error
    except (ValueError, RecursionError) as error:  # other letters than UTF-8's, and numbers of thousands of digits
        raise Unreadable(f"{place}: this is no JSON in UTF-8, or too deep. {_STRANGE}") from error
    if not isinstance(read, dict):
        raise Unreadable(f"{place}: this is no JSON object. {_STRANGE}")
    if _is_too_deep(read):
        raise Unreadable(f"{place}: values stand in values more than {DEEPEST} times. {_STRANGE}")
    return read


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _is_too_deep(read: object) -> bool:
    """Whether it nests deeper than whoever reads a document, or writes it out again, can follow."""
    level = [read]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inner(each)]
        if not level:
            return False
    return True


def _inner(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _check_count(place: str, found: int, said: int) -> None:
    if found != said:
        raise Unreadable(f"{place}: the manifest says that there are {said}, and there are {found}.")


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return Unreadable(f"{path}: cannot be read: {error.strerror or error}.")
