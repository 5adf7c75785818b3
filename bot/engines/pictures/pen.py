"""Writing SVG: shapes and texts, escaped, with a class beside each colour so that a page can darken them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

FACE = "Open Sans, system-ui, sans-serif"
Value = str | float


class Pen:
    """Collects what is drawn, in the order in which it is to lie."""

    def __init__(self) -> None:
        self._written: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, **looks: Value) -> None:
        """A rectangle."""
        self._written.append(f"<rect{attributes(x=x, y=y, width=width, height=height, **looks)}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, **looks: Value) -> None:
        """A straight line."""
        self._written.append(f"<line{attributes(x1=x1, y1=y1, x2=x2, y2=y2, **looks)}/>")

    def text(self, x: float, y: float, words: str, size: float, **looks: Value) -> None:
        """Words on a base line; by themselves in the colour of ink."""
        if words:
            given: dict[str, Value] = {"class_": "ink", "fill": "#1b1f24", **looks}
            self._written.append(f"<text{attributes(x=x, y=y, font_size=size, **given)}>{clean(words)}</text>")

    def title(self, words: str) -> None:
        """What is said of the group around it."""
        self._written.append(f"<title>{clean(words)}</title>")

    @property
    def written(self) -> str:
        """What is drawn so far."""
        return "".join(self._written)

    def raw(self, svg: str) -> None:
        """Markup of our own, without anything that people wrote."""
        self._written.append(svg)

    @contextmanager
    def group(self, **looks: Value) -> Iterator[None]:
        """What is drawn in the block belongs together."""
        self._written.append(f"<g{attributes(**looks)}>")
        yield
        self._written.append("</g>")

    def finished(self, width: float, height: float, words: str) -> str:
        """The whole picture, and what it is called."""
        given = attributes(
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_number(width)} {_number(height)}",
            width=width,
            height=height,
            role="img",
            aria_label=words,
            font_family=FACE,
        )
        return f"<svg{given}>{self.written}</svg>"


def attributes(**looks: Value) -> str:
    """As they stand in a tag: `font_size` is `font-size`, `class_` is `class`."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{clean(value) if isinstance(value, str) else _number(value)}"'
        for name, value in looks.items()
    )


def clean(text: str) -> str:
    """Escaped, without the characters that no XML may hold."""
    return escape("".join(char for char in text if _may_stand_in_xml(char)))


def _may_stand_in_xml(char: str) -> bool:
    return char in "\t\n" or "\x20" <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
