"""Deleting a postmortem: what is gone, who may, the way back within ten minutes, and what is removed after a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import SQLModel, col, func, select

from bot.errors import BadFields, Locked, NotAllowed, NotFound
from bot.queries import deletions, postmortems, search, waiting
from bot.queries.history import Happening
from bot.queries.people import Person
from bot.usecases.housekeeping.purge import DailyPurge
from bot.usecases.postmortems.create import create
from bot.usecases.postmortems.delete import delete
from bot.usecases.postmortems.edit_section import edit_section
from bot.usecases.postmortems.submit import submit
from bot.usecases.postmortems.undelete import undelete
from bot.usecases.teams.name_team import name_team
from storage import models
from storage.models import Delivery, Incident, Postmortem, Reminder, Section
from storage.postmortems import HANGING
from tests.conftest import met
from tests.usecases.stories import Story, wanted


async def _deleted(story: Story, number: int, by: Person) -> None:
    async with story.units.begin(by) as unit:
        await delete(unit, number)


async def _undone(story: Story, number: int, by: Person) -> None:
    async with story.units.begin(by) as unit:
        await undelete(unit, number)


async def _count(story: Story, table: type[SQLModel]) -> int:
    async with story.reader() as reading:
        return (await reading.session.exec(select(func.count()).select_from(table))).one()


async def _reminded(story: Story) -> list[str]:
    async with story.reader() as reading:
        return sorted((await reading.session.exec(select(Reminder.recipient).order_by(Reminder.recipient))).all())


async def _team(story: Story, lead: Person) -> str:
    async with story.units.begin(lead) as unit:
        return (await name_team(unit, "Payments")).id


async def test_what_is_deleted_is_nowhere_and_everybody_who_asks_hears_why(story: Story) -> None:
    await story.created()
    await story.submitted(1, story.raj, story.li)
    assert await _reminded(story) != []
    await _deleted(story, 1, story.ana)
    assert await _reminded(story) == []
    async with story.reader() as reading:
        assert (await postmortems.listing(reading, story.ana)).total == 0
        assert (await waiting.for_person(reading, story.raj)).reviews == ()
        with pytest.raises(
            NotFound, match=r"PM-1 was deleted by Ana\. `/postmortem undo PM-1`.*until 10:10"
        ) as refused:
            await postmortems.by_number(reading, 1, story.raj)
    assert refused.value.nearest == ("/postmortem undo PM-1",)
    async with story.units.begin(story.raj) as unit:
        with pytest.raises(NotFound, match="was deleted by Ana"):
            await submit(unit, 1)


async def test_a_guest_is_not_told_who_deleted_what(story: Story) -> None:
    await story.created()
    await _deleted(story, 1, story.ana)
    guest = await met(story.units, "UGUEST", outsider=True)
    async with story.units.begin(guest) as unit:
        with pytest.raises(NotFound, match="There is no PM-1, nor any other"):
            await edit_section(unit, 1, "fault", {}, version=1)


async def test_only_its_owner_a_lead_or_an_admin_deletes_it(story: Story) -> None:
    lead, admin = await met(story.units, "ULEAD"), await met(story.units, "UADMIN")
    team = await _team(story, lead)
    for person in (story.ana, lead, admin):
        number = await story.created(team_id=team)
        with pytest.raises(NotAllowed, match=r"its owner \(Ana\), a lead of its team \(Lead\) or an admin can delete"):
            await _deleted(story, number, story.raj)
        await _deleted(story, number, person)


async def test_within_ten_minutes_everything_comes_back(story: Story) -> None:
    await story.created(services=("Api",))
    await story.wrote(1, "the pool ran out")
    await story.submitted(1, story.raj)
    before, reminded = await story.seen(1), await _reminded(story)
    await _deleted(story, 1, story.ana)
    story.clock.advance(minutes=9, seconds=59)
    await _undone(story, 1, story.ana)
    after = await story.seen(1)
    assert (after.sections, after.reviewers, after.services) == (before.sections, before.reviewers, before.services)
    assert await _reminded(story) == reminded
    assert len(await story.events(Happening.RESTORED)) == 1


async def test_after_ten_minutes_it_is_too_late(story: Story) -> None:
    await story.created()
    await _deleted(story, 1, story.ana)
    story.clock.advance(minutes=10)
    with pytest.raises(Locked, match="more than ten minutes ago"):
        await _undone(story, 1, story.ana)
    with pytest.raises(NotFound, match="cannot be undone any more"):
        await story.seen(1)


async def test_who_deleted_it_brings_it_back_and_so_do_leads_and_admins_but_not_its_owner(story: Story) -> None:
    lead, admin = await met(story.units, "ULEAD"), await met(story.units, "UADMIN")
    team = await _team(story, lead)
    number = await story.created(team_id=team)
    for remover, restorer in ((story.ana, story.ana), (story.ana, lead), (lead, admin), (admin, admin)):
        await _deleted(story, number, remover)
        await _undone(story, number, restorer)
    await _deleted(story, number, lead)
    for person in (story.ana, story.raj):
        with pytest.raises(NotAllowed, match="take back somebody else's change"):
            await _undone(story, number, person)


async def test_undoing_what_nobody_deleted_says_so(story: Story) -> None:
    await story.created()
    with pytest.raises(Locked, match="nobody deleted it"):
        await _undone(story, 1, story.ana)
    with pytest.raises(NotFound, match="There is no PM-9"):
        await _undone(story, 9, story.ana)


async def test_every_message_that_shows_it_is_edited_and_none_is_sent_anew(story: Story) -> None:
    await story.created()
    await story.submitted(1, story.raj, story.li)
    await story.sent()
    async with story.reader() as reading:
        before = {row.id: row.kind for row in (await reading.session.exec(select(Delivery))).all()}
    await _deleted(story, 1, story.ana)
    async with story.reader() as reading:
        after = (await reading.session.exec(select(Delivery))).all()
    assert {row.id: row.kind for row in after} == before
    assert sorted(row.kind for row in after if row.sent_revision < row.revision) == [
        "card",
        "review-request",
        "review-request",
    ]


async def test_its_incident_is_free_again_once_it_cannot_come_back(story: Story) -> None:
    await story.created()
    async with story.reader() as reading:
        incident = (await reading.session.exec(select(Incident.id))).one()
    await _deleted(story, 1, story.ana)
    async with story.units.begin(story.raj) as unit:
        with pytest.raises(BadFields, match=r"PM-1 of INC-1 was deleted by Ana just now.*undo PM-1.*until 10:10"):
            await create(unit, wanted(story.raj, unit.now, incident_id=incident))
    story.clock.advance(minutes=10)
    async with story.units.begin(story.raj) as unit:
        assert await create(unit, wanted(story.raj, unit.now, incident_id=incident)) == 2
    with pytest.raises(NotFound, match="PM-1 was deleted by Ana more than ten minutes ago"):
        await story.seen(1)


async def test_after_a_day_it_is_removed_for_good_and_its_events_stay(story: Story) -> None:
    await story.created(services=("Api",), responder_ids=(story.li.id,))
    await story.submitted(1, story.raj)
    await story.created()
    await _deleted(story, 1, story.ana)
    events = len(await story.events(Happening.CREATED))
    story.clock.advance(hours=23)
    assert await DailyPurge(story.units, story.clock).run() == 0
    story.clock.advance(hours=2)
    assert await DailyPurge(story.units, story.clock).run() == 1
    async with story.reader() as reading:
        assert (await reading.session.exec(select(Postmortem.number))).all() == [2]
        of_the_other = (await reading.session.exec(select(col(Section.postmortem_id)).distinct())).all()
        found = await search.find(reading, story.ana, "checkout")
    assert (len(of_the_other), [each.postmortem.number for each in found.hits]) == (1, [2])
    assert await _count(story, models.Reviewer) == await _count(story, models.AffectedService) == 0
    assert len(await story.events(Happening.CREATED)) == events


def test_no_table_is_forgotten_when_a_postmortem_is_removed() -> None:
    tables = {
        table.name
        for table in SQLModel.metadata.tables.values()
        if any(key.column.table.name == "postmortem" for key in table.foreign_keys)
    }
    assert tables == {SQLModel.metadata.tables[part.__tablename__].name for part in HANGING}  # type: ignore[index]  # a name


async def test_a_message_can_ask_for_the_deletion(story: Story) -> None:
    await story.created()
    seen = await story.seen(1)
    async with story.reader() as reading:
        assert await deletions.by_id(reading, seen.id) is None
        assert await deletions.by_id(reading, "nothing") is None
    await _deleted(story, 1, story.ana)
    async with story.reader() as reading:
        deletion = await deletions.by_id(reading, seen.id)
    assert deletion is not None
    assert (deletion.label, deletion.by, deletion.remover) == ("PM-1", story.ana, "Ana")
    assert deletion.undo_until - deletion.at == timedelta(minutes=10)
