"""Markdown of documents: written once for a text, and remembered within bounds."""

from __future__ import annotations

from bot.api.markdown import Memory, read, written


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
