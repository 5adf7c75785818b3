"""The families of errors as cards: the one place where Slack's side turns what went wrong into words."""

from __future__ import annotations

from uuid import uuid4

import structlog

from bot.errors import AlreadyDone, Mistake, NotFound, Unavailable
from bot.slack.cards.blocks import Card
from bot.slack.cards.sentences import failure_card, mistake_card

log = structlog.get_logger(__name__)


def explain(error: BaseException, *, line: str = "") -> Card:
    """What to show for an error. `line` is the command and verb (`/oncall now`), for offers of the nearest match."""
    match error:
        case NotFound():
            return mistake_card(error.sentence, tuple(_whole(line, words) for words in error.nearest) if line else ())
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


def _whole(line: str, words: str) -> str:
    """A command line that was meant: whole as it is, or what follows the command and verb that were typed."""
    return words if words.startswith("/") else f"{line} {words}"
