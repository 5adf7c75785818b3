"""`/postmortem templates [name]`, and behind it `new`, `edit`, `default` and `remove`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.engines.templates import key_of
from bot.errors import NotFound
from bot.queries import postmortems, teams, templates
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.teams import TeamName
from bot.queries.templates import TemplateView
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.template_forms import default_form, edit_form, new_form
from bot.slack.cards.templates import (
    Keeping,
    begins_words,
    removal_card,
    removed_card,
    template_card,
    templates_card,
)
from bot.slack.desk import Desk, Request
from bot.slack.words.names import Ambiguous, Match, NoMatch, find
from bot.slack.words.normalise import split_word
from bot.usecases.templates import permission
from bot.usecases.templates.remove import removable, remove
from bot.usecases.templates.set_default import set_default

NEW_WORDS = frozenset({"new", "create", "make"})
AT_ONCE = frozenset({"default", "remove"})
"""What changes something without a form in which the name stands: a slip is shown back first."""
SURE = "yes"
"""What the button of the question before a removal adds to an id; who types it behind a name has said so."""
_FOR = re.compile(r"\s+(?:for|of)\s+", re.IGNORECASE)


async def listed(request: Request, desk: Desk) -> Card | Block:
    """The list of templates, one of them, or what the words ask to be done."""
    word, rest = split_word(request.text)
    if not word:
        return await _all(request, desk)
    if word.lower() in NEW_WORDS:
        return await _new(rest, request, desk)
    way = _WAYS.get(word.lower())
    if way and rest:
        return await way(rest, request, desk)
    postmortems.require_member(request.person, subject="templates")
    return await shown(await _named(request.text, request, desk), request.person, desk)


async def shown(view: TemplateView, person: Person, desk: Desk, *, said: str = "") -> Card:
    """The card of one template, below what has just happened, escaped already."""
    async with desk.reader() as reading:
        return template_card(view, await _keeping(reading, person, [view]), said=said)


async def _all(request: Request, desk: Desk) -> Card:
    postmortems.require_member(request.person, subject="templates")
    async with desk.reader() as reading:
        views = await templates.listed(reading)
        return templates_card(views, await _keeping(reading, request.person, views))


async def _new(name: str, request: Request, desk: Desk) -> Block:
    async with desk.reader() as reading:
        keeping = await _keeping(reading, request.person, [])
        if not keeping.may_make:
            await permission.require_team(reading, request.person, None, subject="templates")
    only = keeping.teams[0] if len(keeping.teams) == 1 and not keeping.everywhere else None
    return new_form(name=name, team=only, needs_team=not keeping.everywhere)


async def _edit(words: str, request: Request, desk: Desk) -> Block:
    view = await _named(words, request, desk, verb="edit")
    async with desk.reader() as reading:
        await permission.require_keep(
            reading, request.person, key=view.key, name=view.name, team_ids=[team.id for team in view.teams]
        )
    return edit_form(view)


async def _default(words: str, request: Request, desk: Desk) -> Card | Block:
    """`default short for payments`; without a team, that of the only one they lead, else the form that asks."""
    name, team_words = _with_team(words)
    if team_words and await _is_called(words, desk):
        name, team_words = words, ""
    view = await _named(name, request, desk, verb="default")
    team_id = await _team(team_words, request, desk)
    if team_id is None:
        return default_form(view)
    async with desk.units.begin(request.person, key=request.key) as unit:
        team = await set_default(unit, team_id, view.id)
        unit.outcome = f"{team} begins with {view.name}"
    return await shown(await _named(view.key, request, desk), request.person, desk, said=begins_words(team, view.name))


async def _remove(words: str, request: Request, desk: Desk) -> Card:
    """`remove short` asks first; `remove short yes` removes it, unless a template is called that."""
    name, _, last = words.strip().rpartition(" ")
    is_sure = bool(name) and last.casefold() == SURE and not await _is_called(words, desk)
    view = await _named(name if is_sure else words, request, desk, verb="remove")
    if not is_sure:
        async with desk.units.begin(request.person) as unit:
            await removable(unit, view.id)
        return removal_card(view)
    async with desk.units.begin(request.person, key=request.key) as unit:
        await remove(unit, view.id)
        unit.outcome = f"{view.name} is removed"
    return removed_card(view.name)


_WAYS: Mapping[str, Callable[[str, Request, Desk], Awaitable[Card | Block]]] = {
    "edit": _edit,
    "default": _default,
    "remove": _remove,
    "delete": _remove,
}


async def _keeping(reading: Reading, person: Person, views: Sequence[TemplateView]) -> Keeping:
    """What a person may do with these templates, and with what their teams begin with."""
    in_teams = await teams.roles_of(reading, person.id)
    names = await teams.names(reading, permission.led(person, in_teams))
    return Keeping(
        templates=permission.keepable(person, in_teams, views),
        teams=tuple(TeamName(id_, name) for id_, name in sorted(names.items(), key=lambda each: each[1].casefold())),
        everywhere=permission.keeps_all(person),
    )


async def _named(words: str, request: Request, desk: Desk, *, verb: str = "") -> TemplateView:
    """The template of that key, or whose name the words mean.

    Raises:
        NotFound: none, or several; those that may be meant can be chosen.
        NotAllowed: instead, to an outsider, who is not told which there are.
    """
    async with desk.reader() as reading:
        views = await templates.listed(reading)
    by_key, by_name = {view.key: view for view in views}, {view.name: view for view in views}
    if exact := _exactly(words, views):
        return exact
    match find(words, list(by_name)):
        case Match(name, guessed):
            if not guessed or verb not in AT_ONCE:
                return by_name[name]
            likely = [by_name[name].key]
        case Ambiguous(names) | NoMatch(names):
            likely = [by_name[name].key for name in names] or list(by_key)
    postmortems.require_member(request.person, subject="templates")
    raise NotFound(
        f"There is no template “{words.strip()}”. There are these:", [f"{verb} {key}".strip() for key in likely]
    )


async def _is_called(words: str, desk: Desk) -> bool:
    """Whether the words are the whole name of a template."""
    async with desk.reader() as reading:
        return _exactly(words, await templates.listed(reading)) is not None


def _exactly(words: str, views: Sequence[TemplateView]) -> TemplateView | None:
    """The template of that id or key, or of that name in whatever writing: names that differ in it alone are one."""
    told = words.strip()
    return next((view for view in views if told == view.id or key_of(told) == view.key), None)


def _with_team(words: str) -> tuple[str, str]:
    """The words for a template and those for a team, behind the last `for`."""
    *_, last = [None, *_FOR.finditer(words)]
    return (words[: last.start()], words[last.end() :]) if last else (words, "")


async def _team(words: str, request: Request, desk: Desk) -> str | None:
    """The id of the team that is meant; None where it has to be asked for.

    Raises:
        NotFound: there is no such team.
    """
    async with desk.reader() as reading:
        if not words.strip():
            keeping = await _keeping(reading, request.person, [])
            return keeping.teams[0].id if len(keeping.teams) == 1 and not keeping.everywhere else None
        known = await teams.all_by_name(reading)
    if words.strip() in {team.id for team in known}:
        return words.strip()
    match find(words, [team.name for team in known]):
        case Match(name):
            return next(team.id for team in known if team.name == name)
        case _:
            raise NotFound(f"There is no team “{words.strip()}”. Leave it out, and a form asks for it.")
