"""What a picture needs of the database: everybody's names, what lay over the schedule then, and no more statements."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.engines.pictures import Period, PeriodKind, Picture, shift_lines
from bot.engines.rotation import NOBODY, Participant
from bot.queries import pictures, schedules
from bot.vocabulary import ParticipantKind, RotationType
from tests.api.opsgenie.schedules.watches import Watches, rotation
from tests.usecases.stories import Story, statements

BEGUN = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY = timedelta(days=1)
NOVEMBER = Period(PeriodKind.WEEK, date(2026, 11, 16))
LONG_AGO = Period(PeriodKind.WEEK, date(2026, 3, 2))


def _who(id_: str) -> Participant:
    return Participant(ParticipantKind.USER, id_)


async def _picture(story: Story, name: str, period: Period) -> Picture:
    async with story.reader() as reading:
        watched = await schedules.by_name(reading, name)
        assert watched
        return (await pictures.of_schedule(reading, watched, period))()


async def test_teams_and_escalations_have_their_names_too(story: Story) -> None:
    watches = Watches(story.units)
    ops = await watches.team("Ops", _who(story.raj.id))
    ladder = await watches.escalation("Ladder", (0, "default", "team", ops.id))
    turns = rotation("Turns", ops, ladder, NOBODY, _who(story.ana.id), every=RotationType.DAILY, start=BEGUN)
    await watches.schedule("Payments", turns)
    picture = await _picture(story, "Payments", NOVEMBER)
    shown = {line.rpartition(": ")[2] for line in shift_lines(picture, picture.final)}
    assert shown == {"Team Ops", "Escalation Ladder", "nobody", "Ana"}


async def test_of_a_time_long_past_what_lay_over_it_then_is_seen(story: Story) -> None:
    watches = Watches(story.units)
    schedule = await watches.schedule("Payments", rotation("Turns", _who(story.ana.id), start=BEGUN))
    monday = datetime(2026, 3, 2, 12, tzinfo=UTC)
    await watches.override(schedule, _who(story.raj.id), monday, monday + DAY)
    await watches.forwarding(_who(story.ana.id), _who(story.li.id), monday + 2 * DAY, monday + 3 * DAY)
    picture = await _picture(story, "Payments", LONG_AGO)
    assert [line.rpartition(": ")[2] for line in shift_lines(picture, picture.final)] == [
        *("Ana", "Raj (override)", "Ana", "Li (forwarded from Ana)", "Ana")
    ]
    assert picture.standing is None
    assert set(picture.colours) == {f"user:{each.id}" for each in (story.ana, story.raj, story.li)}


async def test_a_busy_month_takes_no_more_statements_than_a_quiet_week(story: Story) -> None:
    watches = Watches(story.units)
    people = [_who(each.id) for each in (story.ana, story.raj, story.li)]
    await watches.schedule("Quiet", rotation("Turns", people[0], start=BEGUN))
    busy = [rotation(f"Turns {each}", *people, every=RotationType.HOURLY, start=BEGUN) for each in range(3)]
    await watches.schedule("Busy", *busy)
    for name, period in (("Busy", Period(PeriodKind.MONTH, date(2026, 11, 1))), ("Quiet", NOVEMBER)):
        async with story.reader() as reading:
            watched = await schedules.by_name(reading, name)
            assert watched
            with statements() as seen:
                await pictures.of_schedule(reading, watched, period)
        assert len(seen) <= 2, "one for everybody's names, one for what is forwarded, unless that is remembered"
