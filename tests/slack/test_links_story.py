"""Schedules tied to channels, told from both sides: who ties them, and who asks in the channel afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engines.rotation import Participant
from bot.playground.hands import Hands
from bot.playground.screens import Kind
from bot.queries import log
from bot.queries.changes import Changing
from bot.usecases.schedules.create import create
from bot.usecases.schedules.wanted import WantedRotation, WantedSchedule
from bot.vocabulary import ParticipantKind, RotationType
from tests.slack.by_hand import command_body, post, signed
from tests.slack.conftest import MORNING, Town

GENERAL, INCIDENTS, PAYMENTS, LOUNGE = "C01GENERAL", "C02INCIDENTS", "C03PAYMENTS", "C06LOUNGE"


async def made(town: Town, *names: str) -> None:
    """Schedules of that name, with Ana on call around the clock."""
    ana = await town.house.desk.people.person("U01ANA")
    roster = (Participant(ParticipantKind.USER, ana.id),)
    monday = MORNING.replace(tzinfo=None) - timedelta(days=2)
    for name in names:
        rotation = WantedRotation(None, "Primary", roster, RotationType.WEEKLY, 1, monday)
        async with town.house.units.begin(ana) as unit:
            await create(unit, WantedSchedule(name, "Europe/Berlin", None, (rotation,)))


async def asks(person: Hands, words: str, *, channel: str = INCIDENTS) -> str:
    """What `/oncall` says to that."""
    assert (await person.command("/oncall", words, channel=channel)).ok
    return (await person.sees(kind=Kind.MESSAGE)).text


async def events(town: Town) -> list[str]:
    """The verbs of what happened to schedules beyond their making, oldest first."""
    async with town.house.reader() as reading:
        page = await log.page(reading, (), size=100)
    return [each.verb for each in reversed(page.entries) if each.verb != Changing.CREATED]


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_a_schedule_is_linked_comes_first_and_is_unlinked_again(staffed: Town) -> None:
    ana, raj = staffed.person("U01ANA"), staffed.person("U02RAJ")
    assert (await asks(raj, "now")).index("Payments") < (await asks(raj, "now")).index("Platform")

    assert "Nothing is linked to this channel" in await asks(ana, "link")
    said = await asks(ana, "link plat")
    assert "*Platform* is linked to this channel now." in said and "Unlink" in said
    for words in ("now", "", "next", "at fri 18:00", "schedules"):
        answer = await asks(raj, words)
        assert answer.index("Platform") < answer.index("Payments"), words
        elsewhere = await asks(raj, words, channel=GENERAL)
        assert elsewhere.index("Payments") < elsewhere.index("Platform"), words

    assert "is linked to this channel already" in await asks(raj, "link platform")
    assert "*Platform* is not linked to this channel any more." in await asks(ana, "unlink")
    assert (await asks(raj, "now")).index("Payments") < (await asks(raj, "now")).index("Platform")
    assert await events(staffed) == ["link-channel", "unlink-channel"]
    assert staffed.workspace.pings == []


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_the_form_links_to_the_channel_that_is_chosen_in_it(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    assert (await ana.command("/oncall", "link", channel=INCIDENTS)).ok
    card = await ana.sees("Nothing is linked")
    assert (await ana.press(card, action_id="link_channel")).ok
    await ana.sees("Link a schedule", kind=Kind.VIEW_OPENED)
    found = await ana.options(ana.view, "schedule", "look_up_schedule", "PAY")
    assert [each["text"]["text"] for each in found["options"]] == ["Payments"]
    assert ana.view.blocks[1]["element"]["initial_conversation"] == INCIDENTS
    sent = await ana.submit(ana.view, {"schedule": found["options"][0]["value"], "channel": LOUNGE})
    assert sent.view and "Payments is linked to #platform-lounge now" in ana.reads(sent.view).replace("*", "")
    assert "Payments" in await asks(ana, "link", channel=LOUNGE)
    assert (await ana.press(ana.view, action_id="undo")).ok
    await ana.sees("Taken back", kind=Kind.VIEW_UPDATED)
    assert "Nothing is linked" in await asks(ana, "link", channel=LOUNGE)
    assert "Nothing is linked" in await asks(ana, "link", channel=INCIDENTS)


async def test_each_linked_one_is_unlinked_by_its_button_and_that_taken_back_by_another(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    for name in ("payments", "platform"):
        await asks(ana, f"link {name}")
    assert (await ana.command("/oncall", "unlink", channel=INCIDENTS)).ok
    which = await ana.sees("Which one?", "Payments", "Platform")
    assert (await ana.press(which, action_id="run:unlink:0")).ok
    done = await ana.sees("*Payments* is not linked to this channel any more.", "Platform")
    assert (await ana.press(done, action_id="undo")).ok
    await ana.sees("Taken back")
    assert await events(staffed) == ["link-channel", "link-channel", "unlink-channel", "undo"]
    assert "Payments" in await asks(ana, "link")
    told = await asks(ana, "log payments")
    assert "Ana took back a change of *Payments*" in told and "• Ana unlinked *Payments* from #incidents" in told


async def test_a_button_pressed_after_it_was_done_says_so(staffed: Town) -> None:
    ana, raj = staffed.person("U01ANA"), staffed.person("U02RAJ")
    await asks(ana, "link payments")
    assert (await ana.command("/oncall", "link", channel=INCIDENTS)).ok
    card = await ana.sees("Payments")
    await asks(raj, "unlink payments")
    assert (await ana.press(card, action_id="run:unlink:0")).ok
    await ana.sees("*Payments* is not linked to this channel.")
    assert await events(staffed) == ["link-channel", "unlink-channel"]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("link zebra", "There is no schedule “zebra”"),
        ("link paymets", "Did you mean this one?"),
        ("link p", "could be several schedules"),
        ("unlink platform", "*Platform* is not linked to this channel."),
        ("unlink zebra", "There is no schedule “zebra”"),
        ("unlink", "Nothing is linked to this channel"),
        ("log zebra", "There is no schedule “zebra”"),
    ],
)
async def test_what_cannot_be_is_said_in_one_sentence_and_changes_nothing(staffed: Town, words: str, seen: str) -> None:
    assert seen in await asks(staffed.person("U01ANA"), words)
    assert await events(staffed) == []


async def test_a_name_with_a_slip_is_offered_and_linked_by_its_button(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    assert (await ana.command("/oncall", "link paymets", channel=INCIDENTS)).ok
    offer = await ana.sees("Did you mean this one?")
    assert (await ana.press(offer, action_id="run:0")).ok
    await ana.sees("*Payments* is linked to this channel now.")


@pytest.mark.parametrize("words", ["link", "link payments", "unlink", "unlink payments"])
async def test_in_a_direct_message_nothing_can_be_linked(staffed: Town, words: str) -> None:
    ana = staffed.person("U01ANA")
    assert "not to direct messages. Type `/oncall link` in the channel" in await asks(ana, words, channel=ana.dm.id)
    assert await events(staffed) == []


async def test_the_direct_messages_of_several_people_are_no_channel_either(staffed: Town) -> None:
    name = {"channel_id": "C0SEVERAL", "channel_name": "mpdm-ana--raj--mia-1"}
    body = command_body(staffed, "/oncall", "link payments", **name)
    answer = await post(staffed, body, signed(staffed, body))
    assert "not to direct messages" in answer.text
    assert await events(staffed) == []


async def test_the_bot_need_not_be_in_the_channel(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    assert "*Platform* is linked to this channel now." in await asks(ana, "link platform", channel=LOUNGE)
    answer = await asks(ana, "now", channel=LOUNGE)
    assert answer.index("Platform") < answer.index("Payments")


async def test_a_guest_links_nothing_but_reads_the_log(staffed: Town) -> None:
    ana, sam = staffed.person("U01ANA"), staffed.person("U08SAM")
    refused = "Only members of this workspace can link and unlink a channel's schedules."
    for words in ("link", "link payments", "unlink payments"):
        assert await asks(sam, words) == refused
    await asks(ana, "link payments")
    assert (await ana.command("/oncall", "link", channel=INCIDENTS)).ok
    assert "Ana linked *Payments* to" in await asks(sam, "log payments")


async def test_names_that_slack_would_read_as_marks_are_linked_and_shown_as_typed(town: Town) -> None:
    ana = town.person("U01ANA")
    await made(town, "R&D <!channel> *x*")
    assert "R&D <!channel> *x*" in await asks(ana, "link R&D")
    assert "R&D <!channel> *x*" in await asks(ana, "log")
    assert (await ana.command("/oncall", "log r&d", channel=INCIDENTS)).ok
    shown = await ana.sees("R&D")
    assert (await ana.press(shown, action_id="show_to_channel")).ok
    await ana.sees("R&D", channel=INCIDENTS)
    assert town.workspace.pings == []


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_of_many_schedules_eight_are_shown_and_a_button_opens_the_others(town: Town) -> None:
    ana, raj = town.person("U01ANA"), town.person("U02RAJ")
    await made(town, *(f"Team {number:02}" for number in range(1, 61)))
    await asks(raj, "link team 60")
    for words, title in (
        ("now", "On call now"),
        ("next", "Next hand-offs"),
        ("at fri 18:00", "On call then"),
        ("schedules", "Schedules"),
    ):
        assert (await ana.command("/oncall", words, channel=INCIDENTS)).ok
        answer = await ana.sees("52 more", kind=Kind.MESSAGE)
        assert answer.text.index("Team 60") < answer.text.index("Team 01")
        assert "Team 07" in answer.text and "Team 08" not in answer.text
        assert (await ana.press(answer, action_id="more")).ok
        opened = await ana.sees(title, kind=Kind.VIEW_OPENED)
        assert "9 to 48 of 60" in opened.text and "Team 08" in opened.text and "Team 47" in opened.text
        assert "Team 07" not in opened.text and "Team 60" not in opened.text
        assert (await ana.press(ana.view, action_id="more:next")).ok
        turned = await ana.sees("49 to 60 of 60", kind=Kind.VIEW_UPDATED)
        assert "Team 59" in turned.text and "Next\n" not in turned.text
        assert (await ana.press(ana.view, action_id="more:back")).ok
        await ana.sees("9 to 48 of 60", kind=Kind.VIEW_UPDATED)
        await ana.close(ana.view)
    assert town.workspace.pings == []


async def test_an_answer_shown_to_the_channel_has_the_button_too_and_it_tells_what_is_true_then(town: Town) -> None:
    ana, zoe = town.person("U01ANA"), town.person("U04ZOE")
    await made(town, *(f"Team {number}" for number in range(1, 10)))
    assert (await ana.command("/oncall", "now", channel=INCIDENTS)).ok
    answer = await ana.sees("1 more")
    since = zoe.mark()
    assert (await ana.press(answer, action_id="show_to_channel")).ok
    public = await zoe.sees("1 more", channel=INCIDENTS, since=since)
    await made(town, "Zebra")
    assert (await zoe.press(public, action_id="more")).ok
    assert "9 to 10 of 10" in (await zoe.sees("Zebra", kind=Kind.VIEW_OPENED)).text


async def test_a_schedule_is_edited_from_the_list_of_the_others(town: Town) -> None:
    ana = town.person("U01ANA")
    await made(town, *(f"Team {number}" for number in range(1, 10)))
    assert (await ana.command("/oncall", "schedules", channel=INCIDENTS)).ok
    assert (await ana.press(await ana.sees("1 more"), action_id="more")).ok
    await ana.sees("Team 9", kind=Kind.VIEW_OPENED)
    assert (await ana.press(ana.view, block_id=ana.view.blocks[1]["block_id"])).ok
    await ana.sees("Edit schedule")
    assert [view.title for view in ana.views] == ["Schedules", "Edit schedule"]


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_the_log_tells_who_changed_what_and_turns_its_pages(staffed: Town) -> None:
    ana, raj = staffed.person("U01ANA"), staffed.person("U02RAJ")
    assert "Ana made *Payments*" in await asks(raj, "log payments")
    for _ in range(5):
        await asks(ana, "link payments")
        await asks(raj, "unlink payments")
    assert (await raj.command("/oncall", "log payments", channel=INCIDENTS)).ok
    newest = await raj.sees("Changes of Payments")
    assert newest.text.count("linked *Payments*") == 8 and "made" not in newest.text
    assert newest.text.index("Raj unlinked *Payments* from #incidents") < newest.text.index(
        "Ana linked *Payments* to #incidents"
    )
    assert (await raj.press(newest, action_id="run:older")).ok
    oldest = await raj.sees("Ana made *Payments*", "Primary: Ana, Raj, Tomás, every week", "team Payments")
    assert (await raj.press(oldest, action_id="run:newer")).ok
    await raj.sees("Older")


async def test_the_log_without_a_name_is_of_the_channels_own_schedules_or_of_all(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    everything = await asks(ana, "log")
    assert all(name in everything for name in ("Changes of all schedules", "*Payments*", "*Platform*"))
    await asks(ana, "link payments")
    assert (await ana.command("/oncall", "log", channel=INCIDENTS)).ok
    own = await ana.sees("Changes of Payments")
    assert "Platform" not in own.text
    assert (await ana.press(own, action_id="run:all")).ok
    await ana.sees("Changes of all schedules", "*Platform*")
