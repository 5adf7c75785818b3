"""What is meant for a person. Each goes through one weather, and answers where it was got, and how often."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.playground import posting
from bot.playground.hands import Done
from bot.playground.screens import Kind
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.submit import submit
from bot.vocabulary import Severity
from storage import postmortems
from tests.slack.by_hand import command_body, response_url, send
from tests.slack.conftest import Town
from tests.slack.weather.sky import ASKED, HOME, Weather, clears_up, places, settled

INCIDENTS, PAYMENTS = "C02INCIDENTS", "C03PAYMENTS"
ANA, RAJ, MIA = MET = "U01ANA", "U02RAJ", "U03MIA"
KIM, LEE = "U10KIM", "U05LEE"
"""Whom nobody met yet: who they are is asked while they wait, and that takes a while."""
NO_SCHEDULE, NO_PLACE = "There is no schedule yet", "No postmortem is open in this channel"
NEW_POSTMORTEM, NEW_SCHEDULE, UNOPENED = "New postmortem", "New schedule", "did not open the form"
A_WHILE = 0.3

Meant = Callable[[Town, Weather], Awaitable[dict[str, int]]]


def _to(channel: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda args: args.get("channel") == channel


async def _draft(town: Town, title: str, *, channel: str | None) -> int:
    ana = await town.house.desk.people.person(ANA)
    wanted = CreatePostmortem(
        title=title,
        severity=Severity.P2,
        started_at=town.clock.now() - timedelta(hours=1),
        owner_id=ana.id,
        channel=channel,
    )
    async with town.house.units.begin(ana) as unit:
        return await create(unit, wanted)


async def _submitted(town: Town, number: int) -> None:
    ana, raj = [await town.house.desk.people.person(each) for each in (ANA, RAJ)]
    async with town.house.units.begin(ana) as unit:
        await submit(unit, number, [raj.id])


async def _touched(town: Town, number: int, kind: MessageKind, recipient: str) -> None:
    """Something changed that the message shows."""
    async with town.house.units.begin(None) as unit:
        row = await postmortems.by_number(unit.session, number)
        assert row is not None
        await unit.tell(kind, row.id, recipient)


async def card(town: Town, weather: Weather) -> dict[str, int]:
    """The card of a new postmortem, for everybody in its channel."""
    ana, title = town.person(ANA), "Pool of connections full"
    since = ana.mark()
    struck = weather.begins(town, "chat.postMessage", _to(INCIDENTS))
    await _draft(town, title, channel=INCIDENTS)
    await clears_up(town, struck)
    return places(ana, since, title)


async def direct_message(town: Town, weather: Weather) -> dict[str, int]:
    """A reviewer is asked."""
    raj, number = town.person(RAJ), await _draft(town, "Mail was slow", channel=None)
    await settled(town)
    since = raj.mark()
    struck = weather.begins(town, "chat.postMessage", _to(RAJ))
    await _submitted(town, number)
    await clears_up(town, struck)
    return places(raj, since, "asks for your review")


async def edited_card(town: Town, _weather: Weather) -> dict[str, int]:
    """A card that somebody deleted by hand, and that has something new to show."""
    ana, title = town.person(ANA), "Search was slow"
    number = await _draft(town, title, channel=INCIDENTS)
    await settled(town)
    deleted = await ana.sees(title, channel=INCIDENTS, kind=Kind.MESSAGE, since=0)
    assert deleted.message is not None
    posting.delete(town.workspace, deleted.message)
    since = ana.mark()
    await _touched(town, number, MessageKind.CARD, INCIDENTS)
    await clears_up(town)
    return places(ana, since, title)


async def edited_direct_message(town: Town, _weather: Weather) -> dict[str, int]:
    """A request that the reviewer deleted, and that has something new to show."""
    raj, number = town.person(RAJ), await _draft(town, "Login was slow", channel=None)
    await _submitted(town, number)
    await settled(town)
    deleted = await raj.sees("Login was slow", channel=raj.dm.id, kind=Kind.MESSAGE, since=0)
    assert deleted.message is not None
    posting.delete(town.workspace, deleted.message)
    since = raj.mark()
    await _touched(town, number, MessageKind.REVIEW_REQUEST, RAJ)
    await clears_up(town)
    return places(raj, since, "asks for your review")


def answer_by_url(*troubles: int | None) -> Meant:
    """The answer to a question, where the response URL itself has these troubles."""

    async def asked(town: Town, _weather: Weather) -> dict[str, int]:
        raj = town.person(RAJ)
        since = raj.mark()
        async with response_url(*troubles) as answers:
            await send(town, command_body(town, "/oncall", "now", user=RAJ, url=answers.url))
            await clears_up(town)
        by_url = sum(NO_SCHEDULE in said["text"] for said in answers.taken)
        return {**({ASKED: by_url} if by_url else {}), **places(raj, since, NO_SCHEDULE)}

    return asked


async def answer(town: Town, weather: Weather) -> dict[str, int]:
    """The answer to a question, through Slack's own response URL."""
    raj = town.person(RAJ)
    since = raj.mark()
    weather.begins(town, "none")
    assert (await raj.command("/oncall", "now", channel=INCIDENTS)).ok
    await clears_up(town)
    return places(raj, since, NO_SCHEDULE)


