"""Templates of every size as Slack takes them, and as one reads them."""

from __future__ import annotations

import pytest

from bot.engines.templates import parse
from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.queries.teams import TeamName
from bot.queries.templates import Choices, TemplateView
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.postmortem_forms import create_form
from bot.slack.cards.template_forms import choice_form, default_form, edit_form, new_form
from bot.slack.cards.templates import Keeping, removal_card, template_card, templates_card
from tests.slack.cards.views import NOW, person

TEAMS = tuple(TeamName(f"team-{n}", f"Team & {n} " * 12) for n in range(9))
MANY = "\n\n".join(f"## {n} {'&' * 40}\n\n{'&<>' * 30}" for n in range(20))
LONG = f"## {'&' * 99}a\n\n{'<' * 2_800}"
SHORT = "## Why?"


def template(markdown: str = SHORT, *, key: str = "ours", teams: tuple[TeamName, ...] = ()) -> TemplateView:
    return TemplateView(
        id=f"id-{key}",
        key=key,
        name="Ours & theirs " * 4,
        version=3,
        markdown=markdown,
        sections=parse(markdown),
        changed_at=NOW,
        changed_by=person(1, "Zoë <b>"),
        file=None,
        teams=teams,
    )


def keeping(*teams: TeamName, may: bool = True, everywhere: bool = False) -> Keeping:
    return Keeping(frozenset({"id-ours"} if may else ()), teams, everywhere)


def labels(card: Card) -> list[str]:
    """What its buttons and menus say."""
    elements = [each for block in card.blocks for each in (*block.get("elements", ()), block.get("accessory", {}))]
    options = [option for each in elements for option in each.get("options", [each])]
    return [each["text"]["text"] for each in options if isinstance(each.get("text"), dict)]


@pytest.mark.parametrize("markdown", [SHORT, MANY, LONG])
@pytest.mark.parametrize("everywhere", [True, False])
def test_whatever_a_template_says_slack_takes_its_cards_and_forms(markdown: str, everywhere: bool) -> None:
    view, may = template(markdown, teams=TEAMS), keeping(*TEAMS, everywhere=everywhere)
    cards = [templates_card([view] * 9, may), template_card(view, may, said="It *is*."), removal_card(view)]
    for card in cards:
        assert validate_message(card.payload, Sending.POST) == []
    reader = person(2)
    forms = [new_form(name="x" * 99, team=TEAMS[0], needs_team=True), edit_form(view), default_form(view)]
    for form in (*forms, choice_form(view, reader=reader)):
        assert validate_view(form) == []


@pytest.mark.parametrize(
    ("may", "offered"),
    [
        (keeping(may=False), ["All templates"]),
        (keeping(TEAMS[0], may=False), ["Make default of Team", "All templates"]),
        (keeping(TEAMS[0]), ["Edit", "Make default of Team", "Remove", "All templates"]),
        (keeping(TEAMS[0], TEAMS[1]), ["Edit", "Make default of a team", "Remove", "All templates"]),
        (keeping(everywhere=True), ["Edit", "Make default of a team", "Remove", "All templates"]),
    ],
)
def test_only_what_the_reader_may_do_is_offered(may: Keeping, offered: list[str]) -> None:
    found = labels(template_card(template(), may))
    assert len(found) == len(offered) and all(map(str.startswith, found, offered))


def test_a_team_is_not_offered_what_it_begins_with_already() -> None:
    assert labels(template_card(template(teams=TEAMS[:1]), keeping(TEAMS[0]))) == ["Edit", "Remove", "All templates"]


@pytest.mark.parametrize("offered", [(), (("default", "Default"),), (("default", "Default"), ("short", "Short"))])
def test_a_template_is_asked_for_where_there_is_a_choice(offered: tuple[tuple[str, str], ...]) -> None:
    form = create_form(
        owner="U1",
        channel=None,
        now=NOW,
        templates=Choices(offered, usual="short"),
        due_days=5,
        warning="",
        metadata="",
    )
    fields: dict[str, Block] = {each["block_id"]: each for each in form["blocks"]}
    assert ("template" in fields) is (len(offered) > 1)
    if len(offered) > 1:
        assert fields["template"]["element"]["initial_option"]["value"] == "short"
