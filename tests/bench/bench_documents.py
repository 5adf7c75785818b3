"""How long a large document takes through its forms, and whether others wait. `python -m tests.bench.bench_documents`.

The document is 100 kB of ADF as people write it: headings, paragraphs with marks and links, lists, tables, code, tasks,
panels. Nothing here fails on time.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bot.engines.documents.document import to_rich_text
from bot.engines.documents.equality import say_the_same
from bot.engines.documents.html import to_html
from bot.engines.documents.markdown import to_adf, to_markdown
from bot.engines.documents.merging import merged
from bot.engines.documents.parts import join, split
from bot.engines.documents.reading import read_adf
from tests.bench import large_writes
from tests.bench.bench_slack import Line

BYTES = 100_000
AGAIN = 9
BEAT = 0.001
"""Seconds between two looks at how long others waited."""


async def lines() -> list[Line]:
    """Every row, measured now; about a minute."""
    adf = large_document()
    sent, markdown, shown = json.dumps(adf), to_markdown(adf), to_rich_text(adf)
    step = _seconds(lambda: json.loads(sent))
    assert say_the_same([to_adf(markdown)], [adf])
    kilobytes = f"{len(sent) / 1000:,.0f} kB"
    acts: list[tuple[str, str, Callable[[], object]]] = [
        (f"ADF of {kilobytes} to Markdown and back", "150 ms", lambda: to_adf(to_markdown(adf))),
        ("of it, ADF to Markdown, each block read back", "", lambda: to_markdown(adf)),
        ("of it, Markdown to ADF", "", lambda: to_adf(markdown)),
        ("the same ADF read from JSON and checked", "", lambda: read_adf(sent, field="content")),
        ("taken apart into sections and joined", "", lambda: join(split(adf))),
        ("to HTML", "", lambda: to_html(adf)),
        ("to Slack's rich text, and merged again", "", lambda: merged(adf, shown)),
    ]
    found = [Line("calibration: the same text as JSON, parsed by Python alone", "", f"{step * 1000:,.2f} ms", "1.0")]
    found += [_line(what, at_most, _seconds(act), step) for what, at_most, act in acts]
    idle = await _longest_wait(lambda: time.sleep(0.1))
    found.append(Line("calibration: longest wait of others, nothing to do", "", f"{idle * 1000:,.1f} ms", "1.0"))
    waited = await _longest_wait(lambda: to_adf(to_markdown(adf)))
    found.append(_line("longest wait of others while a thread takes it there and back", "50 ms", waited, idle))
    return [*found, *await large_writes.lines()]


def large_document() -> dict[str, Any]:
    """A document of at least 100 kB as JSON."""
    blocks: list[dict[str, Any]] = []
    size = 0
    while size < BYTES:
        added = _section(len(blocks))
        blocks += added
        size += len(json.dumps(added))
    return {"version": 1, "type": "doc", "content": blocks}


def _section(number: int) -> list[dict[str, Any]]:
    link = {"type": "link", "attrs": {"href": f"https://example.org/deploys/{number}"}}
    words = _node(
        "paragraph",
        _text("It broke at "),
        _text("09:12", {"type": "strong"}),
        _text(" when "),
        _text("the deploy", link),
        _text(" of "),
        _text("payments_api", {"type": "code"}),
        _text(" reached the second region; nobody saw it until the dashboards, which lag, had caught up."),
    )
    item = _node("listItem", words)
    cells = [_node("tableRow", *(_node(kind, words) for _ in range(2))) for kind in ("tableHeader", "tableCell")]
    task = _node("taskItem", _text("alert on it"), localId=f"t{number}", state="TODO")
    return [
        _node("heading", _text(f"Part {number}"), level=2),
        *[words] * 4,
        _node("bulletList", item, item, item),
        _node("table", *cells),
        _node("codeBlock", _text("if lag > 60:\n    page()\n" * 3), language="python"),
        _node("taskList", task, localId=f"l{number}"),
        _node("panel", words, panelType="warning"),
    ]


def _node(kind: str, *content: dict[str, Any], **attrs: Any) -> dict[str, Any]:
    return {"type": kind} | ({"attrs": attrs} if attrs else {}) | {"content": list(content)}


def _text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"marks": list(marks)} if marks else {})


def _seconds(act: Callable[[], object]) -> float:
    times = []
    for _ in range(AGAIN):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return median(times)


async def _longest_wait(act: Callable[[], object]) -> float:
    """How long a loop that looks every millisecond waited at most, in the middle of several turns, beyond that."""
    turns = []
    for _ in range(AGAIN):
        waits = [0.0]
        working = asyncio.create_task(asyncio.to_thread(act))
        while not working.done():
            at = time.perf_counter()
            await asyncio.sleep(BEAT)
            waits.append(time.perf_counter() - at - BEAT)
        turns.append(max(waits))
    return median(turns)


def _line(what: str, at_most: str, seconds: float, calibration: float) -> Line:
    return Line(what, at_most, f"{seconds * 1000:,.1f} ms", f"{seconds / calibration:,.1f}")


def main() -> None:
    """Measure and print."""
    for line in asyncio.run(lines()):
        print(f"| {line.what} | {line.at_most} | {line.measured} | {line.ratio} |")


if __name__ == "__main__":
    main()
