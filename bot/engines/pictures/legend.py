"""What the patterns mean, as far as they are seen, and as of when all this holds."""

from __future__ import annotations

from collections.abc import Iterator

from bot.engines.pictures.clock import moment
from bot.engines.pictures.columns import PADDING, WIDTH
from bot.engines.pictures.names import width
from bot.engines.pictures.pen import Pen
from bot.engines.pictures.values import Mark, Picture

PATTERNS = (
    "<defs>"
    '<pattern id="gap" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="14" fill="#a4001d" opacity="0.55"/></pattern>'
    '<pattern id="override" width="10" height="9" patternUnits="userSpaceOnUse">'
    '<circle cx="5" cy="4.5" r="3" fill="#111111"/></pattern>'
    '<pattern id="forwarded" width="14" height="9" patternUnits="userSpaceOnUse">'
    '<path d="M2 0 L9 4.5 L2 9" fill="none" stroke="#111111" stroke-width="3"/></pattern>'
    "</defs>"
)
"""Hatches for gaps, dots for overrides, arrows for what was forwarded: told apart without any colour."""
_SIZE = 20.0
_SWATCH = 40.0
_GAP = "gap"
_WORDS = {_GAP: "nobody on call", Mark.OVERRIDE.value: "override", Mark.FORWARDED.value: "forwarded"}


def draw_legend(pen: Pen, picture: Picture, top: float) -> float:
    """Draw it; answers where the picture ends."""
    x, y = PADDING, top
    for kind in _seen(picture):
        long = _SWATCH + 8 + width(_WORDS[kind], _SIZE) + 22
        if x + long > WIDTH - PADDING:
            x, y = PADDING, y + 30
        with pen.group(class_="legend", data_means=_WORDS[kind]):
            pen.rect(x, y, _SWATCH, 20, fill="#ffffff", class_="strip", stroke="#59636e")
            with pen.group(transform=f"translate({x:.2f} {y + (0 if kind == _GAP else 5.5):.2f})"):
                pen.rect(0, 0, _SWATCH, 20 if kind == _GAP else 9, fill=f"url(#{kind})")
            pen.text(x + _SWATCH + 8, y + 16, _WORDS[kind], _SIZE)
        x += long
    said = f"as of {moment(picture.now, picture.zone)}"
    if x + width(said, _SIZE) > WIDTH - PADDING:
        y += 30
    pen.text(WIDTH - PADDING, y + 16, said, _SIZE, text_anchor="end", class_="muted", fill="#59636e")
    return y + 38


def _seen(picture: Picture) -> Iterator[str]:
    bars = [bar for lane in picture.lanes for bar in lane.bars]
    if any(bar.is_gap for bar in bars):
        yield _GAP
    marks = {mark for bar in bars for piece in bar.pieces for mark in piece.marks}
    if Mark.OVERRIDE in marks or any(bar.is_by_override for bar in bars):
        yield Mark.OVERRIDE.value
    if Mark.FORWARDED in marks:
        yield Mark.FORWARDED.value
