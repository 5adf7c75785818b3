"""`/oncall week` and `/oncall month`: a picture that Slack takes, and the same in words where it takes none."""

from __future__ import annotations

import pytest

from bot.playground.hands import Hands
from bot.playground.records import ViolationKind
from bot.playground.screens import Appearance, Kind
from bot.queries import schedules
from bot.queries.pages import opens
from bot.slack import answering
from bot.slack.cards.blocks import Block
from tests.slack.conftest import Town
from tests.slack.writings import becomes_guest

INCIDENTS = "C02INCIDENTS"
ANA, RAJ = "U01ANA", "U02RAJ"


def _image(answer: Appearance) -> Block:
    """The picture in an answer."""
    assert answer.message is not None
    (image,) = (block for block in answer.message.blocks if block["type"] == "image")
    return image


async def _asked(hands: Hands, words: str) -> Appearance:
    since = hands.mark()
    assert (await hands.command("/oncall", words, channel=INCIDENTS)).ok
    return await hands.sees("times in", since=since, within=20)


@pytest.mark.parametrize("way_in", ["http", "socket"])
async def test_the_week_is_a_picture_with_the_same_facts_as_words(staffed: Town, way_in: str) -> None:
    ana = staffed.person(ANA)
    answer = await _asked(ana, "week payments")
    image = _image(answer)
    file = staffed.workspace.files.find(image["slack_file"]["id"])
    assert file is not None and file.picture_type == "image/png"
    assert (file.name, file.title) == ("2026-W47.png", "Payments, 16 – 22 November 2026, times in Europe/Berlin")
    assert (
        "Now: Raj until Mon 23 Nov 09:00. Until Mon 16 Nov 09:00: Ana. From Mon 16 Nov 09:00: Raj." in image["alt_text"]
    )
    assert "Now: Raj until Mon 23 Nov 09:00" in answer.text
    assert answer.message is not None and answer.message.ephemeral_to == ANA
    assert staffed.workspace.bot_pings == []


async def test_one_goes_to_other_weeks_and_shows_one_to_the_channel(staffed: Town) -> None:
    ana, raj = staffed.person(ANA), staffed.person(RAJ)
    answer = await _asked(ana, "week payments")
    await ana.press(answer, action_id="run:next")
    following = await ana.sees("23 – 29 November 2026", kind=Kind.MESSAGE_CHANGED, within=20)
    assert "Now:" not in following.text
    await ana.press(following, action_id="run:previous")
    present = await ana.sees("16 – 22 November 2026", "Now:", kind=Kind.MESSAGE_CHANGED, within=20)
    since = raj.mark()
    await ana.press(present, action_id="show_to_channel")
    shown = await raj.sees("16 – 22 November 2026", channel=INCIDENTS, since=since, within=20)
    assert _image(shown)["slack_file"] == _image(present)["slack_file"], "the same picture is uploaded once"
    assert "Show to channel" not in shown.text
    uploads = [each for each in staffed.workspace.calls if each.method == "files.completeUploadExternal"]
    assert len(uploads) == 2


async def test_the_button_leads_to_the_page_with_the_key_that_opens_it(staffed: Town) -> None:
    ana = staffed.person(ANA)
    answer = await _asked(ana, "month payments")
    assert answer.message is not None
    elements = [each for block in answer.message.blocks for each in block.get("elements", ())]
    (url,) = (each["url"] for each in elements if each["action_id"] == "open_page")
    address, _, key = url.partition("&key=")
    assert address == "http://127.0.0.1:3000/schedules/Payments?month=2026-11"
    async with staffed.house.reader() as reading:
        listed = {each.name: each.id for each in await schedules.listed(reading)}
        assert opens(reading.settings, listed["Payments"], key)
        assert not opens(reading.settings, listed["Platform"], key)
    assert (await ana.press(answer, action_id="open_page")).ok


async def test_without_a_name_the_others_are_offered(staffed: Town) -> None:
    ana = staffed.person(ANA)
    answer = await _asked(ana, "week")
    await ana.press(answer, action_id="run:other:0")
    platform = await ana.sees("Platform, 16 – 22 November 2026", kind=Kind.MESSAGE_CHANGED, within=20)
    assert "America/New_York" in platform.text


async def test_what_cannot_be_read_is_said(staffed: Town) -> None:
    ana = staffed.person(ANA)
    for words, says in (
        ("week payments 2026-W60", "is no week that I can read"),
        ("month payments 2026-13", "is no month that I can read"),
        ("week payments 1815-W24", "is drawn from 2000 to 2199"),
        ("week quux", "There is no schedule “quux”"),
    ):
        assert (await ana.command("/oncall", words, channel=INCIDENTS)).ok
        await ana.sees(says)


async def test_without_a_schedule_the_answer_offers_to_make_one(town: Town) -> None:
    ana = town.person(ANA)
    assert (await ana.command("/oncall", "week", channel=INCIDENTS)).ok
    await ana.sees("There is no schedule yet")


async def test_a_picture_that_slack_looks_through_first_is_waited_for(
    staffed: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "PAUSES_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(answering, "LOOKS_FOR_SECONDS", 0.0)
    staffed.workspace.files.looks = 2
    assert _image(await _asked(staffed.person(ANA), "week payments"))


async def test_a_picture_that_slack_never_takes_is_said_in_words(
    staffed: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "PAUSES_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(answering, "LOOKS_FOR_SECONDS", 0.0)
    staffed.workspace.files.looks = 99
    ana = staffed.person(ANA)
    answer = await _asked(ana, "week payments")
    assert "From Mon 16 Nov 09:00: Raj" in answer.text
    assert answer.message is not None and all(block["type"] != "image" for block in answer.message.blocks)
    await ana.say(INCIDENTS, f"<@{staffed.workspace.app.user_id}> week payments next")
    spoken = await ana.sees("23 – 29 November 2026", within=20)
    assert "Until Mon 23 Nov 09:00: Raj" in spoken.text


async def test_a_guest_may_ask_too(staffed: Town) -> None:
    await becomes_guest(staffed, RAJ)
    assert _image(await _asked(staffed.person(RAJ), "week payments"))


async def test_an_app_without_leave_to_upload_answers_in_words(staffed: Town) -> None:
    staffed.workspace.granted_scopes = staffed.workspace.granted_scopes - {"files:write"}
    answer = await _asked(staffed.person(ANA), "week payments")
    assert "From Mon 16 Nov 09:00: Raj" in answer.text
    violations, staffed.workspace.violations[:] = list(staffed.workspace.violations), []
    assert [each.kind for each in violations] == [ViolationKind.MISSING_SCOPE]
