"""The forms of a postmortem's life. Block ids are the names of the fields, the same that the use cases complain of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.lifecycle.due import REVIEW_WORKING_DAYS
from bot.escaping import mrkdwn, mrkdwn_within, shortened
from bot.queries.templates import Choices
from bot.slack.cards.blocks import VIEW_BLOCKS, Block, button, context, option, section
from bot.slack.cards.inputs import (
    channel_select,
    day_input,
    external_select,
    field,
    modal,
    moment_input,
    multi_external_select,
    multi_user_select,
    rich_text_input,
    select,
    text_input,
    user_select,
)
from bot.slack.ids import Action, Form
from bot.vocabulary import Severity

TITLE_MOST = 200
MOST_CHOICES = 100
"""What a menu takes."""
EMPTY_CHARACTERS = 2_000
"""Of the names of sections still empty; a program may have made very many."""
MOST_SECTIONS = VIEW_BLOCKS - 2
"""In a list, beside its head and what is said of those left out."""
SECTION_CHARACTERS = 300
"""Of a section's title in a list: a program may have given it any, and a view takes 250 kB."""
SEVERITIES = {
    Severity.P1: "everything stands still",
    Severity.P2: "a main function is broken",
    Severity.P3: "something is broken, with a way round",
    Severity.P4: "a nuisance",
    Severity.P5: "hardly noticed",
}


def create_form(
    *,
    owner: str,
    channel: str | None,
    now: datetime,
    templates: Choices,
    due_days: int,
    warning: str,
    metadata: str,
) -> Block:
    """A new postmortem. `owner` and `channel` are Slack's ids, guessed from who asks and where.

    `due_days`: so many working days after its end it is due where no day is chosen.
    """
    levels = [option(f"{level}, {words}", level) for level, words in SEVERITIES.items()]
    blocks = [
        field("title", "Title", text_input(placeholder="What broke, in a few words")),
        field("severity", "Severity", select(levels, initial=levels[2])),
        field("started_at", "From", moment_input(initial=now)),
        field("ended_at", "Until", moment_input(), optional=True, hint="Leave it empty while it is still going on."),
        field(
            "incident",
            "Incident",
            external_select(Action.LOOK_UP_INCIDENT, placeholder="A recent incident"),
            optional=True,
            hint="What you have left empty is filled in from it. Without one, it is made of this.",
            tells=True,
        ),
        field("owner", "Owner", user_select(initial=owner), hint="Who sees to it that it is written."),
        field(
            "services",
            "Affected services",
            multi_external_select(Action.LOOK_UP_SERVICES, placeholder="Type a name; a new one is made"),
            optional=True,
        ),
        field("responders", "Responders", multi_user_select(placeholder="Who worked on it"), optional=True),
        field(
            "due_on", "Due", day_input(), optional=True, hint=f"Left empty: {_working_days(due_days)} after its end."
        ),
        *_template_field(templates),
        field("channel", "Announce in", channel_select(initial=channel), optional=True),
    ]
    if warning:
        blocks.insert(0, context(mrkdwn(warning)))
    return modal(Form.CREATE, "New postmortem", blocks, submit="Create", metadata=metadata)


def _working_days(count: int) -> str:
    return f"{count} working day{'s' * (count != 1)}"


