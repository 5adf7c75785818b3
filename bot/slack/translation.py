"""The families of errors as cards: the one place where Slack's side turns what went wrong into words."""

from __future__ import annotations

from uuid import uuid4

import structlog

from bot.errors import AlreadyDone, Mistake, NotFound, Unavailable
from bot.escaping import mrkdwn
from bot.slack.cards.blocks import Card
from bot.slack.cards.sentences import failure_card, mistake_card
from bot.slack.words.references import is_reference, without_reference

log = structlog.get_logger(__name__)


def explain(error: BaseException, *, line: str = "", words: str = "") -> Card:
    """What to show for an error.

    `line` is the command and verb (`/oncall now`), for offers of the nearest match; `words` what followed, as Slack
    sent it.
    """
    match error:
        case NotFound():
            offers = tuple(_whole(line, nearest, words) for nearest in error.nearest) if line else ()
            return mistake_card(error.sentence, offers)
        case Mistake():
            return mistake_card(error.sentence)
        case AlreadyDone():
            return mistake_card(f"That was done already{error.outcome and f': {error.outcome}'}.")
        case Unavailable():
            return mistake_card(f"{error} Nothing was changed; please try again in a minute.")
        case _:
            reference = uuid4().hex[:8]
            log.error("unforeseen", reference=reference, exc_info=error)
            return failure_card(reference)


def _whole(line: str, nearest: str, words: str) -> str:
    """A command line that was meant, as Slack would send it: whole as it is, or behind the command and verb typed.

    Where the number of a postmortem alone was wrong, the other words stay.
    """
    if nearest.startswith("/"):
        return nearest
    others = without_reference(words) if is_reference(nearest) else ""
    return " ".join(part for part in (line, mrkdwn(nearest), others) if part)
