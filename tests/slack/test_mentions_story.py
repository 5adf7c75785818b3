"""Commands said in words: after a mention in a channel or a thread, and in direct messages."""

from __future__ import annotations

import pytest

from bot.playground.screens import Kind
from tests.slack.conftest import Town

INCIDENTS = "C02INCIDENTS"
BOTH_WAYS = pytest.mark.parametrize("way_in", ["http", "socket"])


@BOTH_WAYS
async def test_an_incident_is_handled_in_its_thread_by_mention(staffed: Town) -> None:
    ana, raj = staffed.person("U01ANA"), staffed.person("U02RAJ")
    bot = f"<@{staffed.workspace.app.user_id}>"
    alarm = await raj.say(INCIDENTS, "Checkout is down")

    await ana.say(INCIDENTS, f"{bot} now payments", thread_ts=alarm.ts)
    answer = await ana.sees("Payments", "Raj until", channel=INCIDENTS)
    assert answer.message is not None
    assert (answer.message.ephemeral_to, answer.message.thread_ts) == ("U01ANA", alarm.ts)
    assert staffed.workspace.bot_pings == []

    await ana.say(INCIDENTS, f"{bot} create Checkout down", thread_ts=alarm.ts)
    offer = await ana.sees("There is a form for this", channel=INCIDENTS)
    assert (await ana.press(offer, action_id="run:form")).ok
    form = await ana.sees("New postmortem")
    assert (await ana.submit(form, {"started_at": int(staffed.clock.now().timestamp()) - 600})).closed
    await ana.sees("PM-2 Checkout down", channel=INCIDENTS)

    await ana.say(INCIDENTS, f"{bot} add PM-2 rolled back", thread_ts=alarm.ts)
    await ana.sees("rolled back", channel=INCIDENTS, where=lambda each: _is_for(each, "U01ANA"))
    await ana.say(INCIDENTS, f"{bot} submit PM-2 <@U02RAJ>", thread_ts=alarm.ts)
    await ana.sees("PM-2 is in review", channel=INCIDENTS)
    await raj.say(INCIDENTS, f"{bot} approve PM-2")
    await raj.sees("You approved PM-2", channel=INCIDENTS)


async def test_a_repeated_event_is_carried_out_once(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    await ana.say(INCIDENTS, f"<@{staffed.workspace.app.user_id}> add PM-1 once only")
    await ana.sees("once only", where=lambda each: _is_for(each, "U01ANA"))
    since = ana.mark()
    line = staffed.playground.line.events
    line.redeliver(line.sent[-1]["event_id"])
    await staffed.playground.settled()
    await staffed.house.in_hand.settled()
    await staffed.all_told()
    assert not [each for each in ana.appearances[since:] if _is_for(each, "U01ANA")]
    told = [each for each in ana.appearances if "once only" in each.text and each.kind is Kind.MESSAGE]
    assert sum(each.message is not None and each.message.is_reply for each in told) == 1


async def test_what_nobody_understands_is_answered_with_the_nearest(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    await ana.say(INCIDENTS, f"<@{staffed.workspace.app.user_id}> nwo payments")
    offer = await ana.sees("Did you mean this?", channel=INCIDENTS)
    assert (await ana.press(offer, action_id="run:0")).ok
    await ana.sees("Raj until")
    await ana.say(INCIDENTS, f"<@{staffed.workspace.app.user_id}> 🎉")
    await ana.sees("is nothing I know", channel=INCIDENTS)


async def test_a_direct_message_is_a_command_without_its_slash(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    await ana.say(ana.dm.id, "now payments")
    answer = await ana.sees("Raj until", channel=ana.dm.id)
    assert answer.message is not None
    assert answer.message.ephemeral_to is None
    await ana.say(ana.dm.id, "who is on call for payments?")
    await ana.sees("Raj until", channel=ana.dm.id)


async def test_a_direct_message_that_is_no_command_gets_help_once_a_day(staffed: Town) -> None:
    ana = staffed.person("U01ANA")
    await ana.say(ana.dm.id, "thank you so much")
    await ana.sees("Say one of these here", channel=ana.dm.id)
    since = ana.mark()
    await ana.say(ana.dm.id, "🎉")
    await ana.say(ana.dm.id, "now payments")
    await ana.sees("Raj until", channel=ana.dm.id)
    assert not [each for each in ana.appearances[since:] if "Say one of these" in each.text]
    await staffed.move(days=1)
    await ana.say(ana.dm.id, "🎉")
    await ana.sees("Say one of these here", channel=ana.dm.id)


async def test_a_guest_asks_who_is_on_call_and_is_refused_the_rest(staffed: Town) -> None:
    sam = staffed.person("U08SAM")
    bot = f"<@{staffed.workspace.app.user_id}>"
    await sam.say(INCIDENTS, f"{bot} now payments")
    await sam.sees("Raj until", channel=INCIDENTS)
    await sam.say(INCIDENTS, f"{bot} show PM-1")
    await sam.sees("Only members of this workspace", channel=INCIDENTS)


def _is_for(appearance: object, user: str) -> bool:
    message = getattr(appearance, "message", None)
    return message is not None and message.ephemeral_to == user
