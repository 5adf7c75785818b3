"""The picture itself: who is on call now at the top, and under it week by week who has which watch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.pictures.bars import Brush, draw_lane, lane_height
from bot.engines.pictures.clock import WEEKDAYS, days, moment, odd_length
from bot.engines.pictures.columns import DAY_WIDTH, PADDING, WIDTH, Columns
from bot.engines.pictures.facts import heading
from bot.engines.pictures.legend import PATTERNS, draw_legend
from bot.engines.pictures.names import Label, labels, readable, visible, width
from bot.engines.pictures.palette import ALARM, BLACK
from bot.engines.pictures.pen import Pen
from bot.engines.pictures.period import PeriodKind
from bot.engines.pictures.values import Picture, Who
from bot.engines.wallclock import to_local

_TITLE, _SMALL, _NOW = 36.0, 22.0, 26.0
_DAY, _FLAG = 21.0, 19.0
_NOW_HEIGHT = 48.0
_MOST_NOW = 4
_HEAD_HEIGHT, _ODD_HEIGHT = 36.0, 20.0
_FLAG_HEIGHT = 30.0
_BETWEEN = 18.0
_MUTED = {"class_": "muted", "fill": "#59636e"}


def draw(picture: Picture, *, for_font: bool = False) -> str:
    """The picture as SVG, 720 wide and as high as it must be.

    Every colour has a class beside it (`paper`, `ink`, `muted`, ...), so that a page can darken what lies under the
    bars. With `for_font` every name is written in letters that the font of the images has.
    """
    who = _everybody(picture)
    drawing = _Drawing(Pen(), picture, labels(who.values(), for_font=for_font), readable if for_font else visible)
    return drawing.drawn()


def _everybody(picture: Picture) -> Mapping[str, Who]:
    pieces = (piece for lane in picture.lanes for bar in lane.bars for piece in bar.pieces)
    holders = picture.standing.holders if picture.standing else ()
    return {who.id: who for who in (*(piece.who for piece in pieces), *(who for who, _ in holders))}


@dataclass(slots=True)
class _Drawing:
    pen: Pen
    picture: Picture
    labels: Mapping[str, Label]
    said: Callable[[str], str]
    y: float = 0.0

    def drawn(self) -> str:
        """All of it, from top to bottom."""
        whole = Pen()
        self._title()
        self._now()
        for week in self.picture.period.weeks:
            self._week(Columns.of(week, self.picture.zone))
        self.y = draw_legend(self.pen, self.picture, self.y)
        whole.raw(PATTERNS)
        whole.rect(0, 0, WIDTH, self.y, class_="paper", fill="#ffffff")
        whole.raw(self.pen.written)
        return whole.finished(WIDTH, self.y, heading(self.picture))

    def _title(self) -> None:
        name = Label((self.said(self.picture.schedule) or "This schedule", "…")).within(WIDTH - 2 * PADDING, _TITLE)
        self.pen.text(PADDING, 48, name, _TITLE, font_weight="bold")
        when = f"{days(self.picture.period)} · {self.picture.zone.key}"
        self.pen.text(PADDING, 80, when, _SMALL, **_MUTED)
        self.y = 98

    def _now(self) -> None:
        stand = self.picture.standing
        off = self.picture.off_from
        if off:
            since = f" since {moment(off, self.picture.zone, now=self.picture.now)}"
            self._banner(f"Switched off{': nobody is on call by it' if self.picture.is_all_off else since}")
        elif stand and not stand.holders:
            ends = f" until {moment(stand.until, self.picture.zone, now=self.picture.now)}" if stand.until else ""
            self._banner(f"Now: nobody{ends}")
        elif stand:
            for who, until in stand.holders[:_MOST_NOW]:
                self._holder(who, until)
            if len(stand.holders) > _MOST_NOW:
                self.pen.text(PADDING, self.y + 22, f"and {len(stand.holders) - _MOST_NOW} more now", _SMALL, **_MUTED)
                self.y += 34
        self.y += 8

    def _holder(self, who: Who, until: datetime | None) -> None:
        colour = self.picture.colours[who.id]
        ends = f"until {moment(until, self.picture.zone, now=self.picture.now)}" if until else "no end in sight"
        room = WIDTH - 4 * PADDING - width(f"Now {ends}", _SMALL) - 30
        base = self.y + 31
        self.pen.rect(PADDING, self.y, WIDTH - 2 * PADDING, _NOW_HEIGHT - 4, rx=8, fill=colour.fill)
        self.pen.text(PADDING + 14, base, "Now", _SMALL, class_="on-bar", fill=colour.ink)
        name = self.labels[who.id].within(room, _NOW)
        self.pen.text(PADDING + 74, base, name, _NOW, class_="on-bar", fill=colour.ink, font_weight="bold")
        self.pen.text(WIDTH - PADDING - 14, base, ends, _SMALL, class_="on-bar", fill=colour.ink, text_anchor="end")
        self.y += _NOW_HEIGHT

    def _banner(self, words: str) -> None:
        self.pen.rect(*(PADDING, self.y, WIDTH - 2 * PADDING, _NOW_HEIGHT - 4), rx=8, fill=ALARM, class_="alarm")
        self.pen.text(PADDING + 14, self.y + 30, words, _NOW, class_="on-bar", fill="#ffffff", font_weight="bold")
        self.y += _NOW_HEIGHT

    def _week(self, columns: Columns) -> None:
        brush = Brush(self.pen, self.picture, self.labels, columns, self.said)
        odd = [odd_length(day, self.picture.zone) for day in columns.days]
        flag_top = self.y + _HEAD_HEIGHT + (_ODD_HEIGHT if any(odd) else 0)
        lanes_top = flag_top + (_FLAG_HEIGHT if brush.has_now else 4)
        bottom = lanes_top + sum(lane_height(brush, lane) for lane in self.picture.lanes)
        self._days(columns, odd, bottom)
        y = lanes_top
        for lane in self.picture.lanes:
            y = draw_lane(brush, lane, y)
        if brush.has_now:
            self._marker(round(columns.x(self.picture.now)), flag_top, bottom)
        self.y = bottom + _BETWEEN

    def _days(self, columns: Columns, odd: Sequence[str], bottom: float) -> None:
        """What lies below the lanes; a day on which the clocks change says how long it is."""
        today = to_local(self.picture.now, self.picture.zone).date()
        for place, day in enumerate(columns.days):
            left = columns.left(place)
            kind, fill = ("weekend", "#eceff2") if day.weekday() >= 5 else ("day", "#f7f8fa")
            if day == today:
                kind, fill = "today", "#fff1c2"
            self.pen.rect(left + 1, self.y, DAY_WIDTH - 2, bottom - self.y, class_=kind, fill=fill, rx=4)
            is_bold = day == today or self.picture.period.kind is PeriodKind.WEEK
            words = f"{WEEKDAYS[day.weekday()][:3]} {day.day}"
            self.pen.text(left + 6, self.y + 26, words, _DAY, font_weight="bold" if is_bold else "normal")
            self.pen.text(left + 6, self.y + 48, odd[place], _FLAG, **_MUTED)

    def _marker(self, x: float, top: float, bottom: float) -> None:
        """A line through all lanes, with a flag that says what it is.

        It stands on whole pixels, so that an image stays the same for as long as nothing else changes.
        """
        with self.pen.group(class_="now-marker"):
            self.pen.line(x, top + 10, x, bottom, stroke="#ffffff", stroke_width=8, class_="now-halo")
            self.pen.line(x, top + 10, x, bottom, stroke=BLACK, stroke_width=4, class_="now-line")
            left = min(max(x - 29, PADDING), WIDTH - PADDING - 58)
            self.pen.rect(left, top, 58, 25, rx=12, fill=BLACK, class_="now-flag")
            self.pen.text(
                left + 29,
                top + 19,
                "now",
                _FLAG,
                text_anchor="middle",
                fill="#ffffff",
                class_="now-word",
                font_weight="bold",
            )
