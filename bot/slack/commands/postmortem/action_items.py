"""`/postmortem action` and `/postmortem actions`: what follows from a postmortem, by whom and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import NotFound, Unreadable
from bot.queries import actions, people, postmortems
from bot.queries.actions import ActionListing, Scope
from bot.queries.deletions import absent
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.slack.action_items import ActionKeeper
from bot.slack.cards.action_forms import add_form
from bot.slack.cards.actions import ROWS, Noted, actions_card, added_card
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.inputs import metadata
from bot.slack.cards.typed import text_value
from bot.slack.desk import Desk, Request
from bot.slack.ids import Form
from bot.slack.keeping import Typed
from bot.slack.words.action_items import TypedAction, named_within, read_action
from bot.slack.words.mentions import extract, labelled
from bot.slack.words.normalise import as_typed, for_parsing
from bot.slack.words.references import is_reference, read_reference, split_reference

_PAGE = re.compile(r"\s*\bpage (\d{1,6})$")
SCOPES = {
    **dict.fromkeys(("", "mine", "my", "me"), Scope.MINE),
    **dict.fromkeys(("team", "teams", "ours"), Scope.TEAM),
    **dict.fromkeys(("overdue", "late"), Scope.OVERDUE),
}


async def action(request: Request, desk: Desk) -> Card | Block:
    """`action PM-12 Add an alarm @mia fri #detect https://…/OPS-12`; what is missing of it is asked for.

    Whose it is and by when everybody wants to know; what for, and its issue, may be left out.
    """
    number, words = split_reference(request.words)
    now = desk.reader.now()
    typed = _read(words, request.person, now)
    if any(f"@{slack_id}" in typed.text for slack_id in extract(words).users):  # where no slash was typed, Slack
        async with desk.reader() as reading:  # tells the ids alone of those whom a text mentions
            known = await people.mentioned_in(reading, [words])
        typed = _read(labelled(words, {each: person.name for each, person in known.items()}), request.person, now)
    if typed.is_whole:
        view = await ActionKeeper(request.person, request.key, desk).add(number, typed)
        return added_card(view, now=now)
    async with desk.reader() as reading:
        await postmortems.by_number(reading, number, request.person)
    shown = replace(typed, owner=typed.owner or named_within(words))
    return add_form(label=f"PM-{number}", shown=shown, metadata=metadata(pm=number))


def _read(words: str, person: Person, now: datetime) -> TypedAction:
    return read_action(words, me=person.slack_id or "", now=now, zone=person.zone)


def worth_keeping(words: str) -> Typed | None:
    """What is kept of a line that could not be carried out: all that follows its number, as it was typed."""
    try:
        number, rest = split_reference(words)
    except Unreadable:
        subject, text = "", as_typed(words).strip()
    else:
        subject, text = f"PM-{number}", as_typed(rest).strip()
    return Typed(Form.ACTION, subject, {"values": {"text": text_value(text)}}) if text else None


async def listed(request: Request, desk: Desk) -> Card:
    """`actions [mine|team|overdue|PM-12]`, a page of eight."""
    return await list_card(request.text, request.person, desk, public=request.public)


async def list_card(
    words: str, person: Person, desk: Desk, *, public: bool = False, noted: Noted | None = None
) -> Card:
    """The list that the words ask for, as this person sees it; `noted` is what they just did from it.

    Raises:
        NotFound: the words ask for nothing there is; what there is can be chosen.
        NotAllowed: they are an outsider.
    """
    wanted = _wanted(words)
    async with desk.reader() as reading:
        listing, page = await _page(reading, person, wanted), wanted.page
        if page > 1 and not listing.items:
            page = max(1, -(-listing.total // ROWS))
            listing = await _page(reading, person, _Wanted(wanted.words, wanted.scope, wanted.number, page))
    return actions_card(
        listing.items,
        head=_head(wanted, listing.total),
        words=wanted.words,
        page=page,
        total=listing.total,
        public=public,
        now=desk.reader.now(),
        noted=noted,
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which list: a scope's, or all of one postmortem."""

    words: str
    scope: Scope
    number: int | None
    page: int


def _wanted(text: str) -> _Wanted:
    plain = for_parsing(text)
    found = _PAGE.search(plain)
    words = _PAGE.sub("", plain).strip().lower()
    page = max(1, int(found[1])) if found else 1
    if words in SCOPES:
        return _Wanted(str(SCOPES[words]), SCOPES[words], None, page)
    if is_reference(words):
        number = read_reference(words)
        return _Wanted(f"PM-{number}", Scope.MINE, number, page)
    sentence = f"“{words}” is not something to list actions by. There are: mine, team, overdue, or a number like PM-12."
    raise NotFound(sentence, nearest=[str(each) for each in Scope])


async def _page(reading: Reading, person: Person, wanted: _Wanted) -> ActionListing:
    offset = (wanted.page - 1) * ROWS
    if wanted.number is None:
        return await actions.listing(reading, person, wanted.scope, limit=ROWS, offset=offset)
    found = await actions.of_number(reading, wanted.number, person)
    if found is None:
        raise await absent(reading, wanted.number, person)
    return ActionListing(found[offset : offset + ROWS], len(found))


def _head(wanted: _Wanted, total: int) -> str:
    """`3 open actions of yours`."""
    noun = "action" if total == 1 else "actions"
    if wanted.number is not None:
        return f"{total} {noun} of PM-{wanted.number}" if total else f"PM-{wanted.number} has no actions yet"
    match wanted.scope:
        case Scope.MINE:
            return f"{total} open {noun} of yours" if total else "You have no open actions"
        case Scope.TEAM:
            return f"{total} open {noun} of your teams" if total else "Your teams have no open actions"
        case Scope.OVERDUE:
            return f"{total} overdue {noun}" if total else "No action is overdue"
