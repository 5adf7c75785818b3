"""Who may say which schedules belong to a channel, and what counts as a channel."""

from __future__ import annotations

from bot.engines.lifecycle.permissions import require
from bot.errors import Mistake
from bot.queries.links import is_direct_message
from bot.queries.people import Person
from bot.usecases.roles import roles_in
from bot.vocabulary import Verb

NO_CHANNEL = "A schedule is linked to a channel, not to direct messages. Type `/oncall link` in the channel instead."


def require_link(person: Person) -> None:
    """Let members of the workspace pass.

    Raises:
        NotAllowed: an outsider asks.
    """
    require(Verb.LINK_CHANNEL, roles_in(person), subject="")


def require_channel(channel: str) -> None:
    """Let channels pass, by Slack's id.

    Raises:
        Mistake: it is a direct message, or nothing at all.
    """
    if not channel or is_direct_message(channel):
        raise Mistake(NO_CHANNEL)
