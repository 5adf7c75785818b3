"""Documents with very many sections, very long titles, or no section at all: programs write such, people edit them."""

from __future__ import annotations

import json

import pytest

from bot.playground.hands import Hands
from bot.playground.screens import Appearance
from tests.slack.conftest import Town
from tests.slack.test_postmortem_programs_story import script
from tests.slack.writings import ANA, RAJ, draft, rich, typed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _content(sections: int, title: str) -> dict[str, str]:
    """So many headings, each with a paragraph below it."""
    blocks = []
    for number in range(1, sections + 1):
        said = {"type": "text", "text": f"{title}{number}"}
        blocks.append({"type": "heading", "attrs": {"level": 2}, "content": [said]})
        blocks.append({"type": "paragraph", "content": [{"type": "text", "text": f"&<{number}>" * 40}]})
    return {"type": "adf", "content": json.dumps({"version": 1, "type": "doc", "content": blocks})}


async def _asked(person: Hands, text: str, *seen: str) -> Appearance:
    await typed(person, text)
    return await person.sees(*seen)


@pytest.mark.parametrize(("sections", "title"), [(150, "Part "), (30, "&<é>" * 1_000), (0, "")])
async def test_its_sections_can_be_edited_and_judged_however_many_there_are(
    town: Town, sections: int, title: str
) -> None:
    ana, raj, number = town.person(ANA), town.person(RAJ), await draft(town)
    async with script(town, number) as ci:
        await ci.puts("content", _content(sections, title))
    listed = await _asked(ana, f"edit PM-{number}", f"Edit PM-{number}", "Executive summary")
    assert ("53 more: `/postmortem edit PM-1` with the title opens it." in ana.reads(listed)) is (sections == 150)
    await typed(ana, f"submit PM-{number} @raj")
    await ana.sees("is in review")
    for verb, said in (("comment", "Comment on"), ("changes", "Changes to")):
        form = await _asked(raj, f"{verb} PM-{number}", said)
        more = f"There are more: /postmortem {verb} PM-1 [its title] and your words."
        assert (more in raj.reads(form)) is (sections == 150)
        assert (await raj.submit(form, {"text": "Say why"})).view


async def test_it_is_submitted_however_many_of_its_sections_are_empty(town: Town) -> None:
    ana, number = town.person(ANA), await draft(town)
    headings = [
        {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": f"<{place}> {'&' * 100}"}]}
        for place in range(150)
    ]
    async with script(town, number) as ci:
        await ci.puts(
            "content", {"type": "adf", "content": json.dumps({"version": 1, "type": "doc", "content": headings})}
        )
    await _asked(
        ana, f"submit PM-{number}", f"Submit PM-{number}", "Still empty: <0>", "You can submit it all the same"
    )


async def test_a_section_beyond_the_menu_is_named(town: Town) -> None:
    ana, number = town.person(ANA), await draft(town)
    async with script(town, number) as ci:
        await ci.puts("content", _content(150, "Part "))
    form = await _asked(ana, f"edit PM-{number} part 149", f"Edit PM-{number}", "Part 149")
    assert (await ana.submit(form, {"text": rich("It broke")})).closed
    await typed(ana, f"comment PM-{number} [part 150] which one?")
    await ana.sees("Your comment on Part 150 of PM-1 stands in its review")


async def test_an_executive_summary_is_offered_above_all_before_it_was_ever_written(town: Town) -> None:
    ana, number = town.person(ANA), await draft(town)
    listed = await _asked(ana, f"edit PM-{number}", f"Edit PM-{number}", "Executive summary")
    assert listed.view is not None
    assert listed.view.body["blocks"][1]["block_id"] == "section_executive-summary"
    assert (await ana.press(listed, action_id="section:executive-summary")).ok
    box = await ana.sees("Executive summary", "for readers in a hurry")
    await ana.submit(box, {"text": rich("Checkout stood still for an hour")})
    again = await ana.sees("Checkout stood still for an hour")
    assert ana.reads(again).count("Executive summary") == 1
