"""What programs change about who is on call, as people in Slack are told of it: “by the key ci”."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.screens import Appearance, Kind
from bot.queries import overrides, schedules
from bot.usecases.references import Ref
from bot.vocabulary import ParticipantKind
from tests.api.opsgenie.schedules.watches import Watches
from tests.slack.conftest import MORNING, Town
from tests.slack.programs import Program, program

INCIDENTS = "C02INCIDENTS"
ANA, RAJ, MIA, TOM = "U01ANA", "U02RAJ", "U03MIA", "U11TOM"
"""Raj is on call by Payments until Monday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SINCE, UNTIL = MORNING - HOUR, MORNING + 3 * HOUR


def _is_direct(each: Appearance) -> bool:
    return each.message is not None and each.message.channel.startswith("D")


@pytest.fixture
async def ci(staffed: Town) -> Program:
    for each in (ANA, RAJ, MIA, TOM):
        await staffed.house.desk.people.person(each)
    return await program(staffed)


async def answer(town: Town, words: str, *seen: str) -> str:
    """What Ana is told."""
    ana = town.person(ANA)
    since = ana.mark()
    assert (await ana.command("/oncall", words, channel=INCIDENTS)).ok
    return (await ana.sees(*seen, since=since)).text.replace("*", "")


async def test_those_it_concerns_are_told_and_the_log_and_why_say_which_key_did_it(staffed: Town, ci: Program) -> None:
    raj, tom, mia = (staffed.person(each) for each in (RAJ, TOM, MIA))
    alias = await ci.puts_on("Payments", Ref(name=TOM), SINCE, UNTIL)
    staffed.house.clockwork.wake()
    await tom.sees("The key “ci” put you on call for *Payments*", "Instead of Raj.", where=_is_direct)
    await raj.sees("The key “ci” put Tomás on call for *Payments* in your place", where=_is_direct)
    assert "override by the key “ci” until" in await answer(staffed, "now payments", "@Tomás until")
    why = await answer(staffed, "why payments", "by an override")
    assert "Tomás, by an override the key “ci” made until" in why and "instead of Raj." in why
    assert "The key “ci” put Tomás instead of Raj on call for Payments" in await answer(
        staffed, "log payments", "Changes"
    )

    await ci.replaces("Payments", alias, Ref(name=MIA), SINCE, UNTIL)
    staffed.house.clockwork.wake()
    await tom.sees("The key “ci” had put you on call", "and took it back", kind=Kind.MESSAGE_CHANGED)
    await mia.sees("The key “ci” put you on call for *Payments*", "Instead of Raj.", where=_is_direct)
    await ci.removes("Payments", alias)
    staffed.house.clockwork.wake()
    await mia.sees("The key “ci” had put you on call", "and took it back", kind=Kind.MESSAGE_CHANGED)
    log = await answer(staffed, "log payments", "took back")
    assert log.count("The key “ci” took back a change of Payments") == 2
    assert "The key “ci” put Mia instead of Raj on call for Payments" in log
    assert "turn of" in await answer(staffed, "now payments", "@Raj until")


async def test_an_override_of_a_person_that_a_program_took_away_cannot_be_taken_back_again(
    staffed: Town, ci: Program
) -> None:
    ana, tom = staffed.person(ANA), staffed.person(TOM)
    assert (await ana.command("/oncall", "override @tom today 18:00-22:00 payments", channel=INCIDENTS)).ok
    shown = await ana.sees("Nothing counts until you press the button.")
    assert (await ana.press(shown, action_id="override")).ok
    done = await ana.sees("on call for", "Undo", kind=Kind.MESSAGE_CHANGED)
    await tom.sees("Ana put you on call for *Payments*", where=_is_direct)
    async with staffed.house.reader() as reading:
        payments = await schedules.by_name(reading, "Payments")
        assert payments
        [made] = await overrides.of_schedule(reading, payments)
    await ci.removes("Payments", made.alias)
    staffed.house.clockwork.wake()
    await tom.sees("The key “ci” took this back: Ana had put you on call", kind=Kind.MESSAGE_CHANGED)
    assert (await ana.press(done, action_id="undo")).ok
    await ana.sees("The key “ci” took that back already.")
    assert "It was taken back by the key “ci” already." in await answer(staffed, "undo", "nothing to take back")


@pytest.mark.parametrize(
    ("kind", "who", "words"),
    [
        (ParticipantKind.TEAM, Ref(name="Zoo & co"), "the team Zoo &amp; co"),
        (ParticipantKind.ESCALATION, Ref(name="Night"), "the escalation Night"),
        (ParticipantKind.NONE, Ref(), "nobody"),
    ],
)
async def test_a_team_an_escalation_or_nobody_put_on_call_is_told_in_plain_words(
    staffed: Town, ci: Program, kind: ParticipantKind, who: Ref, words: str
) -> None:
    watches = Watches(staffed.house.units)
    await watches.team("Zoo & co")
    await watches.escalation("Night")
    plain = words.replace("&amp;", "&")
    await ci.puts_on("Payments", who, SINCE, UNTIL, kind=kind)
    staffed.house.clockwork.wake()
    told = await staffed.person(RAJ).sees("The key “ci” put", "in your place", where=_is_direct)
    assert f"put {plain} on call for *Payments* in your place" in told.text
    assert f"The key “ci” put {plain} instead of Raj on call for Payments" in await answer(
        staffed, "log payments", "Changes"
    )
    assert plain in await answer(staffed, "now payments", "Payments")
    shown = await answer(staffed, "override @mia today 10:00-11:00 payments", "Nothing counts until")
    instead = "nobody (a gap)" if kind is ParticipantKind.NONE else plain
    assert f"Instead of {instead}." in shown
    assert f"It lies over another override: {plain} from" in shown


async def test_the_records_of_years_gone_by_are_brought_over_without_a_word(staffed: Town, ci: Program) -> None:
    tom = staffed.person(TOM)
    since = tom.mark()
    alias = await ci.puts_on("Payments", Ref(name=TOM), SINCE - 30 * DAY, UNTIL - 30 * DAY)
    await ci.replaces("Payments", alias, Ref(name=TOM), SINCE - 31 * DAY, UNTIL - 30 * DAY)
    await ci.removes("Payments", alias)
    staffed.house.clockwork.wake()
    await staffed.all_told()
    assert [each for each in tom.appearances[since:] if _is_direct(each)] == []
