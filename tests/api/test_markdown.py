"""Markdown of documents: written once for a text, and remembered within bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from bot.api.markdown import Memory, read, turn, written
from bot.engines.documents.markdown import to_adf


async def test_a_document_comes_back_and_is_written_once() -> None:
    content = await read(["## A\n\nwords", "more"], field="text")
    first = await written(content)
    assert first == "## A\n\nwords\n\nmore"
    assert await written(content) is first


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    memory = Memory(10)
    for key in (b"a", b"b"):
        memory.keep(key, "12345")
    assert memory.get(b"a") == "12345"
    memory.keep(b"c", "12345")
    assert [memory.get(key) for key in (b"a", b"b", b"c")] == ["12345", None, "12345"]
    memory.keep(b"d", "x" * 11)
    assert [memory.get(key) for key in (b"a", b"c", b"d")] == [None, None, None]


class Watched(Sequence[str]):
    """Texts that write down when somebody begins to convert them, and when the last is done."""

    def __init__(self, texts: Sequence[str], seen: list[str]) -> None:
        self._texts, self._seen = texts, seen

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]  # nobody asks for a slice
        return self._texts[place]

    def __iter__(self) -> Iterator[str]:
        self._seen.append("begins")
        yield from self._texts
        self._seen.append("is done")


async def test_however_many_come_at_once_one_document_is_converted_at_a_time() -> None:
    seen: list[str] = []
    await asyncio.gather(
        *(read(Watched(["## A\n\n" + "- *a* `b` c\n" * 200] * 3, seen), field="text") for _ in range(8))
    )
    assert seen == ["begins", "is done"] * 8


async def test_what_is_written_waits_for_its_turn_too() -> None:
    order: list[str] = []
    content = to_adf("a text that nobody wrote before")

    async def write() -> None:
        await written(content)
        order.append("written")

    async with turn():
        waiting = asyncio.create_task(write())
        await asyncio.to_thread(to_adf, "- *a* `b` c\n" * 500)
        order.append("the other is done")
    await waiting
    assert order == ["the other is done", "written"]
