"""`/postmortem reviewers [team or service] [@people]`: who reviews unless somebody else is named."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import NotFound, Unreadable
from bot.queries import postmortems
from bot.queries import reviewers as defaults
from bot.queries.reviewers import Subject
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.reviewers import chosen_card, reviewers_card
from bot.slack.desk import Desk, Request
from bot.slack.words.mentions import extract
from bot.slack.words.names import Ambiguous, Match, NoMatch, find
from bot.slack.words.normalise import unescape
from bot.usecases.reviewers.set_default import set_default

NOBODY = frozenset({"nobody", "none", "noone"})
KINDS = ("team ", "service ")
_SUBJECT = "who reviews what"


async def reviewers(request: Request, desk: Desk) -> Card | Block:
    """`reviewers`, `reviewers payments`, `reviewers payments @ana @raj`, `reviewers payments nobody`."""
    mentions = extract(request.words, me=request.person.slack_id or "")
    words = unescape(mentions.rest).strip()
    if mentions.unresolved:
        who = f"Slack does not say who “@{mentions.unresolved[0]}” is"
        raise Unreadable(f"{who}: choose the name from the list that Slack shows while you type it.")
    first, _, last = words.rpartition(" ")
    is_cleared = not mentions.users and bool(first) and last.casefold() in NOBODY
    words = first if is_cleared else words
    is_change = bool(mentions.users or is_cleared)
    if not (words and is_change):
        postmortems.require_member(request.person, subject=_SUBJECT)
    async with desk.reader() as reading:
        if not words:
            if mentions.users:
                raise Unreadable("Say of what, too: `/postmortem reviewers <team or service> @name`.")
            return reviewers_card(await defaults.every(reading))
        plain = next((words[len(kind) :] for kind in KINDS if words.lower().startswith(kind)), words)
        try:
            subject = _named(plain, await defaults.subjects(reading, plain), words, is_change=is_change)
        except NotFound:
            postmortems.require_member(request.person, subject=_SUBJECT)  # a guest is not told which there are
            raise
    if is_change:
        await _choose(subject, mentions.users, request, desk)
    async with desk.reader() as reading:
        found = await defaults.of_subject(reading, subject)
    return chosen_card(found, is_new=is_change)


async def _choose(subject: Subject, slack_ids: Sequence[str], request: Request, desk: Desk) -> None:
    ids = [(await desk.people.person(each)).id for each in slack_ids]
    async with desk.units.begin(request.person, key=request.key) as unit:
        await set_default(unit, subject, ids)
        unit.outcome = f"the reviewers of {subject.name} are chosen"


def _named(words: str, offered: Sequence[Subject], typed: str, *, is_change: bool) -> Subject:
    """The team or service that the words mean; of two of the same name the team, unless the words say which.

    Raises:
        NotFound: none, or several, or a slip of the finger where something is to change; what may be meant is offered.
    """
    kind = typed.lower().partition(" ")[0] if typed.lower().startswith(KINDS) else ""
    fitting = [each for each in offered if not kind or each.is_team is (kind == "team")]
    by_name: dict[str, Subject] = {}
    for each in fitting:
        by_name.setdefault(each.name, each)
    match find(words, list(by_name)):
        case Match(name, guessed):
            if not (guessed and is_change):
                return by_name[name]
            likely: Sequence[str] = [name]
        case Ambiguous(names) | NoMatch(names):
            likely = names
    raise NotFound(f"There is no team or service “{words}”." + (" There are these:" if likely else ""), list(likely))
