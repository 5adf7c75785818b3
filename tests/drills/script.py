"""What several people do on a Wednesday and the mornings after it: the same in every drill, whoever dies meanwhile."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.playground.messages import Message
from bot.queries.history import Happening
from tests.drills.people import Ledger, Somebody, card_of, direct
from tests.drills.world import World

INCIDENTS, PAYMENTS, PLATFORM, LOUNGE = "C02INCIDENTS", "C03PAYMENTS", "C04PLATFORM", "C06LOUNGE"
GENERAL = "C01GENERAL"
ANA, RAJ, MIA, LEE, NOUR, MAX = "U01ANA", "U02RAJ", "U03MIA", "U05LEE", "U06NOUR", "U07MAX"
CHECKOUT, LEDGER, DISK, LOGIN, MAIL = "Checkout down", "Ledger drifts", "Disk full", "Login slow", "Mail late"
NASTY = "5 < 6 & <b>, “quoted” \U0001f692 نور \u202ex\u202c"
LONG = "The pool was full, again and again. " * 80

ACTS = 60
"""About how often somebody does something, and the clock is moved: what kills are spread over."""

MORNINGS = {
    MIA: ("2026-11-19", "2026-11-24"),
    RAJ: ("2026-11-20", "2026-11-23", "2026-11-25"),
    ANA: ("2026-11-20",),
    NOUR: ("2026-11-24", "2026-11-25"),
    LEE: ("2026-11-24",),
}
"""Who is told on which of their mornings, as reference and rules have it:

Wednesday's texts keep everybody quiet for 24 hours, so of those asked for a review only Mia, in New York, hears of it
on Thursday, Raj and Ana on Friday. Raj snoozes for three days and hears of it on Monday. Drafts of Wednesday are due in
five working days, their owners hear of them from Tuesday on. Mia submits hers on Tuesday, Raj hears of it on Wednesday.
"""


async def act_it_out(world: World, ledger: Ledger) -> None:
    """Everything, from the first postmortem until all is at rest."""
    cast = {each: Somebody(world, ledger, each) for each in (ANA, RAJ, MIA, LEE, NOUR, MAX)}
    await asyncio.gather(
        _checkout(world, cast), _ledger(cast), _disk(world, cast), _login(cast[LEE]), _mail(cast[NOUR])
    )
    await world.rest()
    await world.hop(_at(19, 15))
    await cast[MIA].press(Happening.APPROVED, CHECKOUT, lambda: direct(world, MIA, "wait", CHECKOUT), "nudge:approve")
    await world.hop(_at(20, 4, 30))
    snooze = "snooze {label} in 3 days"
    await cast[RAJ].press(
        Happening.SNOOZED, CHECKOUT, lambda: direct(world, RAJ, "wait", CHECKOUT), "nudge:more", snooze
    )
    await world.hop(_at(20, 9))
    await _second_round(world, cast)
    await world.hop(_at(23, 4, 30))
    await cast[RAJ].press(Happening.APPROVED, CHECKOUT, lambda: direct(world, RAJ, "wait", CHECKOUT), "nudge:approve")
    await cast[ANA].type(Happening.PUBLISHED, CHECKOUT, "publish {label} #general", channel=INCIDENTS)
    for moment in (_at(24, 9), _at(24, 15)):
        await world.hop(moment)
    await asyncio.gather(
        cast[MIA].type(Happening.SUBMITTED, LEDGER, "submit {label} @raj", channel=PAYMENTS),
        cast[NOUR].say("Thank you, I have seen it."),
    )
    for moment in (_at(24, 18), _at(25, 4, 30), _at(25, 9)):
        await world.hop(moment)
    await asyncio.gather(
        cast[ANA].type(Happening.REOPENED, CHECKOUT, "reopen {label} the numbers were wrong", channel=INCIDENTS),
        cast[NOUR].type(Happening.ASSIGNED, MAIL, "assign {label} @max", channel=GENERAL),
        cast[RAJ].press(
            Happening.APPROVED, LEDGER, lambda: direct(world, RAJ, "asks for your review", LEDGER), "do:approve"
        ),
    )
    await world.spend_kills()
    await world.rest()


async def _checkout(world: World, cast: dict[str, Somebody]) -> None:
    await cast[ANA].create(CHECKOUT, INCIDENTS, announce=INCIDENTS)
    await cast[ANA].write(CHECKOUT, "leadup", NASTY, channel=INCIDENTS)
    await cast[RAJ].write(CHECKOUT, "root-causes", LONG.strip(), channel=INCIDENTS)
    await cast[ANA].type(Happening.SUBMITTED, CHECKOUT, "submit {label} @raj @mia", channel=INCIDENTS)


async def _ledger(cast: dict[str, Somebody]) -> None:
    await cast[MIA].create(LEDGER, PAYMENTS, announce=PAYMENTS)
    await cast[MIA].write(LEDGER, "fault", "A cent was lost.", channel=PAYMENTS)


async def _disk(world: World, cast: dict[str, Somebody]) -> None:
    await cast[MAX].create(DISK, PLATFORM, announce=PLATFORM)
    await cast[MAX].write(DISK, "detection", "The alarm rang at 02:07.", channel=PLATFORM)
    await cast[MAX].press_and_fill(
        Happening.SUBMITTED, DISK, lambda: card_of(world, DISK), "do:submit", {"reviewers": [ANA]}
    )


async def _login(lee: Somebody) -> None:
    await lee.create(LOGIN, GENERAL, announce=None)
    await lee.write(LOGIN, "fault", "Every password was hashed twice.", channel=GENERAL)


async def _mail(nour: Somebody) -> None:
    await nour.create(MAIL, GENERAL, announce=LOUNGE)
    await nour.write(MAIL, "leadup", "Monday, as ever.", channel=GENERAL)


async def _second_round(world: World, cast: dict[str, Somebody]) -> None:
    """Ana wants changes, Max makes them and asks again, Ana approves, Max publishes."""
    await cast[ANA].press_and_fill(
        Happening.CHANGES_REQUESTED,
        DISK,
        lambda: direct(world, ANA, "wait", DISK),
        "nudge:changes",
        {"text": "Say which disk."},
    )
    await cast[MAX].write(DISK, "root-causes", "Logs were kept for ever, on /dev/sda1.", channel=PLATFORM)
    await cast[MAX].type(Happening.SUBMITTED, DISK, "submit {label} @ana", channel=PLATFORM)
    await world.rest()  # or Ana might press the request of the first round, which showed another text
    await cast[ANA].press(
        Happening.APPROVED, DISK, lambda: direct(world, ANA, "asks for your review", DISK), "do:approve"
    )
    await cast[MAX].press_and_fill(Happening.PUBLISHED, DISK, lambda: _publishable(world, DISK), "do:preview", {})


def _publishable(world: World, title: str) -> Message | None:
    card = card_of(world, title)
    offered = {
        element.get("action_id") for block in (card.blocks if card else ()) for element in block.get("elements", ())
    }
    return card if "do:preview" in offered else None


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)
