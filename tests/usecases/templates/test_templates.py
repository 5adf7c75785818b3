"""Templates: what is there from the start, who changes it, and what new postmortems begin with."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from bot.engines.templates import BUILT_IN, DEFAULT
from bot.errors import BadFields, Conflict, Locked, NotAllowed, NotFound, Taken
from bot.queries import templates
from bot.queries.people import Person
from bot.queries.templates import TemplateView
from bot.usecases.teams.name_team import name_team
from bot.usecases.templates import keep_up as keeping
from bot.usecases.templates.create import create
from bot.usecases.templates.edit import edit
from bot.usecases.templates.keep_up import keep_up
from bot.usecases.templates.remove import remove
from bot.usecases.templates.set_default import set_default
from bot.usecases.unit import Units
from storage.models import Membership, Postmortem, TemplateVersion
from tests.conftest import met
from tests.usecases.stories import Story

TEXT = "## What broke?\n\nIn one sentence.\n"


async def start(units: Units, files: Mapping[str, str] | None = None) -> None:
    """What every start of the process does."""
    async with units.begin(None) as unit:
        unit.settings = unit.settings.model_copy(update={"templates": files or {}})
        await keep_up(unit)


async def listed(story: Story, files: Mapping[str, str] | None = None) -> Sequence[TemplateView]:
    async with story.reader() as reading:
        settings = reading.settings.model_copy(update={"templates": files or {}})
        return await templates.listed(replace(reading, settings=settings))


async def called(story: Story, key: str) -> TemplateView:
    return next(each for each in await listed(story) if each.key == key)


async def led_by(story: Story, person: Person, name: str) -> str:
    async with story.units.begin(person) as unit:
        return (await name_team(unit, name)).id


async def made(story: Story, by: Person, name: str = "Ours", *, team_id: str | None = None, text: str = TEXT) -> str:
    async with story.units.begin(by) as unit:
        return (await create(unit, name=name, markdown=text, team_id=team_id)).id


async def began_with(story: Story, number: int) -> tuple[list[str], str]:
    """The titles of a postmortem's sections, and the text they began as."""
    async with story.reader() as reading:
        row = (await reading.session.exec(select(Postmortem).where(Postmortem.number == number))).one()
        version = await reading.session.get_one(TemplateVersion, row.template_version_id)
    return [each.title for each in (await story.seen(number)).sections], version.markdown


async def test_those_that_come_with_watchbill_are_put_in_place_once_however_many_start(story: Story) -> None:
    await asyncio.gather(*(start(story.units) for _ in range(4)))
    await start(story.units)
    found = await listed(story)
    assert [(each.key, each.version, each.changed_by) for each in found] == [(key, 1, None) for key in BUILT_IN]
    assert [each.sections for each in found] == [each.sections for each in BUILT_IN.values()]
    assert await story.events("create-template") == []  # nobody did it


