"""An alert is raised once, counted when it comes again, and brought to those who are on call at that moment."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.engines.rotation import Participant
from bot.errors import BadFields, NotAllowed
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.decline import hand_to_next
from bot.usecases.alerts.wanted import WantedResponder
from bot.usecases.messages import MessageKind
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind, AlertStatus, ParticipantKind, PolicyGroup, RecipientState, Severity
from tests.conftest import met
from tests.usecases.alerts.stories import Alarms
from tests.usecases.stories import odd_person, statements

MOST_STATEMENTS = {"sqlite": 7, "postgresql": 3}
"""Of a new alert; what goes into several tables goes to PostgreSQL as one."""


async def test_whoever_is_on_call_is_told_and_the_channel_of_the_schedule_has_its_message(alarms: Alarms) -> None:
    story = alarms.story
    payments = await alarms.schedule("Payments", story.raj)
    await alarms.link("CPAYMENTS", payments)
    raised = await alarms.raised(payments, message="  Disk\nfull ", tags=["db", " db ", ""], note="On db-1.")
    seen = await alarms.seen(raised)
    assert (seen.message, seen.alias, seen.tags, seen.count) == ("Disk full", seen.id, ("db",), 1)
    assert [(each.person.name, each.state) for each in seen.recipients] == [("Raj", RecipientState.NOTIFIED)]
    assert [(each.kind, each.name) for each in seen.responders] == [(AlertResponderKind.SCHEDULE, "Payments")]
    assert await story.told(MessageKind.ALERT) == ["CPAYMENTS"] == [seen.channel]
    assert await alarms.paged() == ["URAJ"]
    assert await alarms.happened(raised) == ["raise-alert", "notify-of-alert", "note-alert"]


async def test_the_same_alias_counts_up_and_tells_nobody_and_after_the_end_it_is_a_new_alert(alarms: Alarms) -> None:
    payments = await alarms.schedule("Payments", alarms.story.raj)
    first = await alarms.raised(payments, alias="disk")
    await alarms.paged()
    again = await alarms.raised(payments, alias="disk", message="Another message")
    assert (again.is_new, again.alert.id, again.alert.count) == (False, first.alert.id, 2)
    assert (await alarms.seen(first)).message == "Disk full"
    assert await alarms.paged() == []
    async with alarms.story.units.begin(None) as unit:
        alert = await unit.session.get(type(first.alert), first.alert.number)
        assert alert
        alert.status = AlertStatus.CLOSED
    assert (await alarms.raised(payments, alias="disk")).is_new


async def test_of_many_at_once_one_makes_the_alert_and_all_others_count(alarms: Alarms) -> None:
    story = alarms.story
    raised = await asyncio.gather(*(alarms.raised(story.raj, alias="disk") for _ in range(12)))
    assert sum(each.is_new for each in raised) == 1
    assert sorted(each.alert.count for each in raised) == list(range(1, 13))
    assert await alarms.paged() == ["URAJ"]


async def test_that_nobody_is_on_call_is_said_loudly_once(alarms: Alarms) -> None:
    story = alarms.story
    empty = await alarms.schedule("Empty")
    await alarms.link("CEMPTY", empty)
    gone = await odd_person(story.units, "UGONE", has_left=True)
    left = await alarms.schedule("Left", gone)
    raised = await alarms.raised(empty, left)
    [event] = await story.events("nobody-on-call")
    assert [each["name"] for each in event.after["called"]] == ["Empty"]
    assert event.after["unreachable"] == ["Gone"]
    [message] = await story.messages(MessageKind.NOBODY_ON_CALL)
    assert (message.recipient, message.subject) == ("CEMPTY", str(event.id))
    assert event.subject_id == raised.alert.id


async def test_an_alert_of_a_teams_key_is_that_teams_and_a_global_ones_without_responders_is_nobodys(
    alarms: Alarms,
) -> None:
    story = alarms.story
    ops = await alarms.watches.team("Ops")
    rest = await alarms.schedule("Rest", story.raj, team=ops)
    other = await alarms.schedule("Other", story.li)
    await alarms.route(ops, "schedule", rest.id)
    key = await alarms.key(ops)
    seen = await alarms.seen(await alarms.raised(by=key))
    assert (seen.team, [each.name for each in seen.responders], seen.key) == ("Ops", ["Ops"], "a program")
    assert await alarms.paged() == ["URAJ"]
    seen = await alarms.seen(await alarms.raised(story.li, other, by=key))
    assert ([each.name for each in seen.responders], await alarms.paged()) == (["uli@example.com"], ["ULI"])
    seen = await alarms.seen(await alarms.raised(other, by=key))  # of which it knows nothing: its own team is called
    assert ([each.name for each in seen.responders], await alarms.paged()) == (["Ops"], ["URAJ"])
    seen = await alarms.seen(await alarms.raised(by=await alarms.key()))
    assert (seen.team, seen.responders, seen.recipients, seen.channel) == (None, (), (), None)


async def test_a_teams_first_rule_that_fits_chooses_and_where_none_does_whoever_is_on_call_for_it_is_told(
    alarms: Alarms,
) -> None:
    """A team that was made in Slack has no rule at all."""
    story = alarms.story
    ops = await alarms.watches.team("Ops")
    days, nights = await alarms.schedule("Days", story.ana), await alarms.schedule("Nights", story.raj)
    at_night = {"type": "time-of-day", "restriction": {"startHour": 22, "startMin": 0, "endHour": 6, "endMin": 0}}
    urgent = {"field": "priority", "operation": "equals", "expectedValue": "P1"}
    await alarms.route(ops, "schedule", nights.id, position=0, restriction=at_night, timezone="Europe/Berlin")
    only_urgent = {"type": "match-any-condition", "conditions": [urgent]}
    await alarms.route(ops, "schedule", days.id, position=1, criteria=only_urgent)
    raised = await alarms.raised(ops, priority=Severity.P1)
    assert await alarms.paged() == ["UANA"]
    [routed] = await story.events("route-alert")
    assert (routed.after["rule"], routed.after["to"]["name"]) == ("To schedule", "Days")
    assert (await alarms.seen(raised)).team == "Ops"
    await alarms.raised(ops, priority=Severity.P4)
    assert await alarms.paged() == []
    [unmatched] = await story.events("nobody-on-call")
    assert [each["name"] for each in unmatched.after["called"]] == ["Ops"]

    await alarms.schedule("Own", story.li, story.ana, team=ops)
    raised = await alarms.raised(ops, priority=Severity.P4)
    assert await alarms.paged() == ["UANA"]
    async with story.units.begin(story.ana) as unit:
        await hand_to_next(unit, AlertRef(raised.alert.id))
    assert await alarms.paged() == ["ULI"]

    raj = Participant(ParticipantKind.USER, story.raj.id)
    by_day = await alarms.watches.team("By day", raj)
    await alarms.schedule("Office hours", team=by_day)
    await alarms.raised(by_day)  # where nobody is on call, not all of them are woken
    assert await alarms.paged() == []
    await alarms.raised(await alarms.watches.team("Without", raj))
    assert await alarms.paged() == ["URAJ"]


async def test_who_is_named_and_is_not_there_costs_no_alert_and_is_said(alarms: Alarms) -> None:
    """A team that was renamed in the night: what Alertmanager is refused it never sends again."""
    story = alarms.story
    gone = WantedResponder(AlertResponderKind.TEAM, Ref(name="db-ops"))
    raj = WantedResponder(AlertResponderKind.USER, Ref(id=story.raj.id))
    known = await alarms.raised(responders=(gone, raj))
    assert await alarms.paged() == ["URAJ"]
    assert (await alarms.seen(known)).policy_trail[0]["why"] == (
        "There is no team with name [db-ops]. It is not brought there."
    )
    await alarms.raised(responders=(gone,))
    [unheard] = await story.events("nobody-on-call")
    assert (unheard.after["called"], unheard.after["missed"]) == ([], ["There is no team with name [db-ops]."])
    for nobody in (Ref(), Ref(name="a\x00b")):
        with pytest.raises(BadFields) as refused:
            await alarms.raised(responders=(WantedResponder(AlertResponderKind.TEAM, nobody),))
        assert refused.value.fields.keys() == {"responders.0"}
    await alarms.raised(responders=[WantedResponder(AlertResponderKind.TEAM, Ref(name="x" * 9_999))] * 50)


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"message": " \n"}, {"message"}),
        ({"description": "x" * 15_001}, {"description"}),
        ({"alias": "x" * 513, "entity": "x" * 513, "source": "x" * 101}, {"alias", "entity", "source"}),
        ({"tags": [str(n) for n in range(21)], "actions": ["x" * 51]}, {"tags", "actions"}),
        ({"details": {"a": "x" * 8_000}, "user": "x" * 101, "note": "x" * 25_001}, {"details", "user", "note"}),
        ({"message": "a\x00b", "details": {" ": ""}}, {"message", "details"}),
    ],
)
async def test_everything_wrong_is_said_at_once(alarms: Alarms, wanted: dict[str, Any], fields: set[str]) -> None:
    nobody = WantedResponder(AlertResponderKind.SCHEDULE, Ref())
    with pytest.raises(BadFields) as refused:
        await alarms.raised(**wanted, responders=(nobody,))
    assert refused.value.fields.keys() == fields | {"responders.0"}


async def test_a_long_message_is_cut_and_a_guest_may_not_page(alarms: Alarms) -> None:
    assert (await alarms.raised(message="x" * 200)).alert.message == "x" * 130
    guest = await met(alarms.story.units, "UGUEST", outsider=True)
    with pytest.raises(NotAllowed):
        await alarms.raised(by=guest)


async def test_policies_change_it_and_one_that_is_broken_loses_nothing(alarms: Alarms) -> None:
    story = alarms.story
    payments = await alarms.schedule("Payments", story.raj)
    alarms.policy(PolicyGroup.MODIFY, name="Broken", filter={"type": "nonsense"})
    adding = {"message": "{{message.toUpperCase()}}", "responders": [{"type": "user", "id": story.li.id, "name": ""}]}
    alarms.policy(PolicyGroup.MODIFY, name="Loud", changes=adding)
    raised = await alarms.raised(payments)
    seen = await alarms.seen(raised)
    assert seen.message == "DISK FULL"
    assert await alarms.paged() == ["ULI", "URAJ"]
    [broken] = await story.events("policy-broken")
    assert broken.after["policy"] == "Broken"
    assert [each["name"] for each in seen.policy_trail] == ["Broken", "Loud"]


async def test_a_policy_may_write_the_number_that_the_alert_will_have(alarms: Alarms) -> None:
    await alarms.raised()
    alarms.policy(PolicyGroup.MODIFY, changes={"message": "#{{tinyId}} {{message}}", "alias": "{{alias}}"})
    for alias in ("disk", "disk", "cpu"):
        raised = await alarms.raised(alias=alias)
        assert raised.alert.message == f"#{raised.alert.number} Disk full"
    alarms.policies.clear()
    last = await alarms.raised()
    assert last.alert.number and raised.alert.number and last.alert.number > raised.alert.number > 2


async def test_of_many_broken_policies_the_log_names_a_few(alarms: Alarms) -> None:
    for _ in range(14):
        alarms.policy(PolicyGroup.AUTO_CLOSE, filter={"type": "nonsense"})
    happened = [(each.verb, each.after.get("more")) for each in await alarms.log(await alarms.raised())]
    assert happened.count(("policy-broken", None)) == 10 and ("policies-broken", 4) in happened


async def test_it_takes_few_statements_however_many_are_told(alarms: Alarms, database_url: str) -> None:
    story = alarms.story
    alarms.policy(PolicyGroup.AUTO_CLOSE, effects={"autoClose": {"duration": {"timeAmount": 1, "timeUnit": "hours"}}})
    payments = await alarms.schedule("Payments", story.raj)
    await alarms.link("CPAYMENTS", payments)
    key = await alarms.key()
    await alarms.raised(payments, story.li, by=key)  # what it takes is remembered from here on
    with statements() as new:
        await alarms.raised(payments, story.li, by=key, alias="disk")
    with statements() as counted:
        await alarms.raised(payments, story.li, by=key, alias="disk")
    assert len(new) <= MOST_STATEMENTS[database_url.partition(":")[0]], new
    assert len(counted) <= 4, counted
