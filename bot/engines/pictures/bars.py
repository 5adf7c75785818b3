"""Lanes and their bars: a colour and a name for everybody, hatches where nobody is, a strip for what is special."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.engines.pictures.columns import PADDING, WIDTH, Columns
from bot.engines.pictures.facts import people, time_span
from bot.engines.pictures.handovers import draw_times, times_height
from bot.engines.pictures.names import Label, width
from bot.engines.pictures.palette import ALARM
from bot.engines.pictures.pen import Pen, Value
from bot.engines.pictures.period import PeriodKind
from bot.engines.pictures.values import Bar, Lane, Mark, Picture, Piece

_STRIP = 9.0
_LABEL = 20.0
_MOST_ROWS = 4
_AFTER = 8.0
_LARGEST, _SMALLEST = 24.0, 17.0
_ASIDE = 8.0
"""How far words keep away from the marker of the present."""


@dataclass(frozen=True, slots=True)
class _Heights:
    """Of a lane's name, of the final lane and the others, and of each row where several are on call at once."""

    name: float
    final: float
    other: float
    row: float


_HEIGHTS = {
    PeriodKind.WEEK: _Heights(name=28, final=58, other=42, row=34),
    PeriodKind.MONTH: _Heights(name=26, final=42, other=30, row=27),
}


@dataclass(frozen=True, slots=True)
class Brush:
    """What every bar of one week is drawn with."""

    pen: Pen
    picture: Picture
    labels: Mapping[str, Label]
    columns: Columns
    said: Callable[[str], str]
    """A name of a thing as it can be written."""

    @property
    def heights(self) -> _Heights:
        """How high things are: lower in a month, which must not be too long for a phone."""
        return _HEIGHTS[self.picture.period.kind]

    @property
    def has_now(self) -> bool:
        """Whether the picture is drawn in this week."""
        return self.columns.start <= self.picture.now < self.columns.end

    def is_marked(self, middle: float, wide: float) -> bool:
        """Whether the marker of the present goes through words around there."""
        return self.has_now and abs(self.columns.x(self.picture.now) - middle) <= wide / 2 + _ASIDE

    def parts(self, lane: Lane) -> list[Bar]:
        """The bars of a lane of which something lies in this week."""
        return [bar for bar in lane.bars if bar.end > self.columns.start and bar.start < self.columns.end]


def lane_height(brush: Brush, lane: Lane) -> float:
    """How high a lane is, with its name above it and times below."""
    times = times_height(brush.picture, brush.columns, brush.parts(lane)) if lane.is_final else 0
    return _name_height(brush) + _bar_height(brush, lane) + times + _AFTER


def draw_lane(brush: Brush, lane: Lane, top: float) -> float:
    """Draw the part of a lane that lies in this week; answers where the next one begins."""
    if len(brush.picture.lanes) > 1:
        name = Label((brush.said(lane.name) or "A rotation", "…")).within(WIDTH - 3 * PADDING, _LABEL)
        weight = "bold" if lane.is_final else "normal"
        brush.pen.text(PADDING + 8, top + 19, name, _LABEL, font_weight=weight)
    bar_top = top + _name_height(brush)
    parts, height = brush.parts(lane), _bar_height(brush, lane)
    for bar in parts:
        _draw_bar(brush, bar, bar_top, height)
    if lane.is_final:
        draw_times(brush.pen, brush.picture, brush.columns, parts, bar_top + height)
    return top + lane_height(brush, lane)


def _name_height(brush: Brush) -> float:
    return brush.heights.name if len(brush.picture.lanes) > 1 else 0


def _bar_height(brush: Brush, lane: Lane) -> float:
    rows = min(lane.most_at_once, _MOST_ROWS)
    return max(brush.heights.final if lane.is_final else brush.heights.other, rows * brush.heights.row)


def _draw_bar(brush: Brush, bar: Bar, top: float, height: float) -> None:
    """One bar, or its part in this week: towards a neighbouring week, or out of the picture, it runs to the edge."""
    columns = brush.columns
    start, end = max(bar.start, columns.start), min(bar.end, columns.end)
    begins_here = bar.start == start and not bar.begins_earlier
    ends_here = bar.end == end and not bar.ends_later
    left = columns.x(start) + (1 if begins_here else -PADDING)
    right = columns.x(end) - (1 if ends_here else -PADDING)
    box = _Box(left, top, max(right - left, 2), height)
    kind = "gap" if bar.is_gap else "bar"
    with brush.pen.group(class_=kind, data_start=start.isoformat(), data_end=end.isoformat()):
        brush.pen.title(f"{time_span(brush.picture, bar)}: {people(bar)}")
        if bar.is_gap:
            _draw_gap(brush, bar, box)
        else:
            _draw_pieces(brush, bar, box)


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    def row(self, place: int, of: int) -> _Box:
        """One of so many rows of equal height."""
        height = self.height / of
        return _Box(self.x, self.y + place * height, self.width, height - (2 if of > 1 and place < of - 1 else 0))

    @property
    def seen(self) -> tuple[float, float]:
        """Where words begin in it, and how much room they have: not in the margin of the picture."""
        begin = max(self.x, PADDING - 6)
        return begin + 7, min(self.x + self.width, WIDTH - PADDING + 6) - begin - 12


