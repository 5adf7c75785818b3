"""The picture, read back as XML: every watch is where its time is, and what is special about it can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engines.pictures import Bar, Picture, draw
from bot.engines.pictures.columns import DAY_WIDTH, PADDING, WIDTH, Columns
from bot.engines.pictures.palette import contrast
from tests.engines.pictures.worlds import BERLIN, LORD_HOWE, NAMES, WORLDS

SVG = "{http://www.w3.org/2000/svg}"


def _read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  we have drawn it ourselves


def _of_class(picture: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in picture.iter() if name in each.get("class", "").split()]


def _spans(picture: Picture) -> Iterator[tuple[bool, datetime, datetime]]:
    """What must be drawn: every bar's part in every week, and whether it is a gap."""
    for week in picture.period.weeks:
        columns = Columns.of(week, picture.zone)
        for lane in picture.lanes:
            for bar in lane.bars:
                start, end = max(bar.start, columns.start), min(bar.end, columns.end)
                if start < end:
                    yield bar.is_gap, start, end


@pytest.mark.parametrize("name", WORLDS)
def test_every_watch_and_every_gap_lies_over_its_time(name: str) -> None:
    picture = WORLDS[name]().picture
    groups = [each for kind in ("bar", "gap") for each in _of_class(_read(draw(picture)), kind)]
    drawn = sorted(
        (
            each.get("class") == "gap",
            datetime.fromisoformat(each.attrib["data-start"]),
            datetime.fromisoformat(each.attrib["data-end"]),
        )
        for each in groups
    )
    assert drawn == sorted(_spans(picture))
    for group in groups:
        start, end = (datetime.fromisoformat(group.attrib[f"data-{edge}"]) for edge in ("start", "end"))
        (columns,) = (
            columns
            for week in picture.period.weeks
            if (columns := Columns.of(week, picture.zone)).start <= start < columns.end
        )
        rect = next(each for each in group.iter(f"{SVG}rect"))
        left, right = float(rect.attrib["x"]), float(rect.attrib["x"]) + float(rect.attrib["width"])
        assert left <= columns.x(start) + 1.01
        assert right >= columns.x(end) - 1.01
        assert left >= columns.x(start) - PADDING - 0.01
        assert right <= max(columns.x(end), left + 2) + PADDING + 0.01


@pytest.mark.parametrize("name", WORLDS)
def test_all_words_can_be_read_where_they_stand(name: str) -> None:
    root = _read(draw(WORLDS[name]().picture, for_font=True))
    height = float(root.attrib["height"])
    for text in root.iter(f"{SVG}text"):
        assert float(text.attrib["font-size"]) >= 13, text.text
        assert 0 <= float(text.attrib["x"]) <= WIDTH
        assert 0 <= float(text.attrib["y"]) <= height
    for group in [*_of_class(root, "bar")]:
        ground = ""
        for each in group.iter():
            if each.get("class") == "piece":
                ground = each.attrib["fill"]
            if each.tag == f"{SVG}text":
                assert contrast(ground, each.attrib["fill"]) >= 4.5


def test_gaps_are_hatched_and_named() -> None:
    root = _read(draw(WORLDS["gaps"]().picture))
    gaps = _of_class(root, "gap")
    assert len(gaps) == 6
    assert all(any(rect.get("fill") == "url(#gap)" for rect in gap.iter(f"{SVG}rect")) for gap in gaps)
    assert "nobody" in [text.text for text in gaps[-1].iter(f"{SVG}text")]
    assert [each.get("data-means") for each in _of_class(root, "legend")] == ["nobody on call"]


def test_overrides_and_what_is_forwarded_have_patterns_that_the_legend_explains() -> None:
    world = WORLDS["overrides"]()
    root = _read(draw(world.picture))
    marked = [group for group in _of_class(root, "bar") if any(_of_class(group, "override"))]
    assert len(marked) == 3
    assert [each.get("data-means") for each in _of_class(root, "legend")] == [
        *("nobody on call", "override", "forwarded")
    ]
    (emptied,) = _of_class(root, "gap")
    assert _of_class(emptied, "override"), "an override may say nobody"
    root = _read(draw(WORLDS["forwarding"]().picture))
    assert len([group for group in _of_class(root, "bar") if _of_class(group, "forwarded")]) == 2
    assert [each.get("data-means") for each in _of_class(root, "legend")] == ["forwarded"]
    patterns = {each.attrib["id"] for each in root.iter(f"{SVG}pattern")}
    assert patterns == {"gap", "override", "forwarded"}


