"""Templates in Slack: seen, made, edited, chosen, removed, and who may do what of it."""

from __future__ import annotations

import pytest

from bot.playground.hands import Hands
from bot.playground.screens import Appearance, Kind
from bot.playground.views import View
from bot.queries import postmortems
from bot.usecases.teams.name_team import name_team
from tests.slack.conftest import Town
from tests.slack.test_schedules import value
from tests.slack.test_two_at_once import choose, kept, opened_kept, reads
from tests.slack.writings import ANA, INCIDENTS, MIA, NASTY, RAJ, typed

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TWO = "## What broke?\n\nIn one sentence.\n\n## Why?"
BROKEN = "## Why?\n\nBecause.\n\n## why"


async def asks(person: Hands, words: str, shown: str) -> Appearance:
    """What somebody sees who types that."""
    await typed(person, words)
    return await person.sees(shown)


async def form_of(person: Hands, words: str) -> View:
    """The form that a line opens."""
    await typed(person, words)
    await person.sees(kind=Kind.VIEW_OPENED)
    return person.view


async def chosen(person: Hands, seen: Appearance, key: str, line: str) -> None:
    """Choose something in the menu of a row."""
    assert (await person.press(seen, action_id=f"run:template:{key}", value=line)).ok


async def leads_a_team(town: Town, slack_id: str, name: str) -> str:
    """They name a team, which they lead from then on; its id."""
    person = await town.house.desk.people.person(slack_id)
    async with town.house.units.begin(person) as unit:
        return (await name_team(unit, name)).id


async def sections_of(town: Town, number: int) -> list[str]:
    """The titles of a postmortem's sections."""
    reader = await town.house.desk.people.person(ANA)
    async with town.house.reader() as reading:
        return [each.title for each in (await postmortems.by_number(reading, number, reader)).sections]


async def test_a_lead_makes_edits_and_removes_a_template_that_the_teams_postmortems_begin_with(town: Town) -> None:
    raj = town.person(RAJ)
    seen = await asks(raj, "templates", "What postmortems begin with")
    for words in ("Default", "Leadup, Fault, Detection, Root causes", "Google SRE", "Short", "Came with Watchbill"):
        assert words in seen.text
    assert "New template" not in seen.text
    assert "Only an admin can change templates." in (await asks(raj, "templates new", "Only")).text
    await leads_a_team(town, RAJ, "Payments")

    form = await form_of(raj, "templates new What <we> ask & do")
    assert (value(form, "name"), value(form, "team")["text"]["text"]) == ("What <we> ask & do", "Payments")
    raj.type_in(form, {"markdown": BROKEN})
    assert (await raj.press(form, action_id="show_sections")).ok
    assert "“why” stands in line 1 already" in (await raj.sees("Line 5", kind=Kind.VIEW_UPDATED)).text
    refused = await raj.submit(raj.view)
    assert refused.errors == {
        "markdown": "Line 5: “why” stands in line 1 already. Give each section a heading of its own."
    }
    assert "your text for a new template" in (await kept(raj)).text
    raj.type_in(raj.view, {"markdown": TWO})
    assert (await raj.press(raj.view, action_id="show_sections")).ok
    await raj.sees("These are its sections", "*What broke?*\nIn one sentence.", kind=Kind.VIEW_UPDATED)
    saved = await raj.submit(raj.view)
    assert saved.view and "What <we> ask & do is saved" in raj.reads(saved.view).replace("*", "")
    assert "not saved" not in (await kept(raj)).text.lower()
    await raj.close(saved.view)

    seen = await asks(raj, "templates", "Payments begins with it")
    assert "Raj made it" in seen.text and "version 1, 2 sections" in seen.text
    form = await form_of(raj, "create Pool full")
    assert value(form, "template")["value"] == "what-we-ask-do"
    assert (await raj.submit(form)).closed
    await raj.sees("Pool full", "0 of 2 sections", channel=INCIDENTS)
    assert await sections_of(town, 1) == ["What broke?", "Why?"]

    await chosen(raj, seen, "what-we-ask-do", "postmortem templates edit what-we-ask-do")
    await raj.sees("What <we> ask & do", kind=Kind.VIEW_OPENED)
    assert (await raj.submit(raj.view, {"markdown": "## All of it"})).view
    one = await asks(raj, "templates ask", "version 2")
    assert "Raj changed it" in one.text and "All of it" in one.text
    assert await sections_of(town, 1) == ["What broke?", "Why?"]

    await chosen(raj, seen, "what-we-ask-do", "postmortem templates remove what-we-ask-do")
    asked = await raj.sees("Remove", "Payments will begin with the default one")
    assert (await raj.press(asked, action_id="run:remove")).ok
    await raj.sees("is removed")
    form = await form_of(raj, "create Pool full again")
    assert value(form, "template")["value"] == "default"
    assert (await raj.submit(form)).closed
    await raj.sees("Pool full again", channel=INCIDENTS)
    assert await sections_of(town, 2) == ["Leadup", "Fault", "Detection", "Root causes"]


