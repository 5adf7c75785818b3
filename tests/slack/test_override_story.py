"""Putting somebody on call and taking it back, as people type, press and read it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.playground import administration
from bot.playground.hands import Hands
from bot.playground.screens import Appearance, Kind
from bot.playground.views import View
from bot.slack.cards.blocks import Card
from bot.slack.commands.oncall.override import override
from bot.slack.desk import Request
from bot.usecases.schedules.create import create
from storage.models import Schedule
from tests.slack.conftest import Town
from tests.usecases.overrides.watch import wanted_schedule, weekly
from tests.usecases.stories import statements

INCIDENTS = "C02INCIDENTS"
PAYMENTS = "C03PAYMENTS"
ANA, RAJ, MIA, ZOE, LEE, SAM, KIM, TOM = (
    *("U01ANA", "U02RAJ", "U03MIA", "U04ZOE", "U05LEE", "U08SAM", "U10KIM", "U11TOM"),
)
"""Ana leads the team of Payments, on which Raj is on call until Monday; Mia leads that of Platform; both are admins."""


async def typed(person: Hands, words: str, *, channel: str = INCIDENTS) -> None:
    """Type `/oncall …`."""
    assert (await person.command("/oncall", words, channel=channel)).ok


async def shown_back(person: Hands, words: str, *, channel: str = INCIDENTS) -> Appearance:
    """The card that shows an override back."""
    await typed(person, f"override {words}", channel=channel)
    return await person.sees("Nothing counts until you press the button.")


async def put_on(person: Hands, words: str) -> Appearance:
    """The card that says an override counts."""
    assert (await person.press(await shown_back(person, words), action_id="override")).ok
    return await person.sees("on call for", "Undo", kind=Kind.MESSAGE_CHANGED)


async def on_call_at(person: Hands, when: str, schedule: str = "payments") -> str:
    """What `/oncall at` answers."""
    await typed(person, f"at {when} {schedule}")
    return (await person.sees("At ")).text


def plainly(seen: Appearance) -> str:
    """What is read, without marks and spaces of no width."""
    return seen.text.replace("*", "")


def _is_direct(each: Appearance) -> bool:
    return each.message is not None and each.message.channel.startswith("D")


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_somebody_is_put_on_call_for_tonight_and_it_is_taken_back(staffed: Town) -> None:
    ana, raj, tom = staffed.person(ANA), staffed.person(RAJ), staffed.person(TOM)

    card = await shown_back(ana, "@tom today 18:00-22:00 payments")
    text = plainly(card)
    assert "Put Tomás on call for Payments from Nov 18, 2026 at 18:00 until Nov 18, 2026 at 22:00 (4 h)?" in text
    assert "Instead of Raj." in card.text
    assert "Wed 18 Nov 18:00 to 22:00, 4 h (Europe/Berlin)" in card.text
    assert "For Tomás: Wed 18 Nov 14:00 to 18:00 (America/Sao_Paulo)" in card.text
    assert "Raj until" in await on_call_at(ana, "today 18:30")  # nothing counts yet

    since = tom.mark(), raj.mark()
    assert (await ana.press(card, action_id="override")).ok
    done = await ana.sees("Tomás is on call for *Payments*", kind=Kind.MESSAGE_CHANGED)
    assert "Tomás and Raj were told by direct message." in done.text
    assert "Put Tomás on call" not in done.text
    told = await tom.sees("Ana put you on call for *Payments*", "14:00", where=_is_direct, since=since[0])
    assert "Instead of Raj." in told.text
    await raj.sees("Ana put Tomás on call for *Payments* in your place", "22:30", where=_is_direct, since=since[1])
    assert "Tomás until" in await on_call_at(ana, "today 18:30")

    since = tom.mark(), raj.mark()
    assert (await ana.press(done, action_id="undo")).ok
    await ana.sees(
        "Taken back: Tomás on call for *Payments*", "as if it had never been made", kind=Kind.MESSAGE_CHANGED
    )
    for person, mark in zip((tom, raj), since, strict=True):
        await person.sees("Ana had put", "and took it back", kind=Kind.MESSAGE_CHANGED, since=mark)
    assert "Raj until" in await on_call_at(ana, "today 18:30")
    assert staffed.workspace.bot_pings == []


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_where_words_are_missing_a_form_asks_and_shows_back_before_it_counts(staffed: Town) -> None:
    ana = staffed.person(ANA)
    await typed(ana, "override @tom fri 18:00")
    form = await ana.sees("Put somebody on call", kind=Kind.VIEW_OPENED)
    assert "Until when? I read only a start, Fri 20 Nov 18:00." in form.text
    assert "Which schedule?" in form.text
    view = ana.view
    assert _held(view, "person") == TOM
    start = _held(view, "start")
    options = await ana.options(view, "schedule", "override_schedule", "pay")
    payments = options["options"][0]["value"]
    await ana.fill(view, {"schedule": payments})

    refused = await ana.submit(ana.view, {"until": start})
    assert refused.errors == {
        "until": "This is the same moment as From, so nobody would be on call. Choose a later one."
    }
    previewed = await ana.submit(ana.view, {"until": start + 7200})
    assert previewed.view
    text = ana.reads(previewed.view)
    assert "Put *Tomás* on call for *Payments* from" in text and "Instead of Raj." in text
    done = await ana.submit(previewed.view)
    assert done.view and "Tomás is on call for *Payments*" in ana.reads(done.view)
    assert "Tomás until" in await on_call_at(ana, "fri 18:30")

    assert (await ana.press(done.view, action_id="undo")).ok
    await ana.sees("Taken back: Tomás on call", kind=Kind.VIEW_UPDATED)
    await ana.close(ana.view)
    assert ana.views == ()
    assert "Raj until" in await on_call_at(ana, "fri 18:30")


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_a_gap_is_filled_from_its_answer(staffed: Town) -> None:
    mia = staffed.person(MIA)
    await typed(mia, "now platform")
    answer = await mia.sees("nobody until", "Fill the gap")
    assert answer.message
    assert (await mia.press(answer, block_id=answer.message.blocks[0]["block_id"])).ok
    await mia.sees("Put somebody on call", kind=Kind.VIEW_OPENED)
    form = mia.view
    assert _held(form, "schedule")["text"]["text"] == "Platform"
    assert (_held(form, "start"), _held(form, "until")) == (_seconds("09:00"), _seconds("13:00"))
    previewed = await mia.submit(form, {"person": MIA})
    assert previewed.view and "Instead of nobody (a gap)." in mia.reads(previewed.view)
    done = await mia.submit(previewed.view)
    assert done.view and "You are on call for" in mia.reads(done.view)
    await typed(mia, "now platform")
    assert "Fill the gap" not in (await mia.sees("Mia until")).text


async def test_a_public_answer_has_no_button_to_fill_a_gap(staffed: Town) -> None:
    mia = staffed.person(MIA)
    await typed(mia, "now platform")
    since = mia.mark()
    assert (await mia.press(await mia.sees("Fill the gap", since=since - 1), action_id="show_to_channel")).ok
    public = await mia.sees("nobody until", where=lambda each: bool(each.message and not each.message.ephemeral_to))
    assert "Fill the gap" not in public.text


async def test_a_gap_among_many_schedules_is_filled_on_top_of_their_list(staffed: Town) -> None:
    ana = staffed.person(ANA)
    me = await staffed.house.desk.people.person(ANA)
    later = replace(weekly(me), start=datetime(2027, 1, 4, 9))  # noqa: DTZ001  a local time
    for number in range(9):
        async with staffed.house.units.begin(me) as unit:
            await create(unit, wanted_schedule(later, name=f"Quiet {number}"))
    await typed(ana, "now")
    assert (await ana.press(await ana.sees("Fill the gap"), action_id="more")).ok
    await ana.sees("Fill the gap", kind=Kind.VIEW_OPENED)
    gap = next(block for block in ana.view.blocks if "accessory" in block)
    assert (await ana.press(ana.view, block_id=gap["block_id"])).ok
    await ana.sees("Put somebody on call", kind=Kind.VIEW_PUSHED)
    assert len(ana.views) == 2


async def test_a_schedule_behind_the_first_eight_has_the_same_menu(staffed: Town) -> None:
    ana = staffed.person(ANA)
    me = await staffed.house.desk.people.person(ANA)
    for number in range(9):
        async with staffed.house.units.begin(me) as unit:
            await create(unit, wanted_schedule(weekly(me), name=f"Quiet {number}"))
    await typed(ana, "now")
    assert (await ana.press(await ana.sees("more"), action_id="more")).ok
    await ana.sees("Quiet 8", kind=Kind.VIEW_OPENED)
    row = next(block for block in ana.view.blocks if block.get("accessory", {}).get("type") == "overflow")
    menu = {each["text"]["text"]: each["value"] for each in row["accessory"]["options"]}
    assert list(menu) == ["Page", "This week", "Why"]
    assert (await ana.press(ana.view, block_id=row["block_id"], value=menu["Why"])).ok
    await ana.sees("because it is their turn", kind=Kind.VIEW_PUSHED)
    assert len(ana.views) == 2


async def test_what_was_shown_can_be_changed_in_the_form(staffed: Town) -> None:
    ana = staffed.person(ANA)
    card = await shown_back(ana, "me fri 18:00-22:00 payments")
    assert "Put you on call for" in card.text and "Put me on call" in card.text
    assert (await ana.press(card, action_id="override_form")).ok
    waiting = await ana.sees("You are changing this in the form", kind=Kind.MESSAGE_CHANGED)
    view = ana.view
    assert [_held(view, each) for each in ("person", "start")] == [ANA, _seconds("17:00", day=20)]
    await ana.close(view)
    assert (await ana.press(waiting, action_id="override_form")).ok
    await ana.sees("Put somebody on call", kind=Kind.VIEW_OPENED)
    previewed = await ana.submit(ana.view, {"until": _seconds("18:00", day=20)})
    assert previewed.view and "(1 h)" in ana.reads(previewed.view)


async def test_the_form_asks_for_the_rotations_of_a_schedule_that_has_several(staffed: Town) -> None:
    ana = staffed.person(ANA)
    await _with_two_rotations(staffed)
    await typed(ana, "override @tom fri 18:00-22:00")
    await ana.sees("Put somebody on call", kind=Kind.VIEW_OPENED)
    [chosen] = (await ana.options(ana.view, "schedule", "override_schedule", "twin"))["options"]
    await ana.fill(ana.view, {"schedule": chosen["value"]})
    await ana.sees("Rotations", kind=Kind.VIEW_UPDATED)
    block = f"rotations.{chosen['value']}"
    ticked = _held(ana.view, block)
    assert [each["text"]["text"] for each in ticked] == ["First", "Second"]
    assert _held(ana.view, "person") == TOM
    previewed = await ana.submit(ana.view, {block: [ticked[1]["value"]]})
    assert previewed.view
    text = ana.reads(previewed.view)
    assert ", only in Second, from" in text and "Instead of Mia." in text


async def test_two_clicks_count_once(staffed: Town) -> None:
    ana = staffed.person(ANA)
    card = await shown_back(ana, "@tom today 18:00-22:00 payments")
    first, second = await asyncio.gather(ana.press(card, action_id="override"), ana.press(card, action_id="override"))
    assert first.ok and second.ok
    done = await ana.sees("on call for", "Undo", kind=Kind.MESSAGE_CHANGED)
    await typed(ana, "log payments")
    assert (await ana.sees("Changes of Payments")).text.count("put Tomás") == 1
    await asyncio.gather(ana.press(done, action_id="undo"), ana.press(done, action_id="undo"))
    await ana.sees("Taken back", kind=Kind.MESSAGE_CHANGED)
    await typed(ana, "undo")
    await ana.sees("There is nothing to take back.")


async def test_what_changed_since_it_was_shown_is_shown_before_it_counts(staffed: Town) -> None:
    ana, raj = staffed.person(ANA), staffed.person(RAJ)
    card = await shown_back(ana, "@tom today 18:00-22:00 payments")
    await put_on(raj, "me today 20:00-21:00 payments")  # in Kolkata: until half past three in Berlin
    await put_on(staffed.person(LEE), "me today 10:00-11:00 payments")  # in Los Angeles: from seven in Berlin
    assert (await ana.press(card, action_id="override")).ok
    again = await ana.sees("no longer what was shown to you", "Nothing counts until", kind=Kind.MESSAGE_CHANGED)
    assert "It lies over another override: lee" in again.text
    assert "Tomás until" not in await on_call_at(ana, "today 18:30")
    assert (await ana.press(again, action_id="override")).ok
    await ana.sees("Tomás is on call for", kind=Kind.MESSAGE_CHANGED)


async def test_who_left_since_it_was_shown_is_not_put_on_call(staffed: Town) -> None:
    ana, tom = staffed.person(ANA), staffed.person(TOM)
    card = await shown_back(ana, "@tom today 18:00-22:00 payments")
    noted = asyncio.Event()
    staffed.house.units.on_commit(noted.set)
    administration.change_person(staffed.workspace, tom.id, deleted=True)
    async with asyncio.timeout(5):
        await noted.wait()
    assert (await ana.press(card, action_id="override")).ok
    await ana.sees("Tomás has left the workspace and cannot be on call")


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (
            "@olga today 18:00-22:00 payments",
            "Olga has left the workspace and cannot be on call. Choose somebody else.",
        ),
        ("@deploybot today 18:00-22:00 payments", "is a bot and cannot be on call. Choose a person."),
        ("@sam.guest today 18:00-22:00 payments", "Sam is a guest and cannot be on call."),
        ("me now for 0 minutes payments", "Put somebody on call"),
        ("me fri 18:00 to fri 18:00 payments", "(7 days)"),
        ("me 2026-12-24 09:00 to 2026-12-23 09:00 payments", "before it starts"),
        ("me tomorrow 25:00 payments", "I cannot read “tomorrow 25:00” as a time."),
        ("me banana payments", "I cannot read “banana” as a time."),
        ("me today 18:00-22:00 zebra", "There is no schedule “zebra”."),
        ("me today 18:00-22:00 p", "“p” could be several schedules. Which one? Payments, Platform"),
        ("me today 18:00-22:00", "Which schedule?"),
        ("@zebra today 18:00-22:00 payments", "Slack did not say who “@zebra” is: choose the person."),
        ("@tom @raj today 18:00-22:00 payments", "One person at a time: choose who."),
        ("today 18:00-22:00 payments", "Who? Type @name, or me for yourself."),
        ("", "Put somebody on call"),
        ("<b>&amp;`*</b>" * 50, "Put somebody on call"),
        ("me today 18:00-22:00 paymets", "Payments"),
        ("me fri-mon payments", "no hour given, so 09:00"),
        ("me now to 2036-11-18 payments", "days 23 h*, about 10 years, until"),
        ("me yesterday 9-17 payments", "This is in the past. It counts, as a correction of who was on call."),
        ("me today 6:00-22:00 payments", "It begins in the past. That part counts too"),
        ("me now for 2h payments", "Put me on call"),
        ("me fri 18:00 to sat 12:00 payments", "9 h of it are asleep hours for Ana"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_line_gets_its_answer(staffed: Town, words: str, seen: str) -> None:
    ana = staffed.person(ANA)
    await typed(ana, f"override {words}")
    await ana.sees(seen)
    assert "Raj until" in await on_call_at(ana, "today 18:30")


async def test_a_schedule_that_is_off_is_refused_with_a_sentence(staffed: Town) -> None:
    ana = staffed.person(ANA)
    card = await shown_back(ana, "me today 18:00-22:00 payments")
    async with staffed.house.database.writing() as session:
        row = (await session.exec(select(Schedule).where(Schedule.name == "Payments"))).one()
        row.enabled = False
    for act in (ana.press(card, action_id="override"), typed(ana, "override me today 18:00-22:00 payments")):
        await act
        await ana.sees("Payments is switched off: nobody is on call by it, whoever is put on.")


async def test_without_a_schedule_it_says_how_to_make_one(town: Town) -> None:
    ana = town.person(ANA)
    for words in ("override me 2h", "override me 2h payments"):
        await typed(ana, words)
        await ana.sees("There is no schedule yet.")


async def test_the_channels_own_schedule_is_meant_where_none_is_named(staffed: Town) -> None:
    ana = staffed.person(ANA)
    await typed(ana, "link platform", channel=PAYMENTS)
    await ana.sees("is linked to this channel")
    assert "Platform" in (await shown_back(ana, "me 2h", channel=PAYMENTS)).text


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_who_may_put_whom_on_call(staffed: Town) -> None:
    raj, sam = staffed.person(RAJ), staffed.person(SAM)
    await typed(raj, "override @tom today 18:00-22:00 payments")
    await raj.sees("Only people of its team, a lead of its team (Ana) or an admin can put somebody else on call")
    await put_on(raj, "me today 18:00-22:00 payments")
    await typed(sam, "override me today 18:00-22:00 payments")
    await sam.sees("Only members of this workspace can put themselves on call")
    await typed(sam, "now platform")
    answer = await sam.sees("nobody until")
    assert "Fill the gap" not in answer.text
    assert answer.message
    menu = answer.message.blocks[0]["accessory"]["options"]
    assert [each["text"]["text"] for each in menu] == ["This week", "Why"]  # a guest may ask


async def test_what_a_command_costs_does_not_grow_with_what_there_is(staffed: Town) -> None:
    raj, desk, costs = staffed.person(RAJ), staffed.house.desk, []
    me = await desk.people.person(RAJ)
    for day in range(1, 6):
        words = f"me 2026-12-0{day} 9-17 payments"
        request = Request(me, "/oncall", "override", words, INCIDENTS, key=str(day), trigger_id="t")
        with statements() as seen:
            assert isinstance(await override(request, desk), Card)
        asked = [each for each in seen if "delivery" not in each and "reminder" not in each]  # the clockwork wakes too
        costs.append(len(asked))
        await put_on(raj, words)
        await staffed.all_told()
    assert costs[-2] == costs[-1] <= 14, "\n".join(seen)


def _held(view: View, block_id: str) -> Any:
    """What a field of the view is filled in with."""
    element = next(block for block in view.blocks if block.get("block_id") == block_id)["element"]
    return next((held for name, held in element.items() if name.startswith("initial_")), None)


def _seconds(time: str, *, day: int = 18) -> int:
    """The seconds of a time in UTC on a day of November."""
    return int(datetime.fromisoformat(f"2026-11-{day}T{time}").replace(tzinfo=UTC).timestamp())


async def _with_two_rotations(town: Town) -> None:
    """Twin: Raj is on call by its first rotation, Mia by its second."""
    ana, raj, mia = [await town.house.desk.people.person(each) for each in (ANA, RAJ, MIA)]
    async with town.house.units.begin(ana) as unit:
        await create(unit, wanted_schedule(weekly(raj, name="First"), weekly(mia, name="Second"), name="Twin"))
