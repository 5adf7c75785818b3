"""`/postmortem templates`: what postmortems begin with, and the ways to change that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.escaping import mrkdwn_within
from bot.queries.teams import TeamName
from bot.queries.templates import TemplateView
from bot.slack.cards.blocks import TEXT_LIMIT, Block, Card, actions, button, context, option, overflow, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.people import named
from bot.slack.cards.sentences import listed
from bot.slack.ids import Action

ROWS = 8
MOST_NAMED = 5
"""Of the teams that begin with a template."""
NAME_CHARACTERS = 100
TITLES_CHARACTERS = 500
PROMPT_CHARACTERS = 500
"""Slack takes some 13,000 characters in a message, however they are divided."""
LINE = "postmortem templates"


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the reader may do: change those templates, and say what those teams begin with.

    `everywhere`: what any team begins with, and they may make templates that are nobody's.
    """

    templates: frozenset[str]
    teams: tuple[TeamName, ...]
    everywhere: bool

    @property
    def may_make(self) -> bool:
        """Whether they may make a new one at all."""
        return self.everywhere or bool(self.teams)


def templates_card(views: Sequence[TemplateView], keeping: Keeping) -> Card:
    """A paragraph a template, each with its menu."""
    blocks: list[Block] = [section("*What postmortems begin with*")]
    blocks.extend(_row(view, keeping) for view in views[:ROWS])
    if len(views) > ROWS:
        more = ", ".join(f"`{view.key}`" for view in views[ROWS:])
        blocks.append(context(mrkdwn_within(f"There are more, which you can name: {more}", TEXT_LIMIT)))
    if keeping.may_make:
        blocks.append(actions(_runs("New template", "new", style="primary")))
    told = "; ".join(f"{_name(view)}: {_titles(view)}" for view in views[:ROWS])
    return Card(mrkdwn_within(f"What postmortems begin with: {told}", TEXT_LIMIT), tuple(blocks))


def template_card(view: TemplateView, keeping: Keeping, *, said: str = "") -> Card:
    """One template with its questions. `said` is what has just happened, escaped already."""
    head = f"*{_name(view)}*  version {view.version}"
    buttons = [*_buttons(view, keeping), _runs("All templates", "")]
    blocks = [
        *([section(said)] if said else []),
        section(head),
        *questions(view),
        context(_history(view)),
        actions(*buttons),
    ]
    return Card(f"{said} {head}: {_titles(view)}".strip(), tuple(blocks))


def removal_card(view: TemplateView) -> Card:
    """Before one is removed."""
    begins = f" {_names(view)} will begin with the default one." if view.teams else ""
    text = f"Remove *{_name(view)}*? Postmortems keep the sections that they began with.{begins}"
    buttons = (
        button(f"Remove {view.name}", f"{Action.RUN}:remove", f"{LINE} remove {view.id} yes", style="danger"),
        _runs("Keep it", ""),
    )
    return Card(text, (section(text), actions(*buttons)))


def removed_card(name: str) -> Card:
    """To who removed one."""
    text = f"*{mrkdwn_within(name, NAME_CHARACTERS)}* is removed. Postmortems keep the sections that they began with."
    return Card(text, (section(text), actions(_runs("All templates", ""))))


def begins_words(team: str, name: str) -> str:
    """What is said once a team begins with another template, escaped."""
    called, chosen = (mrkdwn_within(each, NAME_CHARACTERS) for each in (team, name))
    return f"Postmortems of *{called}* begin with *{chosen}* from now on."


def saved_words(name: str) -> str:
    """What is said once a template is saved, escaped."""
    return (
        f"*{mrkdwn_within(name, NAME_CHARACTERS)}* is saved. Postmortems begin with it from now on, where it is chosen."
    )


def questions(view: TemplateView) -> Iterator[Block]:
    """Its sections, each with what it asks."""
    for each in view.sections:
        prompt = mrkdwn_within(each.prompt, PROMPT_CHARACTERS)
        yield section(f"*{mrkdwn_within(each.title, 2 * NAME_CHARACTERS)}*\n{prompt}".strip())


def _row(view: TemplateView, keeping: Keeping) -> Block:
    count = len(view.sections)
    head = f"*{_name(view)}*  version {view.version}, {count} section{'s' * (count != 1)}"
    menu = overflow(f"{Action.RUN}:template:{view.key}"[:255], list(_choices(view, keeping)))
    return section(f"{head}\n{_titles(view)}\n{_history(view)}", accessory=menu)


def _choices(view: TemplateView, keeping: Keeping) -> Iterator[Block]:
    yield option("Read its questions", f"{LINE} {view.key}")
    if view.id in keeping.templates:
        yield option("Edit", f"{LINE} edit {view.key}")
    if default := _default(view, keeping):
        yield option(*default)
    if view.id in keeping.templates and not view.is_default:
        yield option("Remove", f"{LINE} remove {view.key}")


def _buttons(view: TemplateView, keeping: Keeping) -> Iterator[Block]:
    if view.id in keeping.templates:
        yield _runs("Edit", f"edit {view.key}", style="primary")
    if default := _default(view, keeping):
        label, line = default
        yield button(label, f"{Action.RUN}:default", line)
    if view.id in keeping.templates and not view.is_default:
        yield _runs("Remove", f"remove {view.key}")


def _default(view: TemplateView, keeping: Keeping) -> tuple[str, str] | None:
    """What the way to make it the default says, and its line; None where the reader can do nothing of the kind."""
    if keeping.everywhere or len(keeping.teams) > 1:
        return "Make default of a team", f"{LINE} default {view.key}"
    if not keeping.teams or keeping.teams[0] in view.teams:
        return None
    [team] = keeping.teams
    return f"Make default of {team.name}", f"{LINE} default {view.key} for {team.id}"


def _history(view: TemplateView) -> str:
    """Where it comes from, who changed it when, and which teams begin with it."""
    begins = f"{_names(view)} begin{'s' * (len(view.teams) == 1)} with it" if view.teams else ""
    usual = "used where nothing else is chosen" if view.is_default else ""
    return " · ".join(filter(None, [_origin(view), begins, usual]))


def _origin(view: TemplateView) -> str:
    if view.file:
        return f"From the file {mrkdwn_within(view.file, NAME_CHARACTERS)}, and changed there"
    if view.changed_by:
        deed = "made" if view.version == 1 else "changed"
        return f"{named(view.changed_by)} {deed} it {day_and_time(view.changed_at)}"
    return "Came with Watchbill" if view.is_built_in else "Came from a file that is gone: change it here"


def _names(view: TemplateView) -> str:
    names = [mrkdwn_within(team.name, NAME_CHARACTERS) for team in view.teams[:MOST_NAMED]]
    left = len(view.teams) - len(names)
    return listed([*names, *([f"{left} more"] if left else [])])


def _titles(view: TemplateView) -> str:
    return mrkdwn_within(", ".join(each.title for each in view.sections), TITLES_CHARACTERS)


def _name(view: TemplateView) -> str:
    return mrkdwn_within(view.name, NAME_CHARACTERS)


def _runs(label: str, words: str, *, style: str | None = None) -> Block:
    verb = words.partition(" ")[0] or "templates"
    return button(label, f"{Action.RUN}:{verb}", f"{LINE} {words}".strip(), style=style)