@ONE_DATABASE
@pytest.mark.parametrize("choice", ["mine", "theirs"])
async def test_of_two_edits_of_a_template_what_is_chosen_counts_and_the_other_is_kept(town: Town, choice: str) -> None:
    ana, mia = town.person(ANA), town.person(MIA)
    mine, theirs = f"## Mine\n\n{NASTY}", "## Theirs\n\nWhat do *you* say?"
    form = await form_of(ana, "templates edit short")
    assert (await mia.submit(await form_of(mia, "templates edit short"), {"markdown": theirs})).view
    sent = await ana.submit(form, {"markdown": mine})
    assert sent.view
    text = reads(ana, sent.view)
    assert "Mia changed Short while you were writing" in text.replace("*", "") and "Put both" not in text
    assert text.index("## Theirs") < text.index("Yours") < text.index("## Mine")
    assert "your text for the template short" in (await kept(ana)).text
    again = await opened_kept(ana)
    assert NASTY in reads(ana, again) and "## Theirs" in reads(ana, again)

    done = await choose(ana, again, choice)
    assert done.view
    one = await asks(ana, "templates short", "version 3" if choice == "mine" else "version 2")
    assert ("Mine" in one.text) is (choice == "mine")
    after = (await kept(ana)).text
    assert ("Set aside: your text for the template short" in after) is (choice == "theirs")
    assert "Not saved yet: your text for" not in after


@ONE_DATABASE
async def test_an_admin_says_what_any_team_begins_with_and_a_lead_what_theirs_does(town: Town) -> None:
    ana, raj = town.person(ANA), town.person(RAJ)
    payments = await leads_a_team(town, RAJ, "Payments")
    await leads_a_team(town, MIA, "Platform")
    seen = await asks(ana, "templates", "What postmortems begin with")
    await chosen(ana, seen, "short", "postmortem templates default short")
    await ana.sees("begin with *Short*", kind=Kind.VIEW_OPENED)
    found = await ana.options(ana.view, "team", "look_up_led_team", "pay")
    assert [each["value"] for each in found["options"]] == [payments]
    done = await ana.submit(ana.view, {"team": payments})
    assert done.view and "Postmortems of Payments begin with Short" in ana.reads(done.view).replace("*", "")
    assert "Payments begins with it" in (await asks(raj, "templates short", "Short")).text
    await asks(raj, "templates default google sre", "Postmortems of *Payments* begin with *Google SRE*")
    refused = await asks(raj, "templates default short for platform", "Only")
    assert "Only a lead of its team (Mia) or an admin can change what Platform begins with." in refused.text
    refused = await asks(raj, "templates edit google-sre", "Only")
    assert "Only an admin can change the template Google SRE." in refused.text
    assert "Default stays" in (await asks(ana, "templates remove default", "stays")).text
    unknown = await asks(ana, "templates remove shrot yes", "There is no template")
    assert "/postmortem templates remove short" in unknown.text


@ONE_DATABASE
async def test_a_template_whose_name_ends_like_a_word_of_ours_is_meant_by_its_whole_name(town: Town) -> None:
    ana = town.person(ANA)
    for name in ("Short yes", "Short for Payments"):
        await typed(ana, f"templates new {name}")
        await ana.sees("New template", kind=Kind.VIEW_OPENED)
        assert (await ana.submit(ana.view, {"markdown": TWO})).view
    await leads_a_team(town, MIA, "Payments")
    await form_of(ana, "templates default Short for Payments")
    assert "begin with *Short for Payments*" in ana.reads(ana.view)

    asked = await asks(ana, "templates remove SHORT YES", "Remove *Short yes*?")
    assert (await ana.press(asked, action_id="run:remove")).ok
    await ana.sees("*Short yes* is removed")
    left = await asks(ana, "templates", "What postmortems begin with")
    assert "*Short*" in left.text and "Short yes" not in left.text
    await asks(ana, "templates remove short yes", "*Short* is removed")


class TestTemplatesThatAreFiles:
    """A folder of the operator's."""

    @pytest.fixture
    def house_settings(self) -> dict[str, object]:
        return {"templates": {"Sea chest": TWO, "short": "## All in one"}}

    @ONE_DATABASE
    async def test_they_say_so_and_are_not_edited_in_slack(self, town: Town) -> None:
        ana = town.person(ANA)
        seen = await asks(ana, "templates", "From the file Sea chest.md, and changed there")
        assert "From the file short.md" in seen.text and "All in one" in seen.text
        refused = await asks(ana, "templates edit sea", "comes from the file")
        assert "Sea chest comes from the file Sea chest.md: it is changed there" in refused.text
        form = await form_of(ana, "create Pool full")
        assert (await ana.submit(form, {"template": "sea-chest"})).closed
        await ana.sees("Pool full", channel=INCIDENTS)
        assert await sections_of(town, 1) == ["What broke?", "Why?"]