def test_the_present_is_marked_where_it_is_and_said_at_the_top() -> None:
    world = WORLDS["weekly"]()
    root = _read(draw(world.picture))
    (marker,) = _of_class(root, "now-marker")
    x = float(next(marker.iter(f"{SVG}line")).attrib["x1"])
    (week,) = world.period.weeks
    assert abs(x - Columns.of(week, BERLIN).x(world.now)) <= 0.5
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert words[words.index("Now") :][:3] == ["Now", "Ana Pereira", "until Mon 23 Nov 09:00"]
    assert "16 – 22 November 2026 · Europe/Berlin" in words
    assert "09:00" in words
    nobody = _read(draw(WORLDS["nobody-now"]().picture))
    assert "Now: nobody until Wed 18 Nov 09:00" in [text.text for text in nobody.iter(f"{SVG}text")]
    off = _read(draw(WORLDS["off"]().picture))
    assert "Switched off: nobody is on call by it" in [text.text for text in off.iter(f"{SVG}text")]
    since = _read(draw(WORLDS["switched-off"]().picture))
    assert "Switched off since Tue 17 Nov 14:00" in [text.text for text in since.iter(f"{SVG}text")]


def test_several_rotations_have_a_lane_each_below_the_one_that_counts() -> None:
    words = [text.text for text in _read(draw(WORLDS["three-rotations"]().picture)).iter(f"{SVG}text")]
    lanes = [word for word in words if word in {"On call", "Primary", "Secondary", "Office hours"}]
    assert lanes == ["On call", "Primary", "Secondary", "Office hours"]


@pytest.mark.parametrize("name", ["hostile", "right-to-left", "long-names"])
@pytest.mark.parametrize("for_font", [True, False])
def test_whatever_people_are_called_is_text(name: str, *, for_font: bool) -> None:
    svg = draw(WORLDS[name]().picture, for_font=for_font)
    root = _read(svg)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        *("svg", "g", "rect", "line", "text", "title", "defs", "pattern", "circle", "path")
    }
    assert "<script" not in svg and "\x00" not in svg
    assert not any(name.startswith("on") for each in root.iter() for name in each.attrib)


def test_letters_that_the_font_lacks_give_way_to_the_handle() -> None:
    words = {text.text for text in _read(draw(WORLDS["right-to-left"]().picture, for_font=True)).iter(f"{SVG}text")}
    assert {"This schedule", "nour", "kenji", "Lee", "Ana"} <= words
    assert not any(char > "\u2026" for word in words if word for char in word)
    on_a_page = {text.text for text in _read(draw(WORLDS["right-to-left"]().picture)).iter(f"{SVG}text")}
    assert NAMES["nour"].split()[0] in on_a_page or NAMES["nour"] in on_a_page


def test_everybody_keeps_their_colour_from_picture_to_picture() -> None:
    fills: dict[str, set[str]] = {}
    for name in ("daily", "forwarding", "overrides"):
        root = _read(draw(WORLDS[name]().picture))
        for group in _of_class(root, "bar"):
            rect = next(each for each in group.iter(f"{SVG}rect"))
            (who,) = re.findall(r": (\w+ \w+)", next(group.iter(f"{SVG}title")).text or "")
            fills.setdefault(who, set()).add(rect.attrib["fill"])
    assert {who: len(found) for who, found in fills.items() if who in {"Ana Pereira", "Raj Patel"}} == {
        "Ana Pereira": 1,
        "Raj Patel": 1,
    }


def test_a_day_on_which_the_clocks_change_is_as_wide_as_any_other_and_says_how_long_it_is() -> None:
    world = WORLDS["lord-howe"]()
    words = [text.text for text in _read(draw(world.picture)).iter(f"{SVG}text")]
    assert "23.5 h" in words and "02:15" in words
    (week,) = world.period.weeks
    columns = Columns.of(week, LORD_HOWE)
    widths = [columns.x(end) - columns.x(begin) for begin, end in pairwise(columns.bounds)]
    assert widths == pytest.approx([DAY_WIDTH] * 7)
    noon = columns.bounds[6] + timedelta(hours=11.75)
    assert columns.x(noon) == pytest.approx(columns.left(6) + DAY_WIDTH / 2)


@given(st.sampled_from(sorted(WORLDS)), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_later_is_further_to_the_right(name: str, one: float, other: float) -> None:
    world = WORLDS[name]()
    for week in world.period.weeks:
        columns = Columns.of(week, world.schedule.zone)
        long = columns.end - columns.start
        earlier, later = sorted((columns.start + one * long, columns.start + other * long))
        assert columns.x(earlier) <= columns.x(later)


def _tiles(bars: tuple[Bar, ...], start: datetime, end: datetime) -> bool:
    return bars[0].start == start and bars[-1].end == end and all(a.end == b.start for a, b in pairwise(bars))


@pytest.mark.parametrize("name", WORLDS)
def test_the_lane_that_counts_leaves_no_moment_out(name: str) -> None:
    world = WORLDS[name]()
    assert _tiles(world.picture.final.bars, *world.period.window(world.schedule.zone))
