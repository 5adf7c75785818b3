"""An incident and the postmortems that stand on it, whoever made which."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from bot.engines.timeline import Moments
from bot.queries import history, incidents, postmortems
from bot.queries.history import Happening
from bot.slack.cards.history import history_card
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.correct_times import correct_times
from bot.usecases.postmortems.create import create
from bot.usecases.postmortems.delete import delete
from bot.usecases.unit import Unit
from storage import events
from storage.models import Delivery
from tests.api.conftest import Api
from tests.api.incidents import published
from tests.api.opsgenie.incidents.making import became, opened
from tests.conftest import StillClock, met
from tests.usecases.stories import wanted


async def test_a_postmortem_ends_and_goes_on_with_its_incident_and_its_card_shows_it(
    api: Api, clock: StillClock
) -> None:
    path, ana = await opened(api), await met(api.units, "UANA")
    incident_id = path.rpartition("/")[2]
    async with api.units.begin(ana) as unit:
        number = await create(unit, wanted(ana, unit.now, incident_id=incident_id, ended_at=None))
        [choice] = await incidents.recent(unit.reading, "checkout")
        assert (choice.id, choice.postmortem) == (incident_id, number)
    clock.advance(hours=2)
    ended = clock.now
    await became(api, await api.post(f"{path}/resolve", {}))
    async with api.units.begin(ana) as unit:
        found = await postmortems.by_number(unit.reading, number, ana)
        assert found.ended_at == ended
        happened = await _last_of(unit, found.id)
        line = history_card(happened).text
    assert line.endswith(" ended INC-1. That is when PM-1 ends too, unless you enter another time.")
    clock.advance(hours=1)
    await became(api, await api.post(f"{path}/reopen", {}))
    async with api.units.begin(ana) as unit:
        assert (await postmortems.by_number(unit.reading, number, ana)).ended_at is None
        line = history_card(await _last_of(unit, found.id, Happening.GOES_ON)).text
    assert line.endswith(" reopened INC-1: PM-1 has no end any more, unless you enter one.")
    clock.advance(hours=1)
    await became(api, await api.post(f"{path}/close", {}))
    async with api.units.begin(ana) as unit:
        assert (await postmortems.by_number(unit.reading, number, ana)).ended_at == clock.now
        given = Moments(None, None, ended)
        await correct_times(unit, number, given, was=Moments(None, None, clock.now))
    for move in ("reopen", "resolve"):
        await became(api, await api.post(f"{path}/{move}", {}))
    async with api.units.begin(ana) as unit:
        assert (await postmortems.by_number(unit.reading, number, ana)).ended_at == ended
    await published(api.units, number)
    for move in ("close", "reopen"):
        before = await _card_revision(api, found.id)
        await became(api, await api.post(f"{path}/{move}", {}))
        assert await _card_revision(api, found.id) > before, move


async def test_an_end_that_somebody_gave_along_with_the_incident_stays(api: Api, clock: StillClock) -> None:
    ana = await met(api.units, "UANA")
    clock.advance(hours=1)
    async with api.units.begin(ana) as unit:
        number = await create(unit, wanted(ana, unit.now - timedelta(hours=1), ended_at=unit.now))
    await became(api, await api.post("/v1/incidents/INC-1/reopen?identifierType=tiny", {}))
    async with api.units.begin(ana) as unit:
        assert (await postmortems.by_number(unit.reading, number, ana)).ended_at == clock.now


async def _card_revision(api: Api, postmortem_id: str) -> int:
    """How often the card was to be sent, or edited."""
    async with api.units.begin(None) as unit:
        statement = select(Delivery).where(Delivery.kind == MessageKind.CARD, Delivery.subject == postmortem_id)
        return (await unit.session.exec(statement)).one().revision


async def _last_of(unit: Unit, postmortem_id: str, what: Happening = Happening.ENDED) -> history.Happened:
    event = await events.latest(unit.session, postmortem_id, what)
    assert event is not None
    assert event.id is not None
    happened = await history.by_id(unit.reading, event.id)
    assert happened is not None
    return happened


async def test_an_incident_made_in_slack_is_the_same_here_and_stays_while_a_postmortem_tells_of_it(api: Api) -> None:
    ana = await met(api.units, "UANA")
    async with api.units.begin(ana) as unit:
        number = await create(unit, wanted(ana, unit.now, title="Queue full", ended_at=None))
    found = (await api.get("/v1/incidents/1?identifierType=tiny")).data
    assert (found["message"], found["status"]) == ("Queue full", "open")
    path = f"/v1/incidents/{found['id']}"
    refused = await api.ask("DELETE", path)
    assert refused.status == 428
    assert refused.body["message"].startswith(f"INC-1 cannot be deleted while PM-{number} tells of it.")
    async with api.units.begin(ana) as unit:
        await delete(unit, number)
    assert (await api.ask("DELETE", path)).status == 428
