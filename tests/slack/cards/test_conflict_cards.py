"""Two versions of one thing in one form: Slack takes it whatever they say, and what is offered is clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engines.documents.document import from_plain, to_plain
from bot.engines.documents.merging import together
from bot.playground.blockkit import validate_view
from bot.queries.last_change import PartChange
from bot.slack.cards.conflict import both_texts, changed_meanwhile, choice_view
from bot.slack.cards.postmortem_forms import edit_form
from bot.slack.cards.schedule_choice import MOST_SHOWN, SaidTwice, choice_form, left_view
from bot.slack.cards.schedule_form_fields import RotationFields, ScheduleFields
from bot.slack.cards.typed import fits
from bot.slack.forms.schedule.merging import EXISTENCE, differences, merged
from bot.vocabulary import RotationType
from tests.slack.cards.views import NOW, person

HOSTILE = "<!channel> *bold* & “x” 🚒 "


def test_a_choice_with_12000_characters_of_each_text_is_taken_by_slack() -> None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "t" * 2_900}]}
    mine = {"type": "rich_text", "elements": [{**section, "elements": [{"type": "text", "text": "m" * 12_000}]}]}
    view = choice_view(
        edit_form(label="PM-12", title="Fault", prompt="What broke?", initial=mine, metadata="{}"),
        head=changed_meanwhile("*Fault*", PartChange(person(1, HOSTILE * 9), NOW), reader=person(2)),
        theirs=[{"type": "rich_text", "elements": [section]}] * 5,
        version=4,
        left="Theirs is kept for its writer",
        both="Theirs first, yours below it",
    )
    assert [str(problem) for problem in validate_view(view)] == []
    assert fits(view)


def test_the_fullest_choice_between_schedules_is_taken_by_slack() -> None:
    said = [SaidTwice(HOSTILE * 20, HOSTILE * 100, HOSTILE * 100, "both of you changed it")] * (MOST_SHOWN + 5)
    for has_both in (True, False):
        view = choice_form(said, head=HOSTILE, version=4, metadata="{}", has_both=has_both)
        assert [str(problem) for problem in validate_view(view)] == []
        assert fits(view) and "5 more fields differ." in str(view["blocks"][-1])
    assert validate_view(left_view(HOSTILE)) == []


def test_who_changed_it_is_said_as_far_as_it_is_known() -> None:
    ana, raj = person(1, "Ana"), person(2, "Raj <b>")
    assert changed_meanwhile("it", None, reader=ana) == ":warning: Somebody changed it while you were writing."
    assert "*Raj &lt;b&gt;* changed it" in changed_meanwhile("it", PartChange(raj, NOW), reader=ana)
    assert "You, in another window, changed it" in changed_meanwhile("it", PartChange(ana, NOW), reader=ana)
    assert changed_meanwhile("it", PartChange(None, NOW + timedelta(1)), reader=ana).startswith(":warning: Somebody")


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ("a", "b", "a\n\nb"),
        ("a ", "\nb", "a\n\nb"),
        ("a", "a and b", "a and b"),
        ("a and b", "b", "a and b"),
        ("", "b", "b"),
        ("a", "", "a"),
    ],
)
def test_both_texts_hold_each_once(theirs: str, mine: str, both: str) -> None:
    assert both_texts(theirs, mine) == both


@pytest.mark.parametrize(
    ("first", "second", "both"), [("a", "b", "a\n\nb"), ("a", "a", "a"), ("", "b", "b"), ("a", "", "a"), ("", "", "")]
)
def test_two_documents_together_are_the_first_above_the_second(first: str, second: str, both: str) -> None:
    assert to_plain(together(from_plain(first), from_plain(second))) == both


def test_what_slack_cannot_say_stays_in_both_as_it_is() -> None:
    table = {"type": "table", "content": []}
    theirs = {**from_plain("a"), "content": [*from_plain("a")["content"], table]}
    assert together(theirs, from_plain("b"))["content"][1] == table


# Two edits of a schedule

ROTATION = RotationFields(
    key=1,
    id="r1",
    name="Primary",
    people=("U1", "U2"),
    type=RotationType.WEEKLY,
    length="1",
    day="2026-11-16",
    time="09:00",
    windows="",
    skips=False,
)
BASE = ScheduleFields("s", 3, "sitting", 0, 2, "Payments", "Europe/Berlin", "", (ROTATION,))


def edit(
    rotation: RotationFields = ROTATION,
    *more: RotationFields,
    name: str = BASE.name,
    timezone: str = BASE.timezone,
    team: str = BASE.team,
) -> ScheduleFields:
    """BASE with another rotation, or with more of them, or with other parts."""
    return replace(BASE, rotations=(rotation, *more), name=name, timezone=timezone, team=team)


OTHER = replace(ROTATION, key=2, id="r2", name="Nights")
TWO, HOURS, LONGER = replace(ROTATION, length="2"), replace(ROTATION, windows="8-18"), replace(OTHER, length="3")
NEW = replace(ROTATION, key=2, id=None, name="Days")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        (BASE, edit(name="Mine"), edit(name="Theirs"), edit(name="Mine")),
        (BASE, edit(name="Mine"), edit(timezone="UTC"), edit(name="Mine", timezone="UTC")),
        (BASE, edit(TWO), edit(replace(ROTATION, type="daily")), edit(TWO)),
        (BASE, edit(replace(ROTATION, people=("U3",))), edit(HOURS), edit(replace(HOURS, people=("U3",)))),
        (BASE, edit(ROTATION, NEW), edit(ROTATION, OTHER), edit(ROTATION, OTHER, replace(NEW, key=3))),
        (edit(ROTATION, OTHER), BASE, edit(ROTATION, OTHER), BASE),
        (edit(ROTATION, OTHER), edit(ROTATION, OTHER), BASE, BASE),
        (edit(ROTATION, OTHER), edit(ROTATION, LONGER), BASE, edit(ROTATION, replace(LONGER, id=None))),
    ],
    ids=[
        "both changed it",
        "each another",
        "unit and number",
        "people and hours",
        "each made one",
        "mine removed it",
        "theirs removed it",
        "theirs removed what mine changed",
    ],
)
def test_two_edits_in_one_hold_what_each_changed_and_mine_where_both_did(
    base: ScheduleFields, mine: ScheduleFields, theirs: ScheduleFields, expected: ScheduleFields
) -> None:
    found = merged(base, mine, theirs)
    assert (found.name, found.timezone, found.rotations) == (expected.name, expected.timezone, expected.rotations)


def test_an_edit_put_together_with_no_edit_is_itself() -> None:
    mine = edit(replace(ROTATION, name="Nights", people=("U9",)), NEW, team="team:t")
    assert merged(BASE, mine, BASE).rotations == mine.rotations
    assert merged(BASE, BASE, mine).team == "team:t"


def test_differences_say_who_changed_what_as_far_as_it_is_known() -> None:
    mine, theirs = edit(ROTATION, NEW, name="Mine"), edit(replace(ROTATION, length="2"), name="Theirs")
    known = {(each.part, each.changed_by_them, each.changed_by_me) for each in differences(BASE, mine, theirs)}
    assert known == {("Name", True, True), ("Length of a turn", True, False), (EXISTENCE, False, True)}
    unknown = {(each.part, each.changed_by_them, each.changed_by_me) for each in differences(None, mine, theirs)}
    assert unknown == {("Name", None, None), ("Length of a turn", None, None), (EXISTENCE, None, None)}
    assert differences(BASE, theirs, theirs) == ()