async def late_answer(town: Town, _weather: Weather) -> dict[str, int]:
    """The answer to a question that took longer than its response URL is good for."""
    kim = town.person(KIM)
    since = kim.mark()
    await _outlasting(town, "users.info", kim.command("/oncall", "now", channel=INCIDENTS))
    await clears_up(town)
    return places(kim, since, NO_SCHEDULE)


async def mention(town: Town, weather: Weather) -> dict[str, int]:
    """The answer to a mention, for the asker's eyes only."""
    raj = town.person(RAJ)
    since = raj.mark()
    struck = weather.begins(town, "chat.postEphemeral")
    await raj.say(INCIDENTS, f"<@{town.workspace.app.user_id}> now")
    await clears_up(town, struck)
    return places(raj, since, NO_SCHEDULE)


async def written(town: Town, weather: Weather) -> dict[str, int]:
    """The answer to a question asked in direct messages."""
    raj = town.person(RAJ)
    since = raj.mark()
    struck = weather.begins(town, "chat.postMessage", _to(RAJ))
    await raj.say(raj.dm.id, "now")
    await clears_up(town, struck)
    return places(raj, since, NO_SCHEDULE)


async def marked(town: Town, weather: Weather) -> dict[str, int]:
    """What comes of marking a message from its menu."""
    raj = town.person(RAJ)
    message = await raj.say(PAYMENTS, "It is slow")
    since = raj.mark()
    weather.begins(town, "none")
    assert (await raj.shortcut("pm_add_message", message)).ok
    await clears_up(town)
    return places(raj, since, NO_PLACE)


async def marked_late(town: Town, _weather: Weather) -> dict[str, int]:
    """The same, where it took longer than the response URL is good for."""
    lee = town.person(LEE)
    message = await lee.say(PAYMENTS, "It is slow")
    since = lee.mark()
    await _outlasting(town, "users.info", lee.shortcut("pm_add_message", message))
    await clears_up(town)
    return places(lee, since, NO_PLACE)


async def form(town: Town, weather: Weather) -> dict[str, int]:
    """The form of a new postmortem; where Slack opens none, the word that it did not."""
    raj = town.person(RAJ)
    since = raj.mark()
    struck = weather.begins(town, "views.open")
    assert (await raj.command("/postmortem", "create Pool", channel=INCIDENTS)).ok
    await clears_up(town, struck)
    return places(raj, since, NEW_POSTMORTEM, UNOPENED)


async def late_form(town: Town, _weather: Weather) -> dict[str, int]:
    """The same, refused later than the response URL is good for."""
    raj = town.person(RAJ)
    since = raj.mark()
    typing = raj.command("/postmortem", "create Pool", channel=INCIDENTS)
    await _outlasting(town, "views.open", typing, kind="expired_trigger_id")
    await clears_up(town)
    return places(raj, since, NEW_POSTMORTEM, UNOPENED)


async def home_form(town: Town, weather: Weather) -> dict[str, int]:
    """A form that a button on the Home tab opens; the tab has no response URL."""
    ana = town.person(ANA)
    await ana.open_home()
    await settled(town)
    assert ana.home is not None
    since = ana.mark()
    struck = weather.begins(town, "views.open")
    assert (await ana.press(ana.home, action_id="new_schedule")).ok
    await clears_up(town, struck)
    return places(ana, since, f"{NEW_SCHEDULE}\n", UNOPENED)


async def redrawn_form(town: Town, _weather: Weather) -> dict[str, int]:
    """A form in which somebody pressed a button twice: the second finds that the first has redrawn it."""
    ana = town.person(ANA)
    assert (await ana.command("/oncall", "schedules new", channel=INCIDENTS)).ok
    await ana.sees(NEW_SCHEDULE, kind=Kind.VIEW_OPENED)
    since, view = ana.mark(), ana.view
    await asyncio.gather(*(ana.press(view, action_id="add_rotation") for _ in range(2)))
    await clears_up(town)
    assert any(call.method == "views.update" and not call.ok for call in town.workspace.calls)
    return places(ana, since, "Rotation 2", UNOPENED, "went wrong")


async def home(town: Town, weather: Weather) -> dict[str, int]:
    """The Home tab, opened. It is one place: published anew, it is the same."""
    mia = town.person(MIA)
    since = mia.mark()
    struck = weather.begins(town, "views.publish")
    await mia.open_home()
    await clears_up(town, struck)
    return {HOME: 1} if any(each.kind is Kind.HOME for each in mia.appearances[since:]) else {}


async def _outlasting(town: Town, method: str, act: Awaitable[Done], *, kind: str | None = None) -> None:
    """Let something be done that is so slow at that call of the bot's that its response URL expires meanwhile."""
    called = asyncio.Event()

    def is_called(_args: Mapping[str, Any]) -> bool:
        called.set()
        return True

    town.workspace.faults.add(method=method, kind=kind, delay=A_WHILE, only=is_called)
    trying = asyncio.ensure_future(act)
    await called.wait()
    await town.move(minutes=31)
    assert (await trying).ok
