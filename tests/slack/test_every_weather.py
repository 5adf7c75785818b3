"""Every weather of Slack against everything that is meant for a person: it reaches them, once.

Run it with `-s` to see the table; a weather that fails prints its own lines.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.slack.by_hand import TAKEN as URL_TAKEN
from tests.slack.conftest import Town
from tests.slack.weather import meant, sockets
from tests.slack.weather.meant import Meant
from tests.slack.weather.sky import (
    ASKED,
    BROKEN,
    CHANNEL,
    DIRECT,
    FORM,
    HOME,
    LATE_TRIGGER,
    LIMITED,
    OURS,
    REFUSED,
    TAKEN,
    Weather,
)


@dataclass(frozen=True)
class Cell:
    """What is meant for a person in one weather: how it is tried, and where they get it, how often."""

    tried: Meant
    expected: Mapping[str, int]
    note: str = ""


CARD, TOLD, ANSWER, MENTION = "a card", "a direct message", "an answer by URL", "an answer to a mention"
WRITTEN, MARKED = "an answer in direct messages", "the answer of a shortcut"
OPENED, OPENED_ON_HOME, TAB = "a form", "a form from Home", "the Home tab"
AS_BY_URL = "as an answer by URL"
NOWHERE = "knows no channel"
TWICE = "it cannot be read back there: told again rather than not at all"
HEALED = "once the token is healed"
EDITS = "edits no message"

TABLE: dict[str, tuple[Weather, dict[str, Cell | str]]] = {
    "429 with Retry-After": (
        LIMITED,
        {
            CARD: Cell(meant.card, {CHANNEL: 1}),
            TOLD: Cell(meant.direct_message, {DIRECT: 1}),
            ANSWER: Cell(meant.answer_by_url(429), {ASKED: 1}),
            MENTION: Cell(meant.mention, {DIRECT: 1}),
            WRITTEN: Cell(meant.written, {DIRECT: 1}),
            MARKED: AS_BY_URL,
            OPENED: Cell(meant.form, {FORM: 1}),
            OPENED_ON_HOME: Cell(meant.home_form, {FORM: 1}),
            TAB: Cell(meant.home, {HOME: 1}),
        },
    ),
    "500": (
        BROKEN,
        {
            CARD: Cell(meant.card, {CHANNEL: 1}),
            TOLD: Cell(meant.direct_message, {DIRECT: 1}),
            ANSWER: Cell(meant.answer_by_url(500), {ASKED: 1}),
            MENTION: Cell(meant.mention, {DIRECT: 1}),
            WRITTEN: Cell(meant.written, {DIRECT: 1}),
            MARKED: AS_BY_URL,
            OPENED: Cell(meant.form, {FORM: 1}),
            OPENED_ON_HOME: Cell(meant.home_form, {FORM: 1}),
            TAB: Cell(meant.home, {HOME: 1}),
        },
    ),
    "taken, and no answer": (
        TAKEN,
        {
            CARD: Cell(meant.card, {CHANNEL: 2}, TWICE),
            TOLD: Cell(meant.direct_message, {DIRECT: 1}, "it is looked for and found"),
            ANSWER: Cell(meant.answer_by_url(URL_TAKEN), {ASKED: 2}, TWICE),
            MENTION: Cell(meant.mention, {ASKED: 1, DIRECT: 1}, TWICE),
            WRITTEN: Cell(meant.written, {DIRECT: 1}, "it is looked for and found"),
            MARKED: AS_BY_URL,
            OPENED: Cell(meant.form, {FORM: 1}),
            OPENED_ON_HOME: Cell(meant.home_form, {FORM: 1}),
            TAB: Cell(meant.home, {HOME: 1}, "published again, it is the same"),
        },
    ),
    **{
        str(weather.kind): (
            weather,
            {
                CARD: Cell(meant.card, {DIRECT: 1}, "its owner, with the way to mend it"),
                TOLD: NOWHERE,
                ANSWER: NOWHERE,
                MENTION: Cell(meant.mention, {DIRECT: 1}),
                WRITTEN: NOWHERE,
                MARKED: NOWHERE,
                OPENED: NOWHERE,
                OPENED_ON_HOME: NOWHERE,
                TAB: NOWHERE,
            },
        )
        for weather in REFUSED
    },
    "message_not_found": (
        BROKEN,
        {
            CARD: Cell(meant.edited_card, {CHANNEL: 1}, "made anew"),
            TOLD: Cell(meant.edited_direct_message, {DIRECT: 1}, "made anew"),
            **dict.fromkeys((ANSWER, MENTION, WRITTEN, MARKED, OPENED, OPENED_ON_HOME, TAB), EDITS),
        },
    ),
    **{
        str(weather.kind): (
            weather,
            {
                CARD: Cell(meant.card, {CHANNEL: 1}, HEALED),
                TOLD: Cell(meant.direct_message, {DIRECT: 1}, HEALED),
                ANSWER: Cell(meant.answer, {ASKED: 1}, "a URL needs no token"),
                MENTION: Cell(meant.mention, {DIRECT: 1}, HEALED),
                WRITTEN: Cell(meant.written, {DIRECT: 1}, HEALED),
                MARKED: Cell(meant.marked, {ASKED: 1}, "a URL needs no token"),
                OPENED: Cell(meant.form, {ASKED: 1}, "that it did not open"),
                OPENED_ON_HOME: Cell(meant.home_form, {DIRECT: 1}, f"that it did not open, {HEALED}"),
                TAB: Cell(meant.home, {HOME: 1}, HEALED),
            },
        )
        for weather in OURS
    },
    "an expired response URL": (
        BROKEN,
        {
            ANSWER: Cell(meant.late_answer, {DIRECT: 1}),
            MARKED: Cell(meant.marked_late, {DIRECT: 1}),
            OPENED: Cell(meant.late_form, {DIRECT: 1}, "that it did not open"),
            **dict.fromkeys((CARD, TOLD, MENTION, WRITTEN, OPENED_ON_HOME, TAB), "has no response URL"),
        },
    ),
    "expired_trigger_id": (
        LATE_TRIGGER,
        {
            OPENED: Cell(meant.form, {ASKED: 1}, "that it did not open"),
            OPENED_ON_HOME: Cell(meant.home_form, {DIRECT: 1}, "that it did not open"),
            **dict.fromkeys((CARD, TOLD, ANSWER, MENTION, WRITTEN, MARKED, TAB), "has no trigger"),
        },
    ),
    "hash_conflict": (
        BROKEN,
        {
            OPENED: Cell(meant.redrawn_form, {FORM: 1}, "the first of two presses has redrawn it"),
            **dict.fromkeys((CARD, TOLD, ANSWER, MENTION, WRITTEN, MARKED, OPENED_ON_HOME, TAB), "has no hash"),
        },
    ),
}
SOCKETS = {
    "socket refreshed": sockets.refreshed,
    "socket dropped": sockets.dropped,
}
BY_SOCKET: dict[str, tuple[Callable[[Town, sockets.Break], Awaitable[dict[str, int]]], Mapping[str, int], str]] = {
    "a command's own answer": (sockets.typed_change, {ASKED: 1}, "done once; answered by its response URL"),
    ANSWER: (sockets.typed_question, {ASKED: 1}, "acknowledged before it is worked on"),
    MENTION: (sockets.mentioned_change, {ASKED: 1}, "done once; what Slack repeats is answered no more"),
    OPENED: (sockets.sent_form, {CHANNEL: 1}, "it stays open; sent again it counts once: its card"),
}
SEEN: dict[str, list[str]] = {}


@pytest.fixture(scope="module", autouse=True)
def printed() -> Iterator[None]:
    """The whole table, once all of it was tried."""
    yield
    print("\n\n" + "\n".join(line for lines in SEEN.values() for line in lines))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", TABLE)
async def test_whatever_the_weather_it_reaches_whom_it_is_meant_for(town: Town, name: str) -> None:
    weather, cells = TABLE[name]
    for each in meant.MET:
        await town.house.desk.people.person(each)
    got = {each: await cell.tried(town, weather) for each, cell in cells.items() if isinstance(cell, Cell)}
    SEEN[name] = [_line(name, each, cell, got.get(each)) for each, cell in cells.items()]
    print("\n".join(SEEN[name]))
    assert got == {each: cell.expected for each, cell in cells.items() if isinstance(cell, Cell)}


@pytest.mark.parametrize("way_in", ["socket"])
@pytest.mark.parametrize("name", SOCKETS)
@pytest.mark.parametrize("what", BY_SOCKET)
async def test_a_socket_that_goes_while_the_bot_works_takes_nothing_along(town: Town, name: str, what: str) -> None:
    tried, expected, note = BY_SOCKET[what]
    got = await tried(town, SOCKETS[name])
    line = f"{name:24} {what:29} {', '.join(f'{place}: {times}' for place, times in got.items()):36} {note}"
    SEEN[name] = [*(each for each in SEEN.get(name, ()) if each != line), line]
    print(line)
    assert got == expected


def _line(weather: str, what: str, cell: Cell | str, got: Mapping[str, int] | None) -> str:
    if isinstance(cell, str):
        return f"{weather:24} {what:29} {'-':36} {cell}"
    where = ", ".join(f"{place}: {times}" for place, times in (got or {}).items()) or "nowhere"
    return f"{weather:24} {what:29} {where:36} {cell.note}".rstrip()