def _template_field(templates: Choices) -> list[Block]:
    """The choice of a template, where there is one; else what there is counts."""
    kinds = {key: option(name, key) for key, name in templates.offered[:MOST_CHOICES]}
    if len(kinds) < 2:
        return []
    return [field("template", "Template", select(list(kinds.values()), initial=kinds.get(templates.usual)))]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One row of the list of sections."""

    key: str
    title: str
    summary: str


def sections_form(*, label: str, title: str, sections: Sequence[SectionLine], metadata: str) -> Block:
    """The list of sections: what is in each, and [Write] or [Edit]; of very many the first, and how to name another."""
    blocks: list[Block] = [section(f"*{mrkdwn(shortened(title, 150))}*")]
    for each in sections[:MOST_SECTIONS]:
        written = mrkdwn(each.summary) if each.summary else "_still empty_"
        word = "Edit" if each.summary else "Write"
        blocks.append(
            section(
                f"*{mrkdwn_within(each.title, SECTION_CHARACTERS)}*\n{written}",
                accessory=button(word, f"{Action.SECTION}:{each.key}", each.key),
                block_id=f"section_{each.key}",
            )
        )
    if len(sections) > MOST_SECTIONS:
        more = len(sections) - MOST_SECTIONS
        blocks.append(context(f"{more} more: `/postmortem edit {label}` with the title opens it."))
    return modal(Form.SECTIONS, f"Edit {label}", blocks, close="Done", metadata=metadata)


def edit_form(*, label: str, title: str, prompt: str, initial: Block | None, metadata: str) -> Block:
    """One section as a rich text box."""
    blocks = [field("text", title, rich_text_input(initial=initial, placeholder=prompt), optional=True)]
    return modal(Form.EDIT, f"Edit {label}", blocks, submit="Save", metadata=metadata)


def submit_form(
    *, label: str, reviewers: Sequence[str], empty: Sequence[str], metadata: str, is_by_default: bool = False
) -> Block:
    """Who is to review it; sections still empty are named, which warns and does not stop.

    `is_by_default`: the reviewers proposed are those of its services or its team.
    """
    blocks: list[Block] = [
        field(
            "reviewers",
            "Reviewers",
            multi_user_select(initial=reviewers, placeholder="At least one person"),
            hint="Each gets one direct message. Publishing needs their approval.",
        ),
        field(
            "due_on", "Due", day_input(), optional=True, hint=f"Left empty: in {_working_days(REVIEW_WORKING_DAYS)}."
        ),
    ]
    if is_by_default:
        blocks.append(context("Proposed are those who review what strikes these services, or what concerns this team."))
    if empty:
        named = mrkdwn_within(", ".join(empty), EMPTY_CHARACTERS)
        blocks.append(context(f":pencil2: Still empty: {named}. You can submit it all the same."))
    return modal(Form.SUBMIT, f"Submit {label}", blocks, submit="Submit for review", metadata=metadata)


def changes_form(*, label: str, sections: Sequence[SectionLine], metadata: str) -> Block:
    """What has to change before one approves."""
    blocks = [
        field("text", "What should change?", text_input(multiline=True)),
        *_section_field(f"changes {label}", sections),
    ]
    return modal(Form.CHANGES, f"Changes to {label}", blocks, submit="Request changes", metadata=metadata)


def comment_form(*, label: str, sections: Sequence[SectionLine], metadata: str) -> Block:
    """What one has to say about it, without a verdict."""
    blocks = [
        field("text", "Comment", text_input(multiline=True), hint="It stands in its review, and its owner is told."),
        *_section_field(f"comment {label}", sections),
    ]
    return modal(Form.COMMENT, f"Comment on {label}", blocks, submit="Comment", metadata=metadata)


def _section_field(verb: str, sections: Sequence[SectionLine]) -> list[Block]:
    """Which section is meant, where there is any; of very many the first, and how to name another."""
    choices = [option(each.title, each.key) for each in sections[:MOST_CHOICES]]
    if not choices:
        return []
    more = f"There are more: /postmortem {verb} [its title] and your words." if len(sections) > MOST_CHOICES else ""
    return [field("section", "Section", select(choices), optional=True, hint=more)]


def reopen_form(*, label: str, metadata: str) -> Block:
    """Why a published postmortem becomes a draft again."""
    blocks = [field("reason", "Reason", text_input(multiline=True), hint="It stands in the history, for everybody.")]
    return modal(Form.REOPEN, f"Reopen {label}", blocks, submit="Reopen", metadata=metadata)


def assign_form(*, label: str, metadata: str) -> Block:
    """Who owns it from now on."""
    blocks = [field("owner", "New owner", user_select(), hint="They are told by direct message.")]
    return modal(Form.ASSIGN, f"Assign {label}", blocks, submit="Assign", metadata=metadata)


def snooze_form(*, label: str, first: str, metadata: str) -> Block:
    """Until when one wants to hear nothing of it; `first` is the day it proposes."""
    blocks = [
        field("until", "Remind me again on", day_input(initial=first)),
        field("reason", "Reason", text_input(), optional=True),
    ]
    return modal(Form.SNOOZE, f"Snooze {label}", blocks, submit="Snooze", metadata=metadata)


def said_view(title: str, text: str) -> Block:
    """The last view of a form: what has happened."""
    return modal(Form.SAID, title, [section(text)], close="Close")
