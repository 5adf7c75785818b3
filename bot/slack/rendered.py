"""What a delivery is once it is rendered: a message, a Home tab, an answer, something to be seen to, or not yet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.queries.reading import Reading
from bot.slack.cards.blocks import Block, Card, context
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.unit import Units


@dataclass(frozen=True, slots=True)
class Told:
    """A delivery rendered: the card, the message it answers in a thread, and who hears of it if the channel refuses.

    `instead` gets this very message. `instead_each` get one each, of the same kind and subject, with the details
    `{"channel", "problem"}`: it is rendered for each of them, and `in_place_of` says where it belongs.
    """

    card: Card
    thread_ts: str | None = None
    channel: str | None = None
    instead: str | None = None
    instead_each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A delivery rendered as a view: the recipient's Home tab from now on."""

    view: Block


@dataclass(frozen=True, slots=True)
class Replied:
    """A delivery rendered as an answer, by the response URL that came with the question; no URL: by direct message.

    With `replace` it takes the place of the message from which was asked.
    """

    card: Card
    url: str
    replace: bool


@dataclass(frozen=True, slots=True)
class NotYet:
    """Not before an instant, or without one: something else has to be told first."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arranged:
    """A delivery that is no message but something to be seen to in Slack: `carry_out` does so, whenever it is asked.

    It answers the channel that came of it and what that is called, None where nothing did and no more is to be tried.
    It raises what Slack answers where trying again may help.
    """

    carry_out: Callable[[AsyncWebClient, Units], Awaitable[tuple[str, str] | None]]


Rendering = Callable[[Reading, Claimed], Awaitable[Told | Published | Replied | Arranged | NotYet | None]]
"""What a kind of message looks like now; None when there is nothing to tell any more."""


def is_direct(recipient: str) -> bool:
    """Whether this id of Slack's is of a person or of their direct messages, which we may read."""
    return recipient.startswith(("U", "W", "D"))


def by_direct_message(claimed: Claimed, told: Told, problem: str) -> Told:
    """The channel refused: the person `instead` gets it by direct message, with the way to mend that."""
    return Told(in_place_of(told.card, channel=claimed.recipient, problem=problem), channel=told.instead)


def in_place_of(card: Card, *, channel: str, problem: str) -> Card:
    """The card as somebody gets it by direct message because a channel refused it, with the way to mend that."""
    return with_note(card, channel, _why_not(problem))


def with_note(card: Card, channel: str, why: str) -> Card:
    """The card with the reason why it stands here."""
    return Card(card.text, (*card.blocks, context(f"This belongs in <#{channel}>, but {why}, so you get it here.")))


def _why_not(problem: str) -> str:
    if problem == "is_archived":
        return "that channel is archived"
    if problem.startswith("restricted_action"):
        return "Watchbill is not allowed to post there; the channel's posting permissions say who is"
    return "Watchbill is not in it yet; `/invite @watchbill` there lets it post"
