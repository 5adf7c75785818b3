"""What `/oncall` answers in full: how long nobody is on call, up to when a day counts, and names with odd letters."""

from __future__ import annotations

import pytest

from bot.playground.screens import Appearance, Kind
from tests.slack.conftest import Town
from tests.slack.test_schedules import make

INCIDENTS = "C02INCIDENTS"
ODD = ("Payments & <b>Co</b>", "Payments &amp; more")


def _seen(answer: Appearance) -> str:
    return answer.text.replace("*", "")


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("at 2026-11-18 16:00 platform", "then nobody until Thursday, November 19, 2026 at 14:00"),
        ("at 2026-11-20 16:00 platform", "then nobody until Monday, November 23, 2026 at 14:00"),
    ],
)
async def test_a_gap_to_come_says_until_when(staffed: Town, words: str, seen: str) -> None:
    ana = staffed.person("U01ANA")
    await ana.command("/oncall", words, channel=INCIDENTS)
    assert seen in _seen(await ana.sees("Platform"))


async def test_the_next_change_says_how_long_nobody_is_on_call(staffed: Town) -> None:
    await staffed.move(hours=6)
    ana = staffed.person("U01ANA")
    await ana.command("/oncall", "next platform", channel=INCIDENTS)
    assert "nobody is on call until Thursday, November 19, 2026 at 14:00" in _seen(await ana.sees("Platform"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_time_asked_about_is_shown_back_once(staffed: Town) -> None:
    ana, raj = staffed.person("U01ANA"), staffed.person("U02RAJ")
    await ana.command("/oncall", "at sun 9:00 payments", channel=INCIDENTS)
    answer = await ana.sees("Payments")
    assert answer.text.startswith("At Sun 22 Nov 09:00 (Europe/Berlin)\n")
    since = raj.mark()
    assert (await ana.press(answer, action_id="show_to_channel")).ok
    public = await raj.sees("Payments", since=since)
    assert public.text.startswith("At Sunday, November 22, 2026 at 13:30\n")  # in Kolkata


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("2026-12-24", "Dec 25, 2026 at 00:00"),
        ("until 24 dec", "Dec 25, 2026 at 00:00"),
        ("fri", "Nov 21, 2026 at 00:00"),
        ("fri 18:00", "Nov 20, 2026 at 18:00"),
    ],
)
async def test_shifts_are_told_up_to_the_end_of_a_day(staffed: Town, words: str, until: str) -> None:
    raj = staffed.person("U02RAJ")
    await raj.command("/oncall", f"me {words}", channel=INCIDENTS)
    assert f"Your shifts until {until}" in _seen(await raj.sees("Your shifts"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_names_with_odd_letters_are_offered_as_they_are_and_found_when_pressed(town: Town) -> None:
    ana = town.person("U01ANA")
    for name in ODD:
        done = await make(ana, name)
        assert done.view
        await ana.close(done.view)
    for place, name in enumerate(sorted(ODD)):
        await ana.command("/oncall", "now pay", channel=INCIDENTS)
        offer = await ana.sees("could be several schedules", kind=Kind.MESSAGE)
        assert f"/oncall now {name}\n" in f"{offer.text}\n"
        assert (await ana.press(offer, action_id=f"run:{place}")).ok
        await ana.sees(f"{name}*  @Ana until", kind=Kind.MESSAGE_CHANGED)
