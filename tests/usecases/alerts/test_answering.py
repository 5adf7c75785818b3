"""People and programs answer alerts: whoever is first counts, and whoever is second learns who was."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.errors import BadFields, Locked, NotAllowed
from bot.queries.actors import Actor
from bot.queries.alert_log import AlertHappening
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.acknowledge import acknowledge
from bot.usecases.alerts.add_responder import add_responder
from bot.usecases.alerts.assign import assign
from bot.usecases.alerts.close import close
from bot.usecases.alerts.create import Raised
from bot.usecases.alerts.label import add_tags
from bot.usecases.alerts.snooze import snooze
from bot.usecases.alerts.unacknowledge import unacknowledge
from bot.usecases.alerts.wanted import MOST_RESPONDERS, WantedResponder
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind, RecipientState
from tests.conftest import met
from tests.usecases.alerts.stories import Alarms

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def acknowledged(alarms: Alarms, raised: Raised, by: Actor, note: str = "") -> str:
    """What becomes of it, for a program; a person is told by an error."""
    async with alarms.story.units.begin(by) as unit:
        await acknowledge(unit, AlertRef(raised.alert.id), note=note)
        return unit.outcome


async def test_the_first_to_acknowledge_owns_it_and_the_second_is_told_so(alarms: Alarms) -> None:
    story = alarms.story
    ladder = await alarms.escalation("Ladder", (0, "if-not-acked", story.ana), (5, "if-not-acked", story.raj))
    raised = await alarms.raised(ladder)
    assert await alarms.paged() == ["UANA"]
    assert await acknowledged(alarms, raised, story.ana, note="On it.") == ""
    with pytest.raises(Locked, match=r"^Ana acknowledged #1 first\.$"):
        await acknowledged(alarms, raised, story.raj)
    with pytest.raises(Locked, match=r"^You acknowledged #1 already\.$"):
        await acknowledged(alarms, raised, story.ana)
    assert await acknowledged(alarms, raised, await alarms.key()) == "Ana acknowledged #1 first."
    seen = await alarms.seen(raised)
    assert (seen.acknowledged, seen.acknowledged_by, seen.owner, seen.is_seen) == (True, "Ana", story.ana, True)
    assert [(each.person.name, each.state) for each in seen.recipients] == [("Ana", RecipientState.ACKNOWLEDGED)]
    assert (await alarms.happened(raised)).count(AlertHappening.ACKNOWLEDGED) == 1
    assert await alarms.moved(minutes=6) == 1
    assert await alarms.paged() == []
    async with story.units.begin(story.raj) as unit:
        await unacknowledge(unit, AlertRef(raised.alert.id))
    freed = await alarms.seen(raised)
    assert (freed.acknowledged, freed.acknowledged_by, freed.owner) == (False, None, None)
    assert await alarms.paged() == ["UANA"]
    assert await alarms.moved(minutes=6) == 1
    assert await alarms.paged() == ["URAJ"]


async def test_of_two_who_acknowledge_at_once_one_is_first(alarms: Alarms) -> None:
    story = alarms.story
    raised = await alarms.raised(story.ana, story.raj, story.li)
    both = (acknowledged(alarms, raised, who) for who in (story.ana, story.raj, story.li))
    ended = await asyncio.gather(*both, return_exceptions=True)
    refused = [each for each in ended if isinstance(each, Locked)]
    first = (await alarms.seen(raised)).acknowledged_by
    assert len(refused) == 2 and {each.sentence for each in refused} == {f"{first} acknowledged #1 first."}


@ONE_DATABASE
async def test_a_closed_alert_is_closed_and_says_by_whom(alarms: Alarms) -> None:
    story = alarms.story
    raised = await alarms.raised(story.ana, alias="disk")
    ref = AlertRef(raised.alert.id)
    async with story.units.begin(story.ana) as unit:
        await close(unit, ref, note="Done.")
    assert (await alarms.seen(raised)).closed_by == "Ana"
    assert await alarms.timers(raised) == []
    for verb, sentence in (
        (close, "Ana closed #1 first."),
        (acknowledge, "#1 is closed: there is nothing left to acknowledge."),
        (unacknowledge, "#1 is closed: nobody is told of it any more."),
    ):
        with pytest.raises(Locked) as refused:
            async with story.units.begin(story.raj) as unit:
                await verb(unit, ref)
        assert refused.value.sentence == sentence
    async with story.units.begin(story.raj) as unit:
        await add_tags(unit, ref, ["late"])
    assert (await alarms.seen(raised)).tags == ("late",)
    assert (await alarms.raised(story.ana, alias="disk")).is_new


@ONE_DATABASE
async def test_after_a_snooze_it_is_nobodys_but_what_was_given_stays_given(alarms: Alarms) -> None:
    story = alarms.story
    taken, given = await alarms.raised(story.ana), await alarms.raised(story.ana)
    await acknowledged(alarms, taken, story.ana)
    async with story.units.begin(story.ana) as unit:
        await assign(unit, AlertRef(given.alert.id), Ref(id=story.raj.id))
        for each in (taken, given):
            await snooze(unit, AlertRef(each.alert.id), unit.now + timedelta(hours=1))
    await alarms.moved(hours=1)
    woken = [await alarms.seen(each) for each in (taken, given)]
    assert [(each.acknowledged, each.owner) for each in woken] == [(False, None), (False, story.raj)]


@ONE_DATABASE
async def test_a_new_owner_is_told_and_has_acknowledged_nothing(alarms: Alarms) -> None:
    story = alarms.story
    raised, guest = await alarms.raised(story.ana), await met(story.units, "UGUEST", outsider=True)
    await alarms.paged()
    ref = AlertRef(raised.alert.id)
    async with story.units.begin(story.ana) as unit:
        await assign(unit, ref, Ref(id=story.raj.id), note="Yours.")
    seen = await alarms.seen(raised)
    assert (seen.owner, seen.acknowledged) == (story.raj, False)
    assert "URAJ" in await alarms.paged()
    for owner, sentence in (
        (Ref(id=guest.id), "Guest is a guest and cannot own an alert. Choose a member of this workspace."),
        (Ref(name="nobody@example.com"), "There is no user with username [nobody@example.com]."),
    ):
        with pytest.raises(BadFields) as refused:
            async with story.units.begin(story.ana) as unit:
                await assign(unit, ref, owner)
        assert refused.value.fields == {"owner": sentence}
    with pytest.raises(NotAllowed, match="Only members of this workspace can answer alerts"):
        await acknowledged(alarms, raised, guest)
    assert (await alarms.seen(raised)).owner == story.raj


@ONE_DATABASE
async def test_a_snooze_ends_within_a_week_and_the_last_one_counts(alarms: Alarms) -> None:
    story = alarms.story
    raised = await alarms.raised(story.ana)
    await alarms.paged()
    ref, now = AlertRef(raised.alert.id), story.clock.now
    for until in (now, now - timedelta(hours=1), now + timedelta(days=7, seconds=1)):
        with pytest.raises(BadFields) as refused:
            async with story.units.begin(story.ana) as unit:
                await snooze(unit, ref, until)
        assert list(refused.value.fields) == ["endTime"]
    for hours in (24 * 7, 2):
        async with story.units.begin(story.ana) as unit:
            await snooze(unit, ref, now + timedelta(hours=hours))
    assert [due for _, due in await alarms.timers(raised)] == [timedelta(hours=2)]
    await alarms.moved(hours=2)
    assert (await alarms.seen(raised)).is_snoozed(story.clock.now) is False
    assert await alarms.paged() == ["UANA"]


@ONE_DATABASE
async def test_an_alert_has_so_many_responders_and_no_more(alarms: Alarms) -> None:
    story = alarms.story
    ladders = [await alarms.escalation(f"Ladder {number}") for number in range(MOST_RESPONDERS)]
    raised = await alarms.raised(*ladders)
    ref = AlertRef(raised.alert.id)
    known = WantedResponder(AlertResponderKind.ESCALATION, Ref(id=ladders[0]))
    async with story.units.begin(story.ana) as unit:
        await add_responder(unit, ref, known)
    with pytest.raises(Locked, match="as many as an alert can have"):
        async with story.units.begin(story.ana) as unit:
            await add_responder(unit, ref, WantedResponder(AlertResponderKind.USER, Ref(id=story.li.id)))
