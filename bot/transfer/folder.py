"""What lies where in an exported folder.

manifest.json             the format, and how many there are of each
people.jsonl              a record in each line; so for every noun
postmortems/PM-12.json    a postmortem with all its parts, as records
postmortems/PM-12-checkout-answered-502.md    the same to read; nothing is read from it
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.engines.papers import Paper, file_stem

FORMAT = 1
MANIFEST = "manifest.json"
POSTMORTEMS = "postmortems"
OWN_FILE = re.compile(r"PM-(\d{1,9})(?:\.json|(?:-[^/]*)?\.md)")
RECORD_FILE = re.compile(r"PM-([1-9]\d{0,8})\.json")


def noun_file(folder: Path, noun: str) -> Path:
    """Where the records of a noun are."""
    return folder / f"{noun}.jsonl"


def record_file(folder: Path, number: int) -> Path:
    """Where a postmortem's records are."""
    return folder / POSTMORTEMS / f"PM-{number}.json"


def reading_file(folder: Path, paper: Paper) -> Path:
    """Where a postmortem is to read; its title, whatever it is, leads to no other folder."""
    return folder / POSTMORTEMS / f"{file_stem(paper)}.md"
