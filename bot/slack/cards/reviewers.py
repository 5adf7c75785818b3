"""`/postmortem reviewers`: who reviews what, unless somebody else is named. Nobody is mentioned in it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.escaping import mrkdwn_within
from bot.queries.reviewers import DefaultReviewers
from bot.slack.cards.blocks import TEXT_LIMIT, Card, context, section
from bot.slack.cards.people import named
from bot.slack.cards.sentences import listed

ROWS = 20
NAME_CHARACTERS = 150
HOW = (
    "They are proposed where a review is asked for and nobody was asked before: those of the affected services, "
    "else those of the team. `/postmortem reviewers <team or service> @name @name` chooses them, `nobody` lets go."
)


def reviewers_card(found: Sequence[DefaultReviewers]) -> Card:
    """Every team and service that has reviewers."""
    head = "Who reviews, unless somebody else is named" if found else "Nobody reviews by default yet"
    rows = [_row(each) for each in found[:ROWS]]
    text = mrkdwn_within("; ".join(f"{each.subject.name}: {_plain(each)}" for each in found[:ROWS]), TEXT_LIMIT)
    more = [context(f"{len(found) - ROWS} more")] if len(found) > ROWS else []
    blocks = (section(f"*{head}*"), *(section(row) for row in rows), *more, context(HOW))
    return Card(f"{head}: {text}" if found else f"{head}.", blocks)


def chosen_card(found: DefaultReviewers, *, is_new: bool) -> Card:
    """Those of one team or service; `is_new`: they were chosen just now."""
    whom, name = listed([named(each) for each in found.people]), mrkdwn_within(found.subject.called, NAME_CHARACTERS)
    words = "from now on, unless somebody else is named" if is_new else "unless somebody else is named"
    what = "what strikes" if not found.subject.is_team else "what concerns"
    if found.people:
        sentence = f"{whom} {'reviews' if len(found.people) == 1 else 'review'} {what} {name}, {words}."
    else:
        sentence = f"Nobody reviews {what} {name} by default{' any more' if is_new else ''}."
    return Card(sentence, (section(sentence), context(HOW)))


def _row(found: DefaultReviewers) -> str:
    people = listed([named(each) for each in found.people]) or "all of them have left"
    return f"*{mrkdwn_within(found.subject.called, NAME_CHARACTERS)}*: {people}"


def _plain(found: DefaultReviewers) -> str:
    return ", ".join(each.name for each in found.people)
