"""A program that raises alerts, and what of them stands in Slack."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engines.policies import Rulebook, compile_policies
from bot.playground import posting
from bot.playground.hands import Hands
from bot.playground.messages import Message
from bot.playground.screens import Appearance, Kind
from bot.queries.schedules import ScheduleName, listed
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.wanted import WantedAlert, WantedResponder
from bot.usecases.channels.link import link
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind, Severity
from storage.models import Alert
from tests.slack.conftest import Town
from tests.slack.programs import Program, program

INCIDENTS = "C02INCIDENTS"
ANA, RAJ, MIA, TOM, SAM = "U01ANA", "U02RAJ", "U03MIA", "U11TOM", "U08SAM"
"""Raj is on call for Payments until Monday, Tomás after him; nobody is for Platform before 13:00. Sam is a guest."""


@dataclass(frozen=True)
class Alarms:
    """The town with a program that watches its services; the schedules are linked to the channel of incidents."""

    town: Town
    program: Program
    schedules: dict[str, str]

    async def raised(
        self, schedule: str = "Payments", *, alias: str = "db", description: str = "", rules: Rulebook | None = None
    ) -> Alert:
        """An alert of the program that is brought to that schedule."""
        wanted = WantedAlert(
            message="db is down",
            alias=alias,
            description=description,
            priority=Severity.P1,
            responders=(WantedResponder(AlertResponderKind.SCHEDULE, Ref(id=self.schedules[schedule])),),
            tags=("prod", "db"),
            entity="db-1",
        )
        async with self.town.house.units.begin(self.program.key) as unit:
            return (await raise_alert(unit, wanted, rules or compile_policies([]))).alert

    async def later(self, **units: float) -> None:
        """Move everybody's clock forward, once nothing is on its way."""
        await self.town.all_told()
        await self.town.playground.settled()
        await self.town.move(**units)


async def alarms(town: Town) -> Alarms:
    """A program with a key of everybody's, and both schedules linked."""
    async with town.house.reader() as reading:
        known: tuple[ScheduleName, ...] = await listed(reading)
    ana = await town.house.desk.people.person(ANA)
    for each in known:
        async with town.house.units.begin(ana) as unit:
            await link(unit, INCIDENTS, each.id)
    return Alarms(town, await program(town, "prometheus"), {each.name: each.id for each in known})


async def card(person: Hands, *words: str, since: int | None = None, edited: bool = False) -> Appearance:
    """The message in the channel of incidents, as everybody sees it."""
    return await person.sees(
        *words,
        channel=INCIDENTS,
        kind=Kind.MESSAGE_CHANGED if edited else Kind.MESSAGE,
        where=lambda each: each.message is not None and each.message.ephemeral_to is None,
        since=since,
    )


async def told(person: Hands, *words: str, since: int | None = None, edited: bool = False) -> Appearance:
    """The direct message."""
    return await person.sees(
        *words,
        kind=Kind.MESSAGE_CHANGED if edited else Kind.MESSAGE,
        where=lambda each: each.message is not None and each.message.channel.startswith("D"),
        since=since,
    )


async def only_they(person: Hands, *words: str) -> Appearance:
    """What nobody else sees."""
    return await person.sees(
        *words, where=lambda each: each.message is not None and each.message.ephemeral_to == person.id
    )


def not_up_to_date(town: Town, shown: Appearance) -> Message:
    """The message as somebody still has it on their screen who has not seen its edits."""
    assert shown.message is not None
    channel, was = town.workspace.channels[shown.message.channel], shown.message
    return posting.post(town.workspace, channel, user=town.workspace.app.user_id, text=was.text, blocks=was.blocks)


def buttons(shown: Appearance) -> list[str]:
    """The labels of all buttons and menus of a message, in order."""
    assert shown.message is not None
    held = [each for block in shown.message.blocks for each in (*block.get("elements", ()), block.get("accessory", {}))]
    words = [each.get("text") or each.get("placeholder") or {} for each in held if "action_id" in each]
    return [each.get("text", "") for each in words]
