"""Who may page, and who may answer alerts."""

from __future__ import annotations

from bot.engines.lifecycle.permissions import require
from bot.queries.people import Person
from bot.usecases.roles import roles_in
from bot.vocabulary import Verb


def require_page(person: Person) -> None:
    """Let members of the workspace pass, before a form opens.

    Raises:
        NotAllowed: an outsider asks.
    """
    require(Verb.PAGE, roles_in(person), subject="")


def require_answer(person: Person) -> None:
    """The same for whoever wants to do something about an alert, or to read of it.

    Raises:
        NotAllowed: an outsider asks.
    """
    require(Verb.ANSWER_ALERT, roles_in(person), subject="")
