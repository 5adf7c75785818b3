"""Making and editing schedules in Slack, from the list to the answer of `/oncall now`."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.hands import Hands, Submitted
from bot.playground.screens import Kind
from bot.playground.views import View
from bot.queries import schedules
from tests.slack.conftest import Town
from tests.slack.twice import everything_twice

INCIDENTS = "C02INCIDENTS"
GENERAL = "C01GENERAL"


async def new_form(person: Hands) -> View:
    """The form of a new schedule, opened from the list."""
    assert (await person.command("/oncall", "schedules", channel=INCIDENTS)).ok
    listed = await person.sees("schedule", kind=Kind.MESSAGE)
    assert (await person.press(listed, action_id="new_schedule")).ok
    await person.sees("New schedule", kind=Kind.VIEW_OPENED)
    return person.view


async def make(person: Hands, name: str = "Payments", people: tuple[str, ...] = ("U01ANA", "U02RAJ")) -> Submitted:
    """A weekly schedule of these people since Monday, made and saved."""
    form = await new_form(person)
    previewed = await person.submit(form, {"name.0.0": name, "people.0.1": list(people)})
    assert previewed.ok and previewed.view
    return await person.submit(previewed.view)


async def edit_form(person: Hands, name: str = "Payments") -> View:
    """The form of a schedule that is there, opened by its button in the list."""
    assert (await person.command("/oncall", f"schedules {name}", channel=INCIDENTS)).ok
    listed = await person.sees(name, kind=Kind.MESSAGE)
    assert listed.message
    assert (await person.press(listed, block_id=listed.message.blocks[0]["block_id"])).ok
    await person.sees("Edit schedule", kind=Kind.VIEW_OPENED)
    return person.view


async def now(person: Hands) -> str:
    """What `/oncall now` says to that person."""
    assert (await person.command("/oncall", "now", channel=INCIDENTS)).ok
    return (await person.sees(kind=Kind.MESSAGE)).text


def value(view: View, block_id: str) -> Any:
    """What a field of the view is filled in with."""
    element = next(block for block in view.blocks if block.get("block_id") == block_id)["element"]
    return next((held for name, held in element.items() if name.startswith("initial_")), None)


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_the_first_schedule_of_a_workspace_is_made_by_the_form(town: Town) -> None:
    raj = town.person("U02RAJ")
    form = await new_form(raj)
    assert value(form, "timezone.0.0")["value"] == "Asia/Kolkata"
    assert value(form, "day.0.1") == "2026-11-16"
    zones = await raj.options(form, "timezone.0.0", "look_up_zone", "berl")
    assert [each["value"] for each in zones["options"]] == ["Europe/Berlin"]
    teams = await raj.options(form, "team.0.0", "look_up_team", "Money <b>")
    assert [each["text"]["text"] for each in teams["options"]] == ["New team “Money <b>”", "No team"]
    previewed = await raj.submit(
        form,
        {
            "name.0.0": "Payments",
            "timezone.0.0": "Europe/Berlin",
            "team.0.0": "new:Money <b>",
            "people.0.1": ["U02RAJ", "U01ANA"],
        },
    )
    assert previewed.view
    text = raj.reads(previewed.view)
    assert "Nothing is saved yet" in text and "team Money <b> (new; you will lead it)" in text
    assert "On call now: Raj" in text and "Ana (Mon 23 Nov 09:00 in Berlin)" in text
    assert text.count("in Berlin)") == 6
    assert "There is no schedule yet" in await now(raj)

    done = await raj.submit(previewed.view)
    assert done.view and "Payments is saved" in raj.reads(done.view)
    await raj.close(done.view)
    assert raj.views == ()
    assert "Raj until" in await now(raj)
    assert (await raj.command("/oncall", "schedules", channel=INCIDENTS)).ok
    assert "team Money <b>" in (await raj.sees("Payments", kind=Kind.MESSAGE)).text


async def test_everything_wrong_is_said_at_once_under_its_field_and_nothing_typed_is_lost(town: Town) -> None:
    ana = town.person("U01ANA")
    form = await new_form(ana)
    assert (await ana.press(form, action_id="add_rotation")).ok
    await ana.sees("Rotation 2", kind=Kind.VIEW_UPDATED)
    typed = {
        "name.0.0": "x" * 101,
        "people.0.1": ["U01ANA", "U08SAM", "U12DEPLOY"],
        "length.0.1": "0",
        "windows.0.1": "now and then",
        "name.0.2": "primary",
        "people.0.2": ["U02RAJ"],
    }
    sent = await ana.submit(ana.view, typed)
    assert sent.errors
    assert set(sent.errors) == {"name.0.0", "people.0.1", "length.0.1", "windows.0.1", "name.0.2"}
    assert "At most 100 characters" in sent.errors["name.0.0"]
    assert "Sam is a guest" in sent.errors["people.0.1"] and "is a bot" in sent.errors["people.0.1"]
    assert "mon-fri 08:00-18:00" in sent.errors["windows.0.1"]

    await ana.close(ana.view)
    again = await new_form(ana)
    assert "did not save" in ana.reads(again)
    assert value(again, "name.0.0") == "x" * 101
    assert value(again, "windows.0.1") == "now and then"
    assert value(again, "people.0.2") == ["U02RAJ"]
    assert (await ana.press(again, action_id="start_afresh")).ok
    await ana.sees("New schedule", kind=Kind.VIEW_UPDATED)
    assert value(ana.view, "name.1.0") is None
    await ana.close(ana.view)
    assert "did not save" not in ana.reads(await new_form(ana))


async def test_rotations_are_added_and_removed_without_touching_the_others(town: Town) -> None:
    ana = town.person("U01ANA")
    form = await new_form(ana)
    await ana.fill(form, {"name.0.0": "Payments", "people.0.1": ["U02RAJ", "U01ANA"], "windows.0.1": "mon-fri 8-18"})
    for _ in range(7):
        assert (await ana.press(ana.view, action_id="add_rotation")).ok
        await ana.sees(kind=Kind.VIEW_UPDATED)
    assert "A form holds 8 rotations" in ana.reads(ana.view)
    assert all(block.get("element", {}).get("action_id") != "add_rotation" for block in ana.view.blocks)
    for key in range(2, 8):
        assert (await ana.press(ana.view, action_id=f"remove_rotation:{key}")).ok
        await ana.sees(kind=Kind.VIEW_UPDATED)
    previewed = await ana.submit(ana.view, {"name.0.8": "Nights", "people.0.8": ["U03MIA"], "windows.0.8": "18-8"})
    assert previewed.view, previewed
    text = ana.reads(previewed.view)
    assert "Primary" in text and "Nights" in text and "Rotation 3" not in text
    assert "On call now: Raj" in text and "Nobody is on call by it now." in text


async def test_a_press_that_slack_sends_twice_saves_once(town: Town) -> None:
    ana = town.person("U01ANA")
    form = await new_form(ana)
    previewed = await ana.submit(form, {"name.0.0": "Payments", "people.0.1": ["U01ANA"]})
    assert previewed.view
    with everything_twice(town) as twice:
        done = await ana.submit(previewed.view)
    assert done.view and len(twice.answers) == 2
    assert all("Payments is saved" in str(answer.body) for answer in twice.answers)
    async with town.house.reader() as reading:
        assert await schedules.names(reading) == ("Payments",)


async def test_an_edit_at_the_next_hand_off_leaves_the_running_turn(town: Town) -> None:
    ana = town.person("U01ANA")
    await make(ana)
    await ana.close(ana.view)
    form = await edit_form(ana)
    assert value(form, "people.0.1") == ["U01ANA", "U02RAJ"]
    previewed = await ana.submit(form, {"people.0.1": ["U03MIA", "U02RAJ"]})
    assert previewed.view
    text = ana.reads(previewed.view)
    assert "At the next hand-off" in text and "On call now: Mia, instead of Ana (*changed*)" in text
    done = await ana.submit(previewed.view, {"effect": "next-hand-off"})
    assert done.view and "is saved" in ana.reads(done.view)
    await ana.close(done.view)
    assert "Ana until" in await now(ana)
    await town.move(days=7)
    assert "Raj until *Monday, November 30, 2026 at 09:00*, then @Mia" in await now(ana)


async def test_an_edit_now_passes_the_running_turn_on(town: Town) -> None:
    ana = town.person("U01ANA")
    await make(ana)
    await ana.close(ana.view)
    previewed = await ana.submit(await edit_form(ana), {"people.0.1": ["U03MIA", "U02RAJ"]})
    assert previewed.view
    assert (await ana.submit(previewed.view, {"effect": "now"})).view
    await ana.close(ana.view)
    assert "Mia until" in await now(ana)


async def test_who_may_not_edit_sees_no_button_and_is_refused_in_one_sentence(town: Town) -> None:
    ana, raj, sam = town.person("U01ANA"), town.person("U02RAJ"), town.person("U08SAM")
    form = await new_form(raj)
    await raj.options(form, "team.0.0", "look_up_team", "Money")
    previewed = await raj.submit(form, {"name.0.0": "Payments", "team.0.0": "new:Money", "people.0.1": ["U02RAJ"]})
    assert previewed.view
    await raj.submit(previewed.view)

    zoe = town.person("U04ZOE")
    assert (await zoe.command("/oncall", "schedules", channel=INCIDENTS)).ok
    listed = await zoe.sees("Payments", kind=Kind.MESSAGE)
    assert listed.message and "accessory" not in listed.message.blocks[0]
    assert (await zoe.command("/oncall", "schedules edit payments", channel=INCIDENTS)).ok
    refused = "Only people of its team, a lead of its team (Raj) or an admin can edit Payments."
    assert (await zoe.sees(kind=Kind.MESSAGE)).text == refused
    assert (await sam.command("/oncall", "schedules new", channel=INCIDENTS)).ok
    assert (await sam.sees(kind=Kind.MESSAGE)).text == "Only members of this workspace can make a schedule."
    assert await edit_form(ana)


async def test_permission_is_judged_again_when_the_form_is_sent(town: Town) -> None:
    raj, zoe = town.person("U02RAJ"), town.person("U04ZOE")
    await make(raj)
    await raj.close(raj.view)
    form = await edit_form(zoe)
    mine = await edit_form(raj)
    await raj.options(mine, "team.0.0", "look_up_team", "Money")
    previewed = await raj.submit(mine, {"team.0.0": "new:Money"})
    assert previewed.view
    await raj.submit(previewed.view)
    sent = await zoe.submit(form, {"name.0.0": "Zoe's"})
    assert sent.errors == {
        "name.0.0": "Only people of its team, a lead of its team (Raj) or an admin can edit Payments."
    }


async def test_names_with_marks_of_slack_are_shown_as_typed_and_ping_nobody(town: Town) -> None:
    ana = town.person("U01ANA")
    hostile = "<!channel> *bold* “x” & 🚒"
    done = await make(ana, hostile, people=("U05LEE",))
    assert done.view and f"{hostile} is saved" in ana.reads(done.view)
    await ana.close(done.view)
    assert (await ana.command("/oncall", "schedules", channel=GENERAL)).ok
    assert hostile in (await ana.sees(kind=Kind.MESSAGE)).text
    assert hostile in await now(ana)
    assert town.workspace.pings == []


async def test_the_list_shows_eight_and_says_how_to_see_more(town: Town) -> None:
    ana = town.person("U01ANA")
    for number in range(9):
        await make(ana, f"Team {number}", people=("U01ANA",))
        await ana.close(ana.view)
    assert (await ana.command("/oncall", "schedules", channel=INCIDENTS)).ok
    listed = await ana.sees("Team 0", kind=Kind.MESSAGE)
    assert "1 more" in listed.text and "Team 8" not in listed.text
    assert (await ana.command("/oncall", "schedules team 8", channel=INCIDENTS)).ok
    await ana.sees("Team 8", kind=Kind.MESSAGE)


async def test_a_name_with_a_sign_that_slack_escapes_is_found(town: Town) -> None:
    ana = town.person("U01ANA")
    for name in ("R&D", "R&B"):
        await make(ana, name, people=("U01ANA",))
        await ana.close(ana.view)
    assert (await ana.command("/oncall", "schedules R&D", channel=INCIDENTS)).ok
    assert "R&B" not in (await ana.sees("R&D", kind=Kind.MESSAGE)).text
    assert (await ana.command("/oncall", "schedules edit R&D", channel=INCIDENTS)).ok
    await ana.sees("Edit schedule", "R&D", kind=Kind.VIEW_OPENED)
