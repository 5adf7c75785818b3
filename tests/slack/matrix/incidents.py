"""Every way to declare an incident and to change one."""

from __future__ import annotations

from bot.playground.screens import Kind
from bot.queries import incident_cards
from bot.slack.cards.blocks import Card
from bot.slack.cards.incident import incident_card
from bot.usecases.incidents.declare import Declaration, declare
from bot.vocabulary import Role, Severity
from tests.slack.matrix.company import INCIDENTS, KIM, Company
from tests.slack.matrix.ways import Attempt, Way, Ways, pressed, told


async def _card(company: Company, _role: Role) -> Card:
    """Its card, as it stands in its channel."""
    async with company.town.house.units.begin(company.person(Role.OWNER)) as unit:
        made = await declare(unit, Declaration(title="Harbour shut", severity=Severity.P2, channel=INCIDENTS))
    async with company.town.house.reader() as reading:
        view = await incident_cards.by_id(reading, made.id)
    assert view
    return incident_card(view, place=INCIDENTS)


async def _sent(company: Company, role: Role) -> Attempt:
    """The form that another opened of a message."""
    opener, hands = company.town.person(KIM), company.hands(role)
    assert (await opener.shortcut("incident_declare", await opener.say(INCIDENTS, "Harbour shut"))).ok
    await opener.sees("Declare an incident", kind=Kind.VIEW_OPENED, within=15)
    form = company.handed(role, opener.view)

    async def attempt() -> list[str]:
        sent = await hands.submit(form)
        return list((sent.errors or {}).values())

    return attempt


async def _from_menu(company: Company, role: Role) -> Attempt:
    """The menu of a message, which opens the form."""
    said = await company.hands(Role.OWNER).say(INCIDENTS, "Harbour shut")
    hands = company.hands(role)

    async def attempt() -> list[str]:
        since = hands.mark()
        assert (await hands.shortcut("incident_declare", said)).ok
        return await told(company, hands, since)

    return attempt


def ways() -> Ways:
    """The ways to declare one, and to resolve it."""
    return Ways(
        command=Way(_from_menu, "Declare an incident"),
        button=pressed(_card, "incident:resolve"),
        form=Way(_sent),
        mention="no word declares one",
    )