async def test_a_new_text_that_is_shipped_counts_unless_somebody_wrote_another(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await met(story.units, "UADMIN")
    await start(story.units)
    short = await called(story, "short")
    async with story.units.begin(admin) as unit:
        await edit(unit, short.id, TEXT, version=1)
    newer = {key: replace(each, markdown=f"{each.markdown}\n## More\n") for key, each in BUILT_IN.items()}
    monkeypatch.setattr(keeping, "BUILT_IN", newer)
    await asyncio.gather(*(start(story.units) for _ in range(3)))
    monkeypatch.undo()
    await start(story.units)  # an older Watchbill beside it, which keeps its hands off
    found = {each.key: each for each in await listed(story)}
    assert {key: each.version for key, each in found.items()} == {"default": 2, "google-sre": 2, "short": 2}
    assert found["default"].markdown == newer["default"].markdown
    assert found["short"].markdown == TEXT and found["short"].changed_by == admin


async def test_a_file_is_the_template_of_its_name_and_a_changed_one_its_next_text(story: Story) -> None:
    files = {"Sea chest": TEXT, "short": "## A"}
    await start(story.units, files)
    found = {each.key: each for each in await listed(story, files)}
    assert (found["sea-chest"].name, found["sea-chest"].file, found["sea-chest"].version) == (
        "Sea chest",
        "Sea chest.md",
        1,
    )
    assert (found["short"].file, found["short"].markdown, found["default"].file) == ("short.md", "## A", None)
    admin = await met(story.units, "UADMIN")
    with pytest.raises(Locked, match="Sea chest comes from the file"):
        async with story.units.begin(admin) as unit:
            unit.settings = unit.settings.model_copy(update={"templates": files})
            await edit(unit, found["sea-chest"].id, "## B", version=1)
    await start(story.units, {**files, "Sea chest": "## B"})
    assert (await called(story, "sea-chest")).markdown == "## B"
    team = await led_by(story, story.ana, "Payments")
    async with story.units.begin(story.ana) as unit:
        await set_default(unit, team, found["sea-chest"].id)
    with capture_logs() as logged:
        await start(story.units)
    gone = "the file of a template is gone, its last text stays"
    assert [each["template"] for each in logged if each["event"] == gone] == ["Sea chest"]
    left = await called(story, "sea-chest")
    assert (left.file, left.version, left.markdown) == (None, 2, "## B")
    assert (await began_with(story, await story.created()))[1] == "## B"
    async with story.units.begin(admin) as unit:
        await remove(unit, left.id)
    await start(story.units, files)
    assert ((await called(story, "sea-chest")).version, (await called(story, "sea-chest")).markdown) == (3, TEXT)


async def test_a_team_begins_with_what_it_chose_and_a_postmortem_keeps_what_it_began_with(story: Story) -> None:
    payments = await led_by(story, story.ana, "Payments")
    first = await story.created()
    assert await began_with(story, first) == ([each.title for each in DEFAULT.sections], DEFAULT.markdown)
    assert (await called(story, "default")).changed_by is None
    template_id = await made(story, story.ana, team_id=payments)
    second, third = await story.created(), await story.created(template="short")
    async with story.units.begin(story.ana) as unit:
        assert await edit(unit, template_id, "## Another", version=1) == 2
        assert await edit(unit, template_id, "## Another\n", version=1) == 2
    assert await began_with(story, second) == (["What broke?"], TEXT)
    assert (await began_with(story, third))[1] == BUILT_IN["short"].markdown
    assert (await began_with(story, await story.created()))[0] == ["Another"]
    async with story.reader() as reading:
        assert (await templates.choices(reading, story.ana)).usual == "ours"
        assert (await templates.choices(reading, story.raj)).usual == "default"
    async with story.units.begin(story.ana) as unit:
        await remove(unit, template_id)
    assert (await began_with(story, await story.created()))[1] == DEFAULT.markdown
    assert await began_with(story, second) == (["What broke?"], TEXT)
    with pytest.raises(BadFields) as refused:
        await story.created(template="ours")
    assert refused.value.fields == {
        "template": "Template: there is no “ours”. Choose one of default, google-sre, short."
    }


async def refused_to(story: Story, person: Person, template_id: str) -> str:
    """Why somebody may not edit it."""
    with pytest.raises(NotAllowed) as refused:
        async with story.units.begin(person) as unit:
            await edit(unit, template_id, "## X", version=1)
    return refused.value.sentence


async def test_who_leads_every_team_that_begins_with_it_changes_it_and_admins_the_rest(story: Story) -> None:
    admin = await met(story.units, "UADMIN")
    await start(story.units)
    payments, platform = await led_by(story, story.ana, "Payments"), await led_by(story, story.raj, "Platform")
    async with story.units.begin(story.ana) as unit:
        unit.session.add(Membership(team_id=payments, user_id=story.li.id))
    ours = await made(story, story.ana, team_id=payments)
    nobodys = await made(story, admin, "Everybody's")
    only_ana = "Only a lead of its team (Ana) or an admin can change the template Ours."
    assert await refused_to(story, story.li, ours) == await refused_to(story, story.raj, ours) == only_ana
    assert await refused_to(story, story.ana, nobodys) == "Only an admin can change the template Everybody's."
    short = (await called(story, "short")).id
    async with story.units.begin(story.raj) as unit:
        assert await set_default(unit, platform, short) == "Platform"
    assert await refused_to(story, story.raj, short) == "Only an admin can change the template Short."
    async with story.units.begin(story.raj) as unit:
        await set_default(unit, platform, ours)
    both = "Only a lead of its team or an admin can change the template Ours."
    assert await refused_to(story, story.ana, ours) == await refused_to(story, story.raj, ours) == both
    assert [team.name for team in (await called(story, "ours")).teams] == ["Payments", "Platform"]
    async with story.units.begin(story.raj) as unit:
        await set_default(unit, platform, (await called(story, "default")).id)
    async with story.units.begin(story.ana) as unit:
        assert await edit(unit, ours, "## X", version=1) == 2
    with pytest.raises(
        NotAllowed, match=r"Only a lead of its team \(Raj\) or an admin can change what Platform begins"
    ):
        async with story.units.begin(story.ana) as unit:
            await set_default(unit, platform, ours)
    with pytest.raises(NotAllowed, match="Only an admin can change templates"):
        await made(story, story.ana, "Another")


async def test_of_two_who_edit_at_once_the_second_sees_the_first_ones_text(story: Story) -> None:
    admin = await met(story.units, "UADMIN")
    template_id = await made(story, admin)

    async def write(text: str) -> int | Conflict:
        try:
            async with story.units.begin(admin) as unit:
                return await edit(unit, template_id, text, version=1)
        except Conflict as conflict:
            return conflict

    outcomes = await asyncio.gather(write("## A"), write("## B"))
    (conflict,) = [each for each in outcomes if isinstance(each, Conflict)]
    assert 2 in outcomes and conflict.version == 2
    assert conflict.theirs == (await called(story, "ours")).markdown


async def test_a_name_is_taken_in_any_writing_until_its_template_is_removed(story: Story) -> None:
    admin = await met(story.units, "UADMIN")
    first = await made(story, admin, "  Our  own ")
    for name in ("our own", "OUR OWN", "our-own"):
        with pytest.raises(Taken, match="there is a template “Our own” already"):
            await made(story, admin, name)
    async with story.units.begin(admin) as unit:
        await remove(unit, first)
    with pytest.raises(NotFound):
        async with story.units.begin(admin) as unit:
            await edit(unit, first, "## X", version=1)
    assert await made(story, admin, "Our OWN", text="## Again") == first
    again = await called(story, "our-own")
    assert (again.name, again.version, again.markdown) == ("Our OWN", 2, "## Again")


@pytest.mark.parametrize(
    ("name", "text", "fields"),
    [
        (" ", "", {"name": "Name: write at least one word.", "markdown": "Text: Write at least one heading"}),
        ("🔥", "## A\n## a", {"name": "Name: it needs a letter", "markdown": "Text: Line 2: “a” stands in line 1"}),
        ("x" * 61, "## A\x00", {"name": "Name: at most 60", "markdown": "Text: it holds an invisible character"}),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_everything_wrong_with_a_template_is_said_at_once(
    story: Story, name: str, text: str, fields: dict[str, str]
) -> None:
    admin = await met(story.units, "UADMIN")
    with pytest.raises(BadFields) as refused:
        await made(story, admin, name, text=text)
    assert refused.value.fields.keys() == fields.keys()
    assert all(refused.value.fields[field].startswith(begins) for field, begins in fields.items())
    assert await listed(story) == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_default_one_stays(story: Story) -> None:
    admin = await met(story.units, "UADMIN")
    await start(story.units)
    with pytest.raises(Locked, match="Default stays"):
        async with story.units.begin(admin) as unit:
            await remove(unit, (await called(story, "default")).id)
