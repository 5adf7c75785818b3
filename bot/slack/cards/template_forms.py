"""The forms of a template: its Markdown with the sections that it makes, and which team begins with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.engines.templates import MOST_CHARACTERS, NAME_CHARACTERS, TemplateSection
from bot.escaping import mrkdwn_within, shortened
from bot.queries.last_change import PartChange
from bot.queries.people import Person
from bot.queries.teams import TeamName
from bot.queries.templates import TemplateView
from bot.slack.cards.blocks import TEXT_LIMIT, Block, actions, button, context, option, section
from bot.slack.cards.conflict import changed_meanwhile, choice_view
from bot.slack.cards.inputs import external_select, field, metadata, modal, text_input
from bot.slack.cards.typed import verbatim
from bot.slack.ids import Action, Form

PROMPT_CHARACTERS = 150
"""What an empty section shows of its question."""
PREVIEW = "preview_"
"""How the ids of the blocks begin that show the sections."""
EXAMPLE = "## What happened\n\nWhat did people see, and when?\n\n## What we change\n\nWhat will be different?"
HINT = "Each heading, such as “## What happened”, is a section; the text under it is the question it answers."
FIND_TEAM = "Type a part of its name"


def new_form(*, name: str, team: TeamName | None, needs_team: bool) -> Block:
    """A new template; `team` is the one that will begin with it, chosen already."""
    blocks = [
        field("name", "Name", text_input(initial=name[:NAME_CHARACTERS], max_length=NAME_CHARACTERS)),
        _team_field(team, optional=not needs_team, hint="It begins with this from now on."),
        *_text(EXAMPLE),
    ]
    return modal(Form.TEMPLATE, "New template", blocks, submit="Save", metadata=metadata())


def edit_form(view: TemplateView) -> Block:
    """A template that is there, and the sections it makes now."""
    blocks = [section(f"*{_name(view)}*"), *_text(view.markdown), *preview(view.sections)]
    about = metadata(template=view.id, key=view.key, version=view.version)
    return modal(Form.TEMPLATE, "Edit template", blocks, submit="Save", metadata=about)


def choice_form(view: TemplateView, *, reader: Person) -> Block:
    """The form of a template that somebody else changed meanwhile, and the choice between theirs and one's own."""
    return choice_view(
        edit_form(view),
        head=changed_meanwhile(f"*{_name(view)}*", PartChange(view.changed_by, view.changed_at), reader=reader),
        theirs=verbatim(view.markdown),
        version=view.version,
        left=f"Theirs stays known as version {view.version}",
        both="",
    )


def default_form(view: TemplateView) -> Block:
    """Which team is to begin with it."""
    blocks = [section(f"Postmortems of this team begin with *{_name(view)}*:"), _team_field(None)]
    return modal(
        Form.TEMPLATE_DEFAULT, "Default template", blocks, submit="Make default", metadata=metadata(template=view.id)
    )


def with_preview(view: Mapping[str, Any], shown: Sequence[Block]) -> Block:
    """An open form as Slack sent it, with these blocks at its end in place of those that showed the sections before."""
    kept = [block for block in view["blocks"] if not block["block_id"].startswith(PREVIEW)]
    named = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    return {**{name: view[name] for name in named}, "blocks": [*kept, *shown]}


def preview(sections: Sequence[TemplateSection]) -> list[Block]:
    """The sections as whoever writes a postmortem sees them."""
    heads = [_head("These are its sections:")]
    return [*heads, *(_shown(place, each) for place, each in enumerate(sections))]


def no_preview(sentence: str) -> list[Block]:
    """Why there are none."""
    return [_head(f":warning: {mrkdwn_within(sentence, TEXT_LIMIT - 20)}")]


def _head(text: str) -> Block:
    return {**context(text), "block_id": f"{PREVIEW}head"}


def _shown(place: int, each: TemplateSection) -> Block:
    title = mrkdwn_within(each.title, 5 * NAME_CHARACTERS)
    prompt = mrkdwn_within(shortened(" ".join(each.prompt.split()), PROMPT_CHARACTERS), 5 * PROMPT_CHARACTERS)
    return section(f"*{title}*\n{prompt}".strip(), block_id=f"{PREVIEW}{place}")


def _text(markdown: str) -> list[Block]:
    box = text_input(initial=markdown, multiline=True, max_length=MOST_CHARACTERS)
    shows = button("Show the sections", Action.SHOW_SECTIONS)
    return [field("markdown", "Text", box, hint=HINT), actions(shows)]


def _team_field(team: TeamName | None, *, optional: bool = False, hint: str = "") -> Block:
    initial = option(team.name, team.id) if team else None
    chosen = external_select(Action.LOOK_UP_LED_TEAM, initial=initial, placeholder=FIND_TEAM)
    return field("team", "Team", chosen, optional=optional, hint=hint)


def _name(view: TemplateView) -> str:
    return mrkdwn_within(view.name, 5 * NAME_CHARACTERS)
