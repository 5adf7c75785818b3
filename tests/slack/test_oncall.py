"""`/oncall` in Slack, from what a person types to what they read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.engines.rotation import Schedule
from bot.queries.schedules import by_name
from storage.models import Override
from tests.slack.conftest import MORNING, Town

INCIDENTS = "C02INCIDENTS"
LOUNGE = "C06LOUNGE"
"""A channel in which the bot is no member."""


async def _put_on(town: Town, slack_id: str, start: datetime, end: datetime, *, by: str) -> None:
    """An override on Payments, as the row that its command will write."""
    people = town.house.desk.people
    user, maker = await people.person(slack_id), await people.person(by)
    async with town.house.database.writing() as session:
        schedule_id = (await _payments(town)).id
        session.add(
            Override(
                schedule_id=schedule_id,
                user_id=user.id,
                start=start,
                end=end,
                rotation_ids=[],
                sequence=1,
                created_by=maker.id,
                created_at=start,
            )
        )


async def _payments(town: Town) -> Schedule:
    async with town.house.reader() as reading:
        watched = await by_name(reading, "Payments")
    assert watched
    return watched.schedule


async def test_without_a_schedule_the_answer_offers_to_make_one(town: Town) -> None:
    ana = town.person("U01ANA")
    assert (await ana.command("/oncall", "now", channel=INCIDENTS)).ok
    answer = await ana.sees("There is no schedule yet")
    assert (await ana.press(answer, action_id="run:0")).ok
    await ana.sees("New schedule")


@pytest.mark.parametrize("way_in", ["http", "socket"])
@pytest.mark.parametrize("words", ["now", "", "who", "WHOISONCALL", "  Now "])
async def test_now_says_who_until_when_and_who_is_next(staffed: Town, words: str) -> None:
    ana = staffed.person("U01ANA")
    assert (await ana.command("/oncall", words, channel=INCIDENTS)).ok
    answer = (await ana.sees("Payments")).text
    assert "Raj until" in answer
    assert "then" in answer
    assert "turn of Primary" in answer
    assert "nobody until" in answer  # Platform, before New York's eight o'clock
    assert staffed.workspace.bot_pings == []


async def test_a_person_asleep_is_said_to_be_asleep(staffed: Town) -> None:
    await staffed.move(hours=10)  # 19:00 UTC is half past midnight for Raj in Kolkata
    ana = staffed.person("U01ANA")
    await ana.command("/oncall", "now payments", channel=INCIDENTS)
    assert "00:30 for Raj (asleep hours)" in (await ana.sees("Payments")).text


async def test_an_override_is_the_reason_and_says_whom_it_replaces(staffed: Town) -> None:
    await _put_on(staffed, "U11TOM", MORNING, MORNING + timedelta(hours=3), by="U02RAJ")
    ana = staffed.person("U01ANA")
    await ana.command("/oncall", "now payments", channel=INCIDENTS)
    assert "override by Raj until" in (await ana.sees("Tomás")).text
    await ana.command("/oncall", "why payments", channel=INCIDENTS)
    assert "instead of Raj" in (await ana.sees("by an override Raj made")).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("next", "Platform"),
        ("next payments", "Tomás for 7 days"),
        ("at mon 9:30 payments", "Tomás"),
        ("at 2026-11-18 15:00 platform", "Mia"),
        ("at yesterday 14:05 payments", "Raj"),
        ("why", "because it is their turn in the rotation Primary"),
        ("why <@U02RAJ>", "Payments"),
        ("why <@U03MIA>", "is not on call at the moment"),
        ("now pay", "Payments"),
        ("now paymets", "Payments"),
        ("help", "/oncall at <time> [schedule]"),
        ("help me", "your shifts"),
        ("nwo", "Did you mean this?"),
        ("banana", "`/oncall help`"),
        ("now p", "could be several schedules"),
        ("now zebra", "There is no schedule “zebra”"),
        ("at banana", "banana"),
        ("at", "tomorrow 9am"),
        ("at feb 30 9am", "30"),
    ],
)
async def test_each_line_gets_its_answer(staffed: Town, words: str, seen: str) -> None:
    ana = staffed.person("U01ANA")
    assert (await ana.command("/oncall", words, channel=INCIDENTS)).ok
    await ana.sees(seen)


async def test_the_nearest_match_is_a_button_that_answers(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    await ana.command("/oncall", "nwo payments", channel=INCIDENTS)
    offer = await ana.sees("Did you mean this?")
    assert (await ana.press(offer, action_id="run:0")).ok
    assert "then" in (await ana.sees("Payments")).text


async def test_my_shifts_are_told_in_order(staffed: Town) -> None:
    raj = staffed.person("U02RAJ")
    await raj.command("/oncall", "me", channel=INCIDENTS)
    answer = (await raj.sees("Your shifts until")).text
    assert "now" in answer
    assert "7 days" in answer
    assert "Asia/Kolkata" in answer
    await raj.command("/oncall", "me until tomorrow 9am", channel=INCIDENTS)
    assert "(7 days)" in (await raj.sees("Your shifts until")).text  # told whole, though it ends later
    kim = staffed.person("U10KIM")
    await kim.command("/oncall", "shifts", channel=INCIDENTS)
    await kim.sees("You are not on call before")


@pytest.mark.parametrize("slack_id", ["U02RAJ", "U10KIM"])
async def test_my_shifts_are_shown_for_a_year_at_most(staffed: Town, slack_id: str) -> None:
    person = staffed.person(slack_id)
    for words in ("me until 2100-12-30", "me 2027-11-20 09:00"):
        await person.command("/oncall", words, channel=INCIDENTS)
        await person.sees("Shown until", "Nov 19, 2027", "a year at most")
    await person.command("/oncall", "me until 2027-11-18 12:00", channel=INCIDENTS)
    assert "a year at most" not in (await person.sees("Nov 18, 2027")).text


@pytest.mark.parametrize("channel", [INCIDENTS, LOUNGE])
async def test_shown_to_the_channel_it_mentions_nobody(staffed: Town, channel: str) -> None:
    ana, zoe = staffed.person("U01ANA"), staffed.person("U04ZOE")
    await ana.command("/oncall", "now", channel=channel)
    answer = await ana.sees("Payments")
    since = zoe.mark()
    assert (await ana.press(answer, action_id="show_to_channel")).ok
    public = await zoe.sees("Payments", "Raj", channel=channel, since=since)
    assert "Show to channel" not in public.text
    assert staffed.workspace.bot_pings == []


async def test_a_guest_may_ask_who_is_on_call(staffed: Town) -> None:
    sam = staffed.person("U08SAM")
    await sam.command("/oncall", "now", channel=INCIDENTS)
    await sam.sees("Payments")


async def test_times_are_tokens_that_each_reads_in_their_own_zone(staffed: Town) -> None:
    ana, raj = staffed.person("U01ANA"), staffed.person("U02RAJ")
    for person, local in ((ana, "09:00"), (raj, "13:30")):
        await person.command("/oncall", "now payments", channel=INCIDENTS)
        assert local in (await person.sees("Payments")).text


async def test_a_question_of_somebody_known_calls_nothing_of_slacks(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    await ana.command("/oncall", "now", channel=INCIDENTS)
    await ana.sees("Payments")
    before = len(staffed.workspace.calls)
    await ana.command("/oncall", "now", channel=INCIDENTS)
    await ana.sees("Payments")
    assert [call.method for call in staffed.workspace.calls[before:]] == []
