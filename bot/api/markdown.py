"""Documents of programs that write Markdown. What takes its time is done beside the event loop, one at a time."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from bot.engines.documents.document import Adf, document
from bot.engines.documents.markdown import to_adf, to_markdown
from bot.engines.documents.sizing import Oversize, oversize
from bot.errors import BadFields

LONGEST = 100_000
"""Of a text, in characters."""
REMEMBERED_CHARACTERS = 4_000_000
"""Of the texts that were written last and are answered again as long as they are the same."""
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def read(texts: Sequence[str], *, field: str) -> Adf:
    """The document that pieces of Markdown say, one below the other; HTML in them is text.

    Raises:
        BadFields: under `field`, where it is larger than `sizing` lets a document be.
    """
    async with turn():
        return await asyncio.to_thread(_read, texts, field)


async def written(found: Mapping[str, Any]) -> str:
    """The Markdown that says a document, without a line end behind it; read again it is the same document."""
    async with turn():
        return await asyncio.to_thread(_written, found)


def turn() -> asyncio.Lock:
    """Held while a document is converted: several at once would take the interpreter from everybody else."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())


class Memory:
    """The texts that were written last, by what they say, up to so many characters together."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._texts: OrderedDict[bytes, str] = OrderedDict()

    def get(self, key: bytes) -> str | None:
        """The text kept under that key; None where there is none any more."""
        if key in self._texts:
            self._texts.move_to_end(key)
        return self._texts.get(key)

    def keep(self, key: bytes, text: str) -> None:
        """Remember a text, and forget those that were not asked for longest."""
        self._room += len(self._texts.pop(key, "")) - len(text)
        self._texts[key] = text
        while self._room < 0:
            _, forgotten = self._texts.popitem(last=False)
            self._room += len(forgotten)


_memory = Memory(REMEMBERED_CHARACTERS)


def _written(found: Mapping[str, Any]) -> str:
    key = sha256(json.dumps(found).encode()).digest()
    known = _memory.get(key)
    if known is None:
        known = to_markdown(found).rstrip("\n")
        _memory.keep(key, known)
    return known


def _read(texts: Sequence[str], field: str) -> Adf:
    try:
        whole = document([block for each in texts for block in to_adf(each, is_bounded=True)["content"]])
    except Oversize as error:
        raise BadFields({field: str(error)}) from error
    if len(texts) > 1 and (sentence := oversize(whole)):
        raise BadFields({field: sentence})
    return whole
