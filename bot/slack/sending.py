"""Telling: the one sender of a process. It takes what is due, renders it from the state of that moment, and posts it.

No transaction is open while Slack is being talked to. A message carries its delivery's id in its metadata: one that a
vanished sender may have posted is looked for by that id where we may read (direct messages), and else sent again and
counted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import ClientError
from prometheus_client import Counter
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.queries.reading import Reader, Reading
from bot.slack.cards.blocks import Card, context
from bot.slack.ids import MessageType
from bot.slack.pacing import Pace
from bot.usecases.deliveries import settle
from bot.usecases.deliveries.claim import Claimed, claim
from bot.usecases.unit import Units

log = structlog.get_logger(__name__)
SENT = Counter("watchbill_deliveries", "Messages handed to Slack, by kind and what became of them", ["kind", "result"])
REPEATED = Counter("watchbill_deliveries_repeated", "Messages sent again that may have reached Slack before", ["kind"])

REFUSED_BY_CHANNEL = frozenset(
    {"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "restricted_action_read_only_channel"}
)
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
MAY_HEAL = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(minutes=15)
LOOK_AGAIN = timedelta(seconds=5)
HISTORY_READ = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A delivery rendered: the card, the message it answers in a thread, and who hears of it if the channel refuses."""

    card: Card
    thread_ts: str | None = None
    channel: str | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class NotYet:
    """Something else has to be told first."""


Rendering = Callable[[Reading, Claimed], Awaitable[Told | NotYet | None]]
"""What a kind of message looks like now; None when there is nothing to tell any more."""


class Sender:
    """Sends what is due. `renderings` has one entry for each kind of message."""

    def __init__(
        self, client: AsyncWebClient, reader: Reader, units: Units, renderings: Mapping[str, Rendering]
    ) -> None:
        self._client = client
        self._reader = reader
        self._units = units
        self._renderings = renderings
        self._pace = Pace(per_second=1, burst=8)

    async def send_due(self) -> int:
        """Send one batch of what is due; answers how many were taken up. What fails is settled as a row, not raised."""
        async with self._units.begin(None) as unit:
            batch = await claim(unit)
        by_recipient: dict[str, list[Claimed]] = {}
        for claimed in batch:
            by_recipient.setdefault(claimed.recipient, []).append(claimed)
        await asyncio.gather(*(self._send_in_order(queue) for queue in by_recipient.values()))
        return len(batch)

    async def _send_in_order(self, queue: list[Claimed]) -> None:
        for claimed in queue:
            await self._send(claimed)

    async def _send(self, claimed: Claimed) -> None:
        async with self._reader() as reading:
            told = await self._renderings[claimed.kind](reading, claimed)
        if told is None:
            await self._settle(settle.dropped, claimed)
            return
        if isinstance(told, NotYet):
            await self._settle(settle.postponed, claimed, wait=timedelta(seconds=1), why="not yet", counted=False)
            return
        try:
            channel, ts = await self._into_slack(claimed, told)
        except SlackApiError as error:
            await self._refused(claimed, told, error)
        except (TimeoutError, ClientError) as error:
            SENT.labels(claimed.kind, "unanswered").inc()
            await self._settle(settle.uncertain, claimed, wait=LOOK_AGAIN, why=f"no answer: {type(error).__name__}")
        else:
            SENT.labels(claimed.kind, "sent").inc()
            await self._settle(settle.sent, claimed, revision=claimed.revision, channel=channel, ts=ts)

    async def _into_slack(self, claimed: Claimed, told: Told) -> tuple[str, str]:
        """Edit the message where it stands, or post it; answers where it stands now."""
        if claimed.channel and claimed.ts:
            await self._client.chat_update(
                channel=claimed.channel, ts=claimed.ts, metadata=_metadata(claimed), **told.card.payload
            )
            return claimed.channel, claimed.ts
        if claimed.forsaken:
            found = await self._looked_for(claimed)
            if found:
                return found
            REPEATED.labels(claimed.kind).inc()
        return await self._post(told.channel or claimed.recipient, claimed, told.card, thread_ts=told.thread_ts)

    async def _post(self, channel: str, claimed: Claimed, card: Card, *, thread_ts: str | None) -> tuple[str, str]:
        await self._pace.wait(channel)
        answer = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            metadata=_metadata(claimed),
            unfurl_links=False,
            unfurl_media=False,
            **card.payload,
        )
        return answer["channel"], answer["ts"]

    async def _looked_for(self, claimed: Claimed) -> tuple[str, str] | None:
        """The message of this delivery, if it reached the direct messages of its recipient before."""
        if not claimed.recipient.startswith(("U", "W")):
            return None
        opened = await self._client.conversations_open(users=claimed.recipient)
        channel = opened["channel"]["id"]
        history = await self._client.conversations_history(
            channel=channel, limit=HISTORY_READ, include_all_metadata=True
        )
        for message in history["messages"]:
            if message.get("metadata", {}).get("event_payload", {}).get("delivery_id") == claimed.id:
                return channel, message["ts"]
        return None

    async def _refused(self, claimed: Claimed, told: Told, error: SlackApiError) -> None:
        problem = str(error.response.get("error", "")) or f"HTTP {error.response.status_code}"
        SENT.labels(claimed.kind, problem).inc()
        if problem == "ratelimited" or error.response.status_code == 429:
            seconds = int(error.response.headers.get("Retry-After", 1))
            await self._settle(
                settle.postponed, claimed, wait=timedelta(seconds=seconds), why="rate limit", counted=False
            )
        elif problem in GONE and claimed.ts:
            await self._settle(settle.lost, claimed)
        elif problem in REFUSED_BY_CHANNEL and told.instead and claimed.ts is None:
            await self._tell_instead(claimed, told, problem)
        elif (problem in MAY_HEAL or error.response.status_code >= 500) and claimed.attempts < MOST_ATTEMPTS:
            wait = min(timedelta(seconds=2**claimed.attempts), LONGEST_WAIT)
            await self._settle(settle.postponed, claimed, wait=wait, why=problem)
        else:
            log.error("message not told", kind=claimed.kind, recipient=claimed.recipient, problem=problem)
            await self._settle(settle.failed, claimed, why=problem)

    async def _tell_instead(self, claimed: Claimed, told: Told, problem: str) -> None:
        """The channel refused: the person gets it by direct message, with the way to mend that."""
        assert told.instead  # noqa: S101  checked by the caller
        note = context(f"{_why_not(problem)} in <#{claimed.recipient}>, so it came here.")
        card = Card(told.card.text, (*told.card.blocks, note))
        try:
            channel, ts = await self._post(told.instead, claimed, card, thread_ts=None)
        except (SlackApiError, TimeoutError, ClientError) as error:
            await self._settle(settle.uncertain, claimed, wait=LOOK_AGAIN, why=f"{problem}, then {error}")
        else:
            await self._settle(settle.sent, claimed, revision=claimed.revision, channel=channel, ts=ts)

    async def _settle(self, how: Callable[..., Awaitable[None]], claimed: Claimed, **facts: Any) -> None:
        async with self._units.begin(None) as unit:
            await how(unit, claimed.id, **facts)


def _metadata(claimed: Claimed) -> dict[str, Any]:
    return {"event_type": MessageType.DELIVERY, "event_payload": {"delivery_id": claimed.id}}


def _why_not(problem: str) -> str:
    if problem == "is_archived":
        return "This could not be posted, because the channel is archived,"
    if problem.startswith("restricted_action"):
        return "Watchbill is not allowed to post"
    return "Watchbill is not a member yet (`/invite @watchbill`)"
