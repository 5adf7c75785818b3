"""Everything in the database as a folder of Markdown and JSON, the same for the same database, byte by byte."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import BinaryIO

from bot.engines.papers import as_markdown
from bot.errors import Locked, Misconfigured
from bot.queries import everything
from bot.queries.reading import Reader, Reading
from bot.queries.records import NOUNS, Record, written
from bot.transfer.folder import FORMAT, MANIFEST, OWN_FILE, POSTMORTEMS, noun_file, reading_file, record_file


async def export(reader: Reader, folder: Path) -> Mapping[str, int]:
    """Write everything into a folder; answers how many of each there are.

    The folder may hold an earlier export, which is replaced: what else lies in it, such as a `.git`, stays. The counts
    are written last: without them a folder is not whole, and is not taken in again.

    Raises:
        Locked: the folder holds something else.
        Misconfigured: it cannot be written to.
    """
    try:
        _make_room(folder)
        async with reader() as reading:
            await everything.hold_still(reading)
            counts = {noun: await _write_noun(folder, noun, everything.records(reading, noun)) for noun in NOUNS}
            counts[POSTMORTEMS] = await _write_postmortems(folder, reading)
        _write(folder / MANIFEST, written({"format": FORMAT, "counts": counts}, indent=2))
    except OSError as error:
        raise Misconfigured(f"{error.filename or folder}: cannot be written: {error.strerror or error}") from error
    return counts


def _make_room(folder: Path) -> None:
    """A folder with a manifest that says that what is beside it is not whole yet."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    holds = sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))
    if holds and not _is_manifest(folder / MANIFEST):
        raise Locked(
            f"{folder} holds {holds[0]} and no earlier export. Name a new folder, an empty one, or that of an export."
        )
    _write(folder / MANIFEST, written({"format": FORMAT}, indent=2))
    (folder / POSTMORTEMS).mkdir(exist_ok=True)


def _is_manifest(path: Path) -> bool:
    """Whether an export wrote it: other programs have files of this name, too."""
    try:
        manifest = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.keys() <= {"format", "counts"} and "format" in manifest


async def _write_noun(folder: Path, noun: str, records: AsyncIterator[Record]) -> int:
    count = 0
    with _anew(noun_file(folder, noun)) as file:
        async for record in records:
            file.write(written(record))
            count += 1
    return count


async def _write_postmortems(folder: Path, reading: Reading) -> int:
    """The files of all postmortems; those of an earlier export that are not among them are removed."""
    stale = {each.name for each in (folder / POSTMORTEMS).iterdir() if OWN_FILE.fullmatch(each.name)}
    count = 0
    async for whole in everything.postmortems(reading):
        files = {
            record_file(folder, whole.number): written(whole.record, indent=2),
            reading_file(folder, whole.paper): as_markdown(whole.paper).encode(errors="replace"),
        }
        for path, content in files.items():
            _write(path, content)
            stale.discard(path.name)
        count += 1
    for name in stale:
        (folder / POSTMORTEMS / name).unlink()
    return count


def _write(path: Path, content: bytes) -> None:
    with _anew(path) as file:
        file.write(content)


def _anew(path: Path) -> BinaryIO:
    """A new file in the place of an earlier one, never through a link to elsewhere, for its owner's eyes alone."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
