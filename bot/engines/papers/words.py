"""What a paper says in words on every page and in every file: its name, its moments and how long things took."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unicodedata import normalize

from bot.engines.durations import duration_words
from bot.engines.papers.paper import Paper

_LONGEST_STEM = 60


def heading(paper: Paper) -> str:
    """`PM-12 Checkout answered 502`, on one line."""
    return " ".join(f"{paper.label} {paper.title}".split())


def moment(at: datetime) -> str:
    """A moment to the minute: `2026-11-18 09:00 UTC`. A paper is read in many zones."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def times(paper: Paper) -> Iterator[tuple[str, str, str]]:
    """What is known of the incident's course: its name, the moment, and how long after the beginning."""
    yield "Began", moment(paper.started_at), ""
    for name, at in (
        ("Detected", paper.detected_at),
        ("Responded", paper.responded_at),
        ("Resolved", paper.ended_at),
    ):
        since = paper.since_start(at)
        if at and since is not None:
            way = "after" if since >= timedelta() else "before it,"
            yield name, moment(at), f"{way} {duration_words(since)}"
    if paper.ended_at is None:
        yield "Resolved", "still going on", ""


def file_stem(paper: Paper) -> str:
    """What a file of it is called, without its ending: `PM-12-checkout-answered-502`; letters and digits alone.

    Whatever the title: it names one file, in no other folder, on every system.
    """
    words = re.findall(r"[^\W_]+", normalize("NFC", paper.title).casefold())
    return "-".join([paper.label, "-".join(words)[:_LONGEST_STEM].strip("-")]).strip("-")
