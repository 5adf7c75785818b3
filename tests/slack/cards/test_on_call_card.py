"""What comes after those who are on call: who joins, who takes over, and how long nobody does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.playground.rendering import Reader, blocks_text
from bot.queries.on_call import Because, HandOff, Holder, ScheduleStanding
from bot.queries.people import Person
from bot.slack.cards.on_call import next_rows, now_rows
from tests.slack.cards.views import NOW, person

ANYBODY = Reader(people={}, channels={})
ANA, MEI, RAJ = person(1, "Ana"), person(2, "Mei"), person(3, "Raj")
SOON, LATER, LAST = (NOW + timedelta(days=days) for days in (1, 2, 3))
AT_SOON, AT_LATER, AT_LAST = (
    f"{day}, 2026 at 09:00" for day in ("Thursday, November 19", "Friday, November 20", "Saturday, November 21")
)


def _stands(holders: list[tuple[Person, datetime | None]], hand_off: HandOff | None) -> list[ScheduleStanding]:
    held = tuple(Holder(who, NOW, until, Because("Primary", turn=1)) for who, until in holders)
    return [ScheduleStanding("s", "Payments", "UTC", True, held, hand_off, None)]


def _read(blocks: list[dict[str, object]]) -> str:
    return blocks_text(blocks, ANYBODY).replace("*", "").splitlines()[0].removeprefix("Payments  ")


@pytest.mark.parametrize(
    ("holders", "hand_off", "words"),
    [
        ([(ANA, SOON)], HandOff(SOON, (MEI,), None), f"Ana until {AT_SOON}, then Mei"),
        ([(ANA, LATER)], HandOff(SOON, (ANA, MEI), LATER), f"Ana until {AT_LATER}, with Mei from {AT_SOON}"),
        ([(ANA, None)], HandOff(SOON, (MEI, ANA), LATER), f"Ana with no end in sight, with Mei from {AT_SOON}"),
        (
            [(ANA, SOON), (RAJ, LATER)],
            HandOff(SOON, (RAJ, MEI), LATER),
            f"Ana until {AT_SOON} and Raj until {AT_LATER}, with Mei from {AT_SOON}",
        ),
        (
            [(ANA, SOON), (RAJ, LATER)],
            HandOff(SOON, (RAJ,), LATER),
            f"Ana until {AT_SOON} and Raj until {AT_LATER}",
        ),
        ([(ANA, SOON)], HandOff(LATER, (MEI,), LAST), f"Ana until {AT_SOON}, then Mei from {AT_LATER}"),
        ([(ANA, SOON)], HandOff(SOON, (), LATER), f"Ana until {AT_SOON}, then nobody until {AT_LATER}"),
        ([(ANA, SOON)], HandOff(SOON, (), None), f"Ana until {AT_SOON}, then nobody"),
        ([(ANA, None)], None, "Ana with no end in sight"),
    ],
)
def test_what_comes_next_is_said_in_order_of_time(
    holders: list[tuple[Person, datetime | None]], hand_off: HandOff | None, words: str
) -> None:
    assert _read(now_rows(_stands(holders, hand_off), at=NOW, public=True)) == words


@pytest.mark.parametrize(
    ("hand_off", "words"),
    [
        (HandOff(SOON, (), LATER), f"{AT_SOON}: nobody is on call until {AT_LATER}"),
        (HandOff(SOON, (), None), f"{AT_SOON}: nobody is on call"),
        (HandOff(SOON, (MEI,), LATER), f"{AT_SOON}: Mei for 1 day"),
    ],
)
def test_the_next_hand_off_says_how_long_it_holds(hand_off: HandOff, words: str) -> None:
    assert _read(next_rows(_stands([(ANA, SOON)], hand_off), public=True)) == words
