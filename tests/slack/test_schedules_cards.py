"""The form and the previews of schedules stay within Slack's limits and say what is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.engines.rotation import NOBODY, Participant, Rotation, RotationRule, RotationVersion, Schedule, edited
from bot.playground.blockkit import validate_view
from bot.playground.screens import Kind
from bot.queries import schedules
from bot.queries.naming import Naming
from bot.queries.people import Person
from bot.slack.cards.inputs import metadata
from bot.slack.cards.schedule_form import schedule_form
from bot.slack.cards.schedule_form_fields import MOST_ROTATIONS, RotationFields, ScheduleFields, fields_from
from bot.slack.cards.schedule_form_preview import Ahead, not_saved, preview, saved
from bot.slack.forms.schedule.looking_ahead import ahead_of, side_by_side
from bot.slack.forms.schedule.suggesting import zones_like
from bot.slack.words.windows import read_windows
from bot.usecases.schedules.create import create
from bot.usecases.schedules.wanted import WantedRotation, WantedSchedule
from bot.vocabulary import ParticipantKind, RotationType
from tests.slack.conftest import Town
from tests.slack.test_schedules import edit_form, make, value

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
HOSTILE = "<!channel>&*_~`" * 6


def person(name: str) -> Person:
    return Person(
        id=name,
        slack_id=f"U{name}",
        name=name,
        email=None,
        timezone="Europe/Berlin",
        is_admin=False,
        is_outsider=False,
        is_bot=False,
        has_left=False,
        refreshed_at=NOW,
    )


def who(name: str) -> Participant:
    return Participant(ParticipantKind.USER, name)


def rule(*names: str, windows: str = "", type_: RotationType = RotationType.WEEKLY) -> RotationRule:
    return RotationRule(MONDAY, None, type_, 1, tuple(map(who, names)), read_windows(windows))


def schedule(*rules: RotationRule, name: str = "Primary") -> Schedule:
    rotations = tuple(
        Rotation(f"r{place}", name, (RotationVersion(each),)) for place, each in enumerate(rules, start=1)
    )
    return Schedule("s", "Payments", BERLIN, True, rotations)


KNOWN = Naming({name: person(name) for name in ("ana", "raj", "mia", HOSTILE)}, {"ops": "Ops"}, {"up": "Upwards"})


def full_form() -> ScheduleFields:
    """As many rotations as fit, each filled to the brim."""
    rotation = RotationFields(
        key=1,
        id="0" * 36,
        name="ü" * 3000,
        people=tuple(f"U{number:010}" for number in range(100)),
        type=RotationType.HOURLY,
        length="9999",
        day="2026-11-16",
        time="09:00",
        windows="m" * 3000,
        skips=True,
    )
    rotations = tuple(replace(rotation, key=key) for key in range(1, MOST_ROTATIONS + 1))
    return ScheduleFields("0" * 36, 4, "1" * 36, 3, 99, HOSTILE, "America/Argentina/Buenos_Aires", "new:x", rotations)


def test_the_fullest_form_is_taken_by_slack() -> None:
    fields = full_form()
    view = schedule_form(fields, team_label="New team “" + "x" * 60 + "”", is_kept=True, besides={"0" * 36: "Li"})
    assert validate_view(view) == []


def test_the_fullest_preview_is_taken_by_slack() -> None:
    before = schedule(*[rule(HOSTILE, "ana")] * MOST_ROTATIONS, name=HOSTILE)
    at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    other = rule("mia", HOSTILE, windows="mon-fri 8-18", type_=RotationType.DAILY)
    plans = [
        replace(before, rotations=tuple(edited(each, other, at=when, zone=BERLIN) for each in before.rotations))
        for when in (at, NOW)
    ]
    later, once = (ahead_of(plan, KNOWN, now=NOW, before=before) for plan in plans)
    view = preview(
        name=HOSTILE,
        facts="Time zone Europe/Berlin",
        rotations=side_by_side(later, once),
        metadata=metadata(kept="0" * 36, version=4),
        changes=["*Changed* Name: a → b"],
    )
    assert validate_view(view) == []
    assert validate_view(saved(name=HOSTILE, facts="no team", rotations=once)) == []
    assert validate_view(not_saved(HOSTILE * 40)) == []


def test_the_form_kept_and_read_back_is_the_same() -> None:
    fields = full_form()
    assert fields_from(fields.content) == fields


def test_rotations_get_keys_that_were_never_used() -> None:
    fields = replace(full_form(), rotations=full_form().rotations[:2], next_key=3)
    assert [each.key for each in fields.with_another().without(3).with_another().rotations] == [1, 2, 4]
    assert fields.without(1).without(2).rotations == fields.without(1).rotations
    assert full_form().with_another() == full_form()


@pytest.mark.parametrize(
    ("people", "windows", "type_", "lines"),
    [
        (
            ("ana", "raj"),
            "mon-fri 9-18",
            RotationType.DAILY,
            ["raj Thu 19 Nov 09:00 in Berlin", "ana Fri 20 Nov 09:00 in Berlin", "raj Mon 23 Nov 09:00 in Berlin"],
        ),
        (("ana", "raj"), "22:00-06:00", RotationType.WEEKLY, ["raj Mon 23 Nov 22:00 in Berlin"]),
        (("ana",), "22:00-06:00", RotationType.WEEKLY, []),
    ],
)
def test_hand_offs_are_those_in_the_hours(
    people: tuple[str, ...], windows: str, type_: RotationType, lines: list[str]
) -> None:
    [ahead] = ahead_of(schedule(rule(*people, windows=windows, type_=type_)), KNOWN, now=NOW)
    assert [f"{line.who} {line.local}" for line in ahead.lines][: len(lines) or None] == lines


def test_an_edit_marks_the_turns_it_changes_and_no_others() -> None:
    before = schedule(rule("ana", "raj"))
    after = replace(
        before, rotations=tuple(edited(each, rule("ana", "mia"), at=NOW, zone=BERLIN) for each in before.rotations)
    )
    [ahead] = ahead_of(after, KNOWN, now=NOW, before=before)
    assert ahead.now == "On call now: ana"
    assert [(line.who, line.is_changed) for line in ahead.lines[:3]] == [("mia", True), ("ana", False), ("mia", True)]


def test_what_has_not_begun_and_what_ends_say_when() -> None:
    to_come = replace(rule("ana"), start=NOW + timedelta(days=3))
    before = schedule(rule("ana"), to_come)
    gone = replace(before.rotations[0], closed_at=NOW + timedelta(days=5))
    after = replace(before, rotations=(gone, before.rotations[1]))
    ends, begins = ahead_of(after, KNOWN, now=NOW, before=before)
    assert ends.now.startswith("It ends <!date^") and begins.now.startswith("It begins <!date^")
    assert ends.lines == ()


def test_a_team_an_escalation_and_nobody_are_shown_as_what_they_are() -> None:
    kinds = ((ParticipantKind.TEAM, "ops"), (ParticipantKind.ESCALATION, "up"), (ParticipantKind.TEAM, "gone"))
    roster = (*(Participant(kind, of) for kind, of in kinds), NOBODY)
    [ahead] = ahead_of(schedule(replace(rule("ana"), participants=roster)), KNOWN, now=NOW)
    assert ahead.now == "On call now: the team Ops"
    assert [line.who for line in ahead.lines][:4] == ["the escalation Upwards", "a team", None, "the team Ops"]


def test_without_a_difference_nobody_is_asked_when_it_takes_effect() -> None:
    once = ahead_of(schedule(rule("ana")), KNOWN, now=NOW)
    view = preview(name="x", facts="y", rotations=[Ahead(each, each) for each in once], metadata="{}")
    assert all(block["type"] != "input" for block in view["blocks"])


@pytest.mark.parametrize(
    ("typed", "first"),
    [("berl", "Europe/Berlin"), ("new york", "America/New_York"), ("utc", "UTC"), ("Sao_P", "America/Sao_Paulo")],
)
def test_zones_are_found_by_a_part_of_their_name(typed: str, first: str) -> None:
    assert zones_like(typed)[0] == first


def test_no_more_zones_are_listed_than_slack_takes() -> None:
    assert len(zones_like("a")) == 100
    assert zones_like("nowhere at all") == []


async def test_a_roster_that_a_menu_cannot_show_stays_whole_while_it_is_left_alone(town: Town) -> None:
    ana = town.person("U01ANA")
    people = [await town.house.desk.people.person(each) for each in ("U01ANA", "U02RAJ")]
    roster = (*(Participant(ParticipantKind.USER, each.id) for each in (*people, people[0])), NOBODY)
    start = datetime(2026, 11, 16, 9)  # noqa: DTZ001  a local time
    wanted = WantedRotation(None, "Primary", roster, RotationType.WEEKLY, 1, start)
    async with town.house.units.begin(people[0]) as unit:
        schedule_id = await create(unit, WantedSchedule("Payments", "Europe/Berlin", None, (wanted,)))
    form = await edit_form(ana)
    assert value(form, "people.0.1") == ["U01ANA", "U02RAJ"]
    assert "Ana once more, a planned gap" in str(form.blocks)
    previewed = await ana.submit(form, {"name.0.1": "First line"})
    assert previewed.view and (await ana.submit(previewed.view)).ok
    async with town.house.reader() as reading:
        found = await schedules.by_id(reading, schedule_id)
    assert found and found.schedule.rotations[0].name == "First line"
    assert found.schedule.rotations[0].rule.participants == roster
    assert len(found.schedule.rotations[0].versions) == 1


async def test_a_schedule_with_more_rotations_than_a_form_holds_says_so(town: Town) -> None:
    ana = town.person("U01ANA")
    me = await town.house.desk.people.person("U01ANA")
    roster = (Participant(ParticipantKind.USER, me.id),)
    start = datetime(2026, 11, 16, 9)  # noqa: DTZ001  a local time
    many = tuple(
        WantedRotation(None, f"Line {number}", roster, RotationType.WEEKLY, 1, start)
        for number in range(MOST_ROTATIONS + 1)
    )
    async with town.house.units.begin(me) as unit:
        await create(unit, WantedSchedule("Payments", "Europe/Berlin", None, many))
    assert (await ana.command("/oncall", "schedules edit payments", channel="C02INCIDENTS")).ok
    assert (await ana.sees(kind=Kind.MESSAGE)).text == "Payments has 9 rotations; the form in Slack holds 8."


async def test_an_edit_that_says_the_same_is_shown_to_be_none(town: Town) -> None:
    ana = town.person("U01ANA")
    await make(ana)
    await ana.close(ana.view)
    previewed = await ana.submit(await edit_form(ana))
    assert previewed.view
    assert "Nothing is different from what is saved." in ana.reads(previewed.view)
    assert "take effect" not in ana.reads(previewed.view)


async def test_a_guest_sees_the_list_without_buttons(town: Town) -> None:
    sam = town.person("U08SAM")
    assert (await sam.command("/oncall", "schedules", channel="C02INCIDENTS")).ok
    listed = await sam.sees("Ask a member of this workspace to make one", kind=Kind.MESSAGE)
    assert listed.message and [block["type"] for block in listed.message.blocks] == ["section"]
