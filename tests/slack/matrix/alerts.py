"""Every way to answer an alert."""

from __future__ import annotations

from bot.engines.policies import compile_policies
from bot.playground.screens import Kind
from bot.queries.alert_outlook import outlook
from bot.slack.cards.alert import alert_card
from bot.slack.cards.blocks import Card
from bot.usecases.alerts.page import WantedPage, page
from bot.vocabulary import Role
from tests.slack.matrix.company import KIM, Company
from tests.slack.matrix.ways import Attempt, Way, Ways

BY_BUTTONS = "by its buttons alone"


def ways() -> Ways:
    """The ways to answer one that somebody else has made."""
    return Ways(command=BY_BUTTONS, button=_pressed("alert:acknowledge"), form=_handed_over(), mention=BY_BUTTONS)


async def _card(company: Company) -> Card:
    schedule_id, _ = await company.schedule(has_team=True)
    async with company.town.house.units.begin(company.person(Role.LEAD)) as unit:
        alert_id = (await page(unit, WantedPage(schedule_id, "It burns"), compile_policies([]))).id
    async with company.town.house.reader() as reading:
        found = await outlook(reading, alert_id)
    assert found is not None
    return alert_card(found, now=company.town.clock.now(), is_new=True)


def _pressed(action_id: str) -> Way:
    """The alert's message says what was done: whoever pressed is told only why it was not."""

    async def prepare(company: Company, role: Role) -> Attempt:
        message, hands = company.standing(await _card(company)), company.hands(role)

        async def attempt() -> list[str]:
            since = hands.mark()
            assert (await hands.press(message, action_id=action_id)).ok
            await company.settled()
            return [each.text for each in hands.appearances[since:] if company.is_said(each)]

        return attempt

    return Way(prepare)


def _handed_over() -> Way:
    """The form that hands it over, opened by one who may and sent by another."""

    async def prepare(company: Company, role: Role) -> Attempt:
        message, lead = company.standing(await _card(company)), company.hands(Role.LEAD)
        assert (await lead.press(message, action_id="alert:assign")).ok
        await lead.sees("Hand over", kind=Kind.VIEW_OPENED, within=15)
        form, hands = company.handed(role, lead.view), company.hands(role)

        async def attempt() -> list[str]:
            return list(((await hands.submit(form, {"person": KIM})).errors or {}).values())

        return attempt

    return Way(prepare)
