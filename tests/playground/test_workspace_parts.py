"""The small parts of the stand-in on their own: clock, typed text, reading, limits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.playground import typed_text
from bot.playground.clock import WorkspaceClock
from bot.playground.hands import NothingSeen, NotOnScreen
from bot.playground.ids import Mint, message_ts
from bot.playground.rendering import Reader, mrkdwn_text
from bot.playground.workspace import Workspace

READER = Reader(people={"U01ANA": "Ana"}, channels={"C01GENERAL": "general"})


async def test_a_still_clock_stands_until_it_is_advanced(clock: WorkspaceClock) -> None:
    heard: list[float] = []

    async def listener() -> None:
        heard.append(clock.time())

    start = clock.time()
    clock.on_advance(listener)
    await clock.advance(60)
    await clock.move_to(start + 3600)

    assert heard == [start + 60, start + 3600]
    assert clock.now() == datetime(2026, 3, 27, 10, 0, tzinfo=UTC)


async def test_a_running_clock_is_ahead_by_what_it_was_moved() -> None:
    wall = [1000.0]
    clock = WorkspaceClock.running(wall=lambda: wall[0])
    await clock.advance(86400)
    wall[0] += 5

    assert clock.time() == 1000 + 86400 + 5


async def test_the_clock_never_goes_back(clock: WorkspaceClock) -> None:
    with pytest.raises(ValueError, match="forward"):
        await clock.advance(-1)
    with pytest.raises(ValueError, match="aware"):
        WorkspaceClock.still(datetime(2026, 1, 1))  # noqa: DTZ001 - a naive moment is what is refused


async def test_who_waits_for_a_moment_is_woken_by_the_advance_that_reaches_it(clock: WorkspaceClock) -> None:
    waiting = asyncio.create_task(clock.wait_until(clock.time() + 60))
    await asyncio.sleep(0)
    await clock.advance(59)
    await asyncio.sleep(0)
    early = waiting.done()
    await clock.advance(1)
    async with asyncio.timeout(5):
        await waiting

    assert not early


def test_messages_of_one_moment_have_rising_times() -> None:
    first = message_ts(1774602000.0, "")
    second = message_ts(1774602000.0, first)

    assert (first, second) == ("1774602000.000000", "1774602000.000001")
    assert message_ts(1774602001.5, second) == "1774602001.500000"


def test_ids_never_repeat_after_a_restart() -> None:
    mint = Mint()
    made = {mint.next("V") for _ in range(40)}
    again = Mint()
    again.resume(Mint(mint.counts))

    assert len(made) == 40 and again.next("V") not in made


TYPED: list[tuple[str, str]] = [
    ("now", "now"),
    ("@raj until 18:00", "<@U02RAJ|raj> until 18:00"),
    ("@raj.", "<@U02RAJ|raj>."),
    ("@sam.guest", "<@U08SAM|sam.guest>"),
    ("@nobody", "@nobody"),
    ("#payments #nothing", "<#C03PAYMENTS|payments> #nothing"),
    ("@payments-oncall", "<!subteam^S01PAYONCALL|@payments-oncall>"),
    ("@here", "<!here>"),
    ("a < b & c", "a &lt; b &amp; c"),
    ("https://x.example/?a=1&b=2", "<https://x.example/?a=1&b=2>"),
    ("<@U02RAJ>", "<@U02RAJ>"),
]


@pytest.mark.parametrize(("typed", "sent"), TYPED, ids=[case[0] for case in TYPED])
def test_what_is_typed_into_a_command_is_sent_as_slack_sends_it(workspace: Workspace, typed: str, sent: str) -> None:
    assert typed_text.escaped(workspace, typed, with_names=True) == sent


def test_without_escaping_a_mention_is_only_a_name(workspace: Workspace) -> None:
    sent = typed_text.escaped(workspace, "@raj in #payments", with_names=True)

    assert typed_text.bare(workspace, sent) == "@raj in #payments"


SHOWN: list[tuple[str, str]] = [
    ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
    ("<@U01ANA> in <#C01GENERAL|old>", "@Ana in #general"),
    ("<@U404|zed>", "@zed"),
    ("<!here> <!subteam^S1|@team>", "@here @team"),
    ("<https://x.example|site> <https://y.example>", "site https://y.example"),
    ("<!date^1774602000^{date_num} {time_secs}|x>", "2026-03-27 09:00:00"),
    ("<!date^1774602000^\u200b{date_num}|x>", "2026-03-27"),
    ("<!date^soon^{time}|later>", "later"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN, ids=[case[0] for case in SHOWN])
def test_text_reads_as_slack_shows_it(text: str, shown: str) -> None:
    assert mrkdwn_text(text, READER) == shown


async def test_what_is_not_seen_in_time_is_told_with_what_was(workspace: Workspace) -> None:
    await workspace.person("U02RAJ").say("C01GENERAL", "something else")

    with pytest.raises(NothingSeen, match="something else"):
        await workspace.person("U01ANA").sees("what was hoped for", within=0.01)


async def test_people_do_nothing_where_they_are_not(workspace: Workspace) -> None:
    guest, gone, ana = (workspace.person(each) for each in ("U08SAM", "U09OLD", "U01ANA"))

    with pytest.raises(NotOnScreen):
        await guest.say("C01GENERAL", "let me in")
    with pytest.raises(NotOnScreen):
        await gone.say("C01GENERAL", "I am back")
    with pytest.raises(NotOnScreen):
        await ana.say("C08OLD", "archived")
    with pytest.raises(NotOnScreen):
        await ana.command("/nothing", channel="C01GENERAL")
    with pytest.raises(NotOnScreen):
        _ = ana.view