def _draw_pieces(brush: Brush, bar: Bar, box: _Box) -> None:
    rows = min(len(bar.pieces), _MOST_ROWS)
    for place, piece in enumerate(bar.pieces[:rows]):
        hidden = len(bar.pieces) - rows if place == rows - 1 else 0
        _draw_piece(brush, piece, box.row(place, rows), hidden)


def _draw_piece(brush: Brush, piece: Piece, box: _Box, hidden: int) -> None:
    """Somebody's colour and name; `hidden` more are on call for whom there is no row."""
    fill = brush.picture.colours[piece.who.id].fill
    brush.pen.rect(box.x, box.y, box.width, box.height, rx=5, fill=fill, class_="piece")
    strips = [mark for mark in Mark if mark in piece.marks]
    for place, mark in enumerate(strips):
        _draw_strip(brush, mark, box, box.y + box.height - (place + 1) * _STRIP)
    _write(brush, piece, replace(box, height=box.height - len(strips) * _STRIP), f" +{hidden}" if hidden else "")


def _draw_strip(brush: Brush, mark: Mark, box: _Box, y: float) -> None:
    """A mark along the lower edge; drawn in a space of its own, so that its pattern begins whole."""
    with brush.pen.group(transform=f"translate({box.x:.2f} {y:.2f})", class_=mark.value):
        brush.pen.rect(0, 0, box.width, _STRIP, fill="#ffffff", class_="strip")
        brush.pen.rect(0, 0, box.width, _STRIP, fill=f"url(#{mark})")


def _write(brush: Brush, piece: Piece, box: _Box, more: str) -> None:
    """A name where it fits beside the marker of the present, else initials in the middle."""
    label, size = brush.labels[piece.who.id], min(_LARGEST, box.height * 0.62)
    looks: dict[str, Value] = {
        "class_": "on-bar",
        "fill": brush.picture.colours[piece.who.id].ink,
        "font_weight": "600",
    }
    places = [(begin, label.within(room - width(more, size), size)) for begin, room in _rooms(brush, box)]
    begin, words = max(places, key=lambda place: len(place[1]))
    small, middle = label.within(box.width - 3, _SMALLEST), box.x + box.width / 2
    is_short = words in {"", label.forms[-1]} and len(words) < len(small)
    if not is_short or brush.is_marked(middle, width(small, _SMALLEST)):
        brush.pen.text(begin, box.y + box.height / 2 + size * 0.36, words and f"{words}{more}", size, **looks)
    else:
        brush.pen.text(middle, box.y + box.height / 2 + 6, small, _SMALLEST, text_anchor="middle", **looks)


def _rooms(brush: Brush, box: _Box) -> list[tuple[float, float]]:
    """Where words may begin and how much room they have: before the marker of the present, and behind it."""
    begin, room = box.seen
    now = brush.columns.x(brush.picture.now)
    if not brush.has_now or not begin - _ASIDE < now < begin + room:
        return [(begin, room)]
    return [(begin, now - _ASIDE - begin), (now + _ASIDE, begin + room - now - _ASIDE)]


def _draw_gap(brush: Brush, bar: Bar, box: _Box) -> None:
    columns = brush.columns
    left, right = max(box.x, columns.left(0)), min(box.x + box.width, columns.left(len(columns.days)))
    shape = (left, box.y + 1, max(right - left, 2), box.height - 2)
    brush.pen.rect(*shape, rx=5, fill="#ffffff", class_="paper")
    with brush.pen.group(stroke=ALARM, stroke_width=2, stroke_dasharray="6 4"):
        brush.pen.rect(*shape, rx=5, fill="url(#gap)", class_="hatched")
    if bar.is_by_override:
        _draw_strip(brush, Mark.OVERRIDE, _Box(*shape), box.y + box.height - _STRIP)
    half = width("nobody", _LABEL) / 2 + 3
    middles = ((left + right) / 2, (left + right) / 2 + half + 20, (left + right) / 2 - half - 20)
    fitting = (each for each in middles if left + half + 3 <= each <= right - half - 3)
    if middle := next((each for each in fitting if not brush.is_marked(each, 2 * half)), None):
        base = box.y + (box.height - (_STRIP if bar.is_by_override else 0)) / 2
        looks: dict[str, Value] = {
            "text_anchor": "middle",
            "fill": ALARM,
            "class_": "alarm-word",
            "font_weight": "bold",
        }
        brush.pen.rect(middle - half, base - 13, 2 * half, 26, rx=6, fill="#ffffff", class_="paper")
        brush.pen.text(middle, base + 6.5, "nobody", _LABEL, **looks)
