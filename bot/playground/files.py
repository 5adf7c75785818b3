"""Files that the bot uploads: announced, sent to an address of their own, completed; then messages may show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.playground.ids import Mint
from bot.playground.one_shots import Refusal

_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass(slots=True, kw_only=True)
class File:
    """A file. `looks` is how many messages that show it are refused yet, since Slack has not looked it through."""

    id: str
    name: str
    length: int
    title: str = ""
    content: bytes = b""
    is_complete: bool = False
    looks: int = 0

    @property
    def picture_type(self) -> str | None:
        """What kind of picture it is, by its first bytes; None where it is none."""
        return next((kind for begins, kind in _PICTURES.items() if self.content.startswith(begins)), None)


class Files:
    """All files by id. Set `looks` to have Slack take its time with each new one, as it does.

    Slack completes a file before it has looked it through, and refuses blocks that show it until then.
    """

    def __init__(self, mint: Mint) -> None:
        self._mint = mint
        self._files: dict[str, File] = {}
        self.looks = 0

    def announce(self, name: str, length: int) -> File:
        """A file that is to be sent."""
        file = File(id=self._mint.next("F"), name=name, length=length)
        self._files[file.id] = file
        return file

    def find(self, file_id: str) -> File | None:
        """The file of that id."""
        return self._files.get(file_id)

    def complete(self, file_id: str, title: str) -> File:
        """Have it count. Refusal: file_not_found for one that was not announced, or never sent."""
        file = self._files.get(file_id)
        if file is None or not file.content:
            raise Refusal("file_not_found")
        file.title, file.is_complete, file.looks = title or file.name, True, self.looks
        return file

    def check(self, blocks: Iterable[Any]) -> None:
        """Return when every file that these blocks show is a picture that Slack knows. Refusal: invalid_blocks."""
        for pointer, shown in _shown(blocks, "/blocks"):
            file = self._files.get(str(shown.get("id", "")))
            if file is None or not file.is_complete or file.picture_type is None:
                raise _invalid(pointer)
            if file.looks:
                file.looks -= 1
                raise NotYet(pointer)


class NotYet(Refusal):
    """The file is good, but Slack has not looked it through: no fault of the bot's."""

    def __init__(self, pointer: str) -> None:
        super().__init__("invalid_blocks", **_invalid(pointer).extra)


def _invalid(pointer: str) -> Refusal:
    message = f"invalid slack file [json-pointer:{pointer}]"
    return Refusal("invalid_blocks", errors=[message], response_metadata={"messages": [f"[ERROR] {message}"]})


def _shown(blocks: Iterable[Any], pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every slack_file within, and where it stands."""
    for place, each in enumerate(blocks):
        yield from _within(each, f"{pointer}/{place}")


def _within(value: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, list):
        yield from _shown(value, pointer)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == "slack_file" and isinstance(each, dict):
                yield f"{pointer}/{name}", each
            else:
                yield from _within(each, f"{pointer}/{name}")
