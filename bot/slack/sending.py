"""Telling: the one sender of a process. It takes what is due, renders it from the state of that moment, and posts it.

No transaction is open while Slack is being talked to. A message carries its delivery's id in its metadata: one that
may be in Slack already (its sender vanished, or Slack did not answer) is looked for by that id where we may read
(direct messages) and brought up to date there, and elsewhere sent again and counted.

What goes to one recipient goes in order: a message that has to wait holds up those behind it, but not what goes to
others (slack/queues.py). What wakes people comes first. An edit has no place in that order: one that has to wait holds
up nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog
from aiohttp import ClientConnectorError, ClientError
from prometheus_client import Counter
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Unavailable
from bot.queries.deliveries import AtHand
from bot.queries.reading import Reader
from bot.slack.cards.blocks import Card
from bot.slack.ids import MessageType
from bot.slack.pacing import Pace
from bot.slack.queues import Queues
from bot.slack.reaching import CANNOT_HEAL
from bot.slack.refusals import TOO_MANY, problem_of, retry_after
from bot.slack.rendered import (
    Arranged,
    NotYet,
    Published,
    Rendering,
    Replied,
    Told,
    by_direct_message,
    is_direct,
    with_note,
)
from bot.usecases.deliveries import settle
from bot.usecases.deliveries.claim import Claimed, claim, claim_home
from bot.usecases.messages import WAKING, MessageKind
from bot.usecases.unit import Units

log = structlog.get_logger(__name__)
SENT = Counter("watchbill_deliveries", "Messages handed to Slack, by kind and what became of them", ["kind", "result"])
REPEATED = Counter("watchbill_deliveries_repeated", "Messages sent again that may have reached Slack before", ["kind"])

REFUSED_BY_CHANNEL = frozenset(
    {"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "restricted_action_read_only_channel"}
)
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
MAY_HEAL = frozenset(
    {
        *("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"),
        *("cannot_reply_to_message", "thread_not_found"),  # the card was deleted by hand; its next edit makes a new one
    }
)
FOR_THE_OPERATOR = CANNOT_HEAL | {
    *("access_denied", "ekm_access_denied", "enterprise_is_restricted", "missing_scope", "no_permission"),
    *("org_login_required", "team_access_not_granted", "two_factor_setup_required"),
}
"""What Slack's page of chat.postMessage says of our token and workspace, `account_inactive` too, not of a recipient."""
MOST_ATTEMPTS = 12
HOLDING_ATTEMPTS = 6
"""How many failures of one message, about a minute, the messages behind it wait for."""
LONGEST_WAIT = timedelta(minutes=15)
OPERATORS_ATTEMPTS = 5
"""How many waits for an operator are counted: up to the longest, and never so many that the message is given up."""
A_MOMENT = timedelta(seconds=1)
LOOK_AGAIN = timedelta(seconds=5)
"""Until a message that Slack did not answer for can be found, if it was taken."""
LONGEST_SENDING = timedelta(seconds=30)
"""Looking for a message and posting it, at Slack's slowest: what a lease must still be good for."""
LONGEST_CALL = timedelta(seconds=15)
"""Posting it alone."""
HISTORY_READ, THREAD_READ = 50, 1000
SENT_AT_ONCE = 20
RENDERED_AT_ONCE = 4
"""Of all that is in hand: whoever asks something meanwhile is answered between them."""
HOMES_AT_ONCE = 4
EVERY_HOME = "every Home tab"
"""Their pace is that of the method, whoever they belong to."""


class _NoTurn(Exception):
    """It cannot be sent in good time; after `wait` there is a turn."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


class Answering(Protocol):
    """Gives answers, as slack/answering.py does: sooner or later, in one way or another."""

    async def give(self, card: Card, *, url: str, slack_id: str, replace: bool) -> bool:
        """Answer that person."""


class Sender:
    """Sends what is due. `renderings` has one entry for each kind of message; `answers` gives those that are answers.

    `pace` is Slack's own by default.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        reader: Reader,
        units: Units,
        renderings: Mapping[str, Rendering],
        *,
        answers: Answering,
        pace: Pace | None = None,
    ) -> None:
        self._client = client
        self._answers = answers
        self._reader = reader
        self._units = units
        self._renderings = renderings
        self._pace = pace or Pace(per_second=1, burst=8)
        self._home_pace = Pace(per_second=1.5, burst=HOMES_AT_ONCE)
        self._rendering = asyncio.Semaphore(RENDERED_AT_ONCE)
        self._queues = Queues(hands=SENT_AT_ONCE)
        self._held_up: dict[str, datetime] = {}
        self._edits_held_up: datetime | None = None

    def on_free(self, listener: Callable[[], None]) -> None:
        """Call this whenever more can be taken up."""
        self._queues.on_free(listener)

    def at_hand(self) -> AtHand:
        """What can be taken up now. What wakes people always can, unless they are being told something."""
        home_waits = self.seconds_until_home() > 0
        return AtHand(
            kinds=None if self._queues.free_hands else WAKING,
            besides=frozenset({MessageKind.HOME}) if home_waits else frozenset(),
            not_to=self._queues.recipients,
            edits=self.seconds_until_edits() == 0,
        )

    async def send_due(self) -> int:
        """Begin to send what is due and at hand, some of it; answers how much was taken up.

        What fails is settled as a row. Where the database cannot be asked, what could not be written down comes back
        when its lease ends.

        Raises:
            Unavailable: the database cannot be asked what is due.
        """
        if self._queues.is_stopping:
            return 0
        async with self._units.begin(None) as unit:
            batch = await claim(unit, self.at_hand(), limit=self._queues.free_hands or SENT_AT_ONCE)
        by_recipient: dict[str, list[Claimed]] = {}
        for claimed in batch:
            by_recipient.setdefault(claimed.recipient, []).append(claimed)
        for recipient, queue in by_recipient.items():
            self._queues.begin(recipient, partial(self._send_in_order, recipient, queue))
        return len(batch)

    async def settled(self) -> None:
        """Return when nothing is in hand."""
        await self._queues.settled()

    async def stop(self) -> None:
        """Finish what is being sent, and give back what is not begun: whoever comes next takes it up at once."""
        await self._queues.stop()

    def seconds_until_edits(self) -> float:
        """How long until Slack takes edits again."""
        if self._edits_held_up is None:
            return 0
        return max(0.0, (self._edits_held_up - self._reader.now()).total_seconds())

    def seconds_until_home(self) -> float:
        """How long until one more Home tab may be published that nobody has just opened.

        Whatever changes meanwhile is shown by the same publishing.
        """
        return self._home_pace.seconds_until_room(EVERY_HOME, now=asyncio.get_running_loop().time())

    async def publish_home(self, person_id: str) -> None:
        """Publish somebody's Home tab, if it is due, without waiting for the messages to others: they look at it."""
        async with self._units.begin(None) as unit:
            batch = await claim_home(unit, person_id)
        for claimed in batch:
            await self._send(claimed)

    async def _send_in_order(self, recipient: str, queue: Sequence[Claimed]) -> None:
        for place, claimed in enumerate(queue):
            wait = timedelta(0) if self._queues.is_stopping else self._must_wait(claimed)
            if wait is not None:
                await self._return(queue[place:], wait)
                return
            wait = await self._send(claimed)
            if wait is not None:
                self._held_up[recipient] = self._reader.now() + wait

    def _must_wait(self, claimed: Claimed) -> timedelta | None:
        """How long nothing may go to its recipient yet; no time at all where only the lease has become too short."""
        now = self._reader.now()
        if self._held_up.get(claimed.recipient, now) > now:
            return self._held_up[claimed.recipient] - now
        self._held_up.pop(claimed.recipient, None)
        return timedelta(0) if now + LONGEST_SENDING > claimed.lease_until else None

    async def _return(self, queue: Sequence[Claimed], wait: timedelta) -> None:
        for claimed in queue:
            await self._settle(settle.returned, claimed, claimed=claimed, wait=wait)

    async def _send(self, claimed: Claimed) -> timedelta | None:
        """Send one; answers how long it holds up what goes to the same recipient after it."""
        try:
            async with self._rendering, self._reader() as reading:
                told = await self._renderings[claimed.kind](reading, claimed)
        except Unavailable:
            raise
        except Exception as error:  # one message that cannot be rendered must not hold up all others
            log.exception("message not rendered", kind=claimed.kind, delivery=claimed.id)
            await self._again(claimed, why=type(error).__name__, in_doubt=claimed.forsaken)
            return None
        if told is None:
            await self._settle(settle.dropped, claimed, revision=claimed.revision)
            return None
        if isinstance(told, NotYet):
            wait = told.until - self._reader.now() if told.until else A_MOMENT
            await self._later(claimed, wait, why="not yet", in_doubt=claimed.forsaken, counted=False)
            return None
        if isinstance(told, Replied):
            await self._reply(claimed, told)
            return None
        return await self._tell(claimed, told)

    async def _reply(self, claimed: Claimed, reply: Replied) -> None:
        """Such an answer is edited by nobody: where it stands needs not be known."""
        await self._answers.give(reply.card, url=reply.url, slack_id=claimed.recipient, replace=reply.replace)
        SENT.labels(claimed.kind, "answered").inc()
        await self._settle(settle.sent, claimed, revision=claimed.revision, channel=claimed.recipient, ts="")

    async def _tell(self, claimed: Claimed, told: Told | Published | Arranged) -> timedelta | None:
        try:
            place = await self._into_slack(claimed, told)
        except _NoTurn as error:
            return await self._later(claimed, error.wait, why="no turn", in_doubt=claimed.forsaken, counted=False)
        except SlackApiError as error:
            return await self._not_taken(claimed, told, error)
        except (TimeoutError, ClientError) as error:
            SENT.labels(claimed.kind, "unanswered").inc()
            never_left = isinstance(error, ClientConnectorError)
            return await self._later(
                claimed,
                max(_back_off(claimed.attempts), LOOK_AGAIN),
                why=f"no answer: {type(error).__name__}",
                in_doubt=claimed.forsaken or not never_left,
            )
        SENT.labels(claimed.kind, "sent" if place else "refused").inc()
        if place is None:
            await self._settle(settle.dropped, claimed, revision=claimed.revision)
            return None
        channel, ts = place
        await self._settle(settle.sent, claimed, revision=claimed.revision, channel=channel, ts=ts)
        return None

    async def _not_taken(
        self, claimed: Claimed, told: Told | Published | Arranged, error: SlackApiError
    ) -> timedelta | None:
        """Tell somebody else where the channel refuses; answers how long it holds up what goes there after it."""
        problem = problem_of(error)
        SENT.labels(claimed.kind, problem).inc()
        is_refused = problem in REFUSED_BY_CHANNEL and not is_direct(claimed.recipient)
        if is_refused and isinstance(told, Told) and told.instead:
            by_dm = by_direct_message(claimed, told, problem)
            return await self._tell(replace(claimed, channel=None, ts=None), by_dm)
        if is_refused and isinstance(told, Told) and told.instead_each:
            await self._pass_on(claimed, told.instead_each, problem)
            return None
        wait = await self._refused(claimed, problem, error)
        if wait is not None and problem in TOO_MANY and claimed.ts and isinstance(told, Told):
            # Slack counts edits over all channels: there are none before it takes them again, but new messages go on.
            self._edits_held_up = self._reader.now() + wait
            return None
        return wait

    async def _into_slack(self, claimed: Claimed, told: Told | Published | Arranged) -> tuple[str, str] | None:
        """Edit the message where it stands, or post it; answers where it stands now. A view replaces the last one."""
        if isinstance(told, Arranged):
            return await told.carry_out(self._client, self._units)
        if isinstance(told, Published):
            self._home_pace.seconds_to_wait(EVERY_HOME, now=asyncio.get_running_loop().time())
            answer = await self._client.views_publish(user_id=claimed.recipient, view=told.view)
            return claimed.recipient, answer["view"]["id"]
        if claimed.channel and claimed.ts:
            card = told.card
            if is_direct(claimed.channel) and not is_direct(claimed.recipient) and not told.channel:
                card = with_note(card, claimed.recipient, "could not be posted there")
            await self._edit(claimed.channel, claimed.ts, claimed, card)
            return claimed.channel, claimed.ts
        channel = told.channel or claimed.recipient
        is_readable = is_direct(channel)
        if claimed.forsaken and is_readable and (found := await self._found(claimed, channel, told.thread_ts)):
            await self._edit(*found, claimed, told.card)
            return found
        place = await self._post(channel, claimed, told.card, thread_ts=told.thread_ts)
        if claimed.forsaken and not is_readable:
            REPEATED.labels(claimed.kind).inc()
            log.warning("message sent again", kind=claimed.kind, recipient=claimed.recipient, delivery=claimed.id)
        return place

    async def _post(self, channel: str, claimed: Claimed, card: Card, *, thread_ts: str | None) -> tuple[str, str]:
        await self._take_turn(channel, claimed)
        answer = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            metadata=metadata_of(claimed.id),
            unfurl_links=False,
            unfurl_media=False,
            **card.payload,
        )
        return answer["channel"], answer["ts"]

    async def _take_turn(self, channel: str, claimed: Claimed) -> None:
        """Return when one more message may go to the channel.

        Raises:
            _NoTurn: there is none before its lease is too short, or all is to be given back.
        """
        now = asyncio.get_running_loop().time()
        early = self._pace.seconds_until_room(channel, now=now)
        if self._reader.now() + timedelta(seconds=early) + LONGEST_CALL > claimed.lease_until:
            raise _NoTurn(timedelta(seconds=early))
        self._pace.seconds_to_wait(channel, now=now)
        if early > 0 and await self._queues.rest(early):
            raise _NoTurn(timedelta(0))

    async def _edit(self, channel: str, ts: str, claimed: Claimed, card: Card) -> None:
        await self._client.chat_update(channel=channel, ts=ts, metadata=metadata_of(claimed.id), **card.payload)

    async def _found(self, claimed: Claimed, channel: str, thread_ts: str | None) -> tuple[str, str] | None:
        """Where this delivery stands among the direct messages of a person, or in a thread there, if it does."""
        if not channel.startswith("D"):
            channel = (await self._client.conversations_open(users=channel))["channel"]["id"]
        if thread_ts:
            read = await self._client.conversations_replies(
                channel=channel, ts=thread_ts, limit=THREAD_READ, include_all_metadata=True
            )
        else:
            read = await self._client.conversations_history(
                channel=channel, limit=HISTORY_READ, include_all_metadata=True
            )
        for message in read["messages"]:
            if message.get("metadata", {}).get("event_payload", {}).get("delivery_id") == claimed.id:
                return channel, message["ts"]
        return None

    async def _refused(self, claimed: Claimed, problem: str, error: SlackApiError) -> timedelta | None:
        if problem in TOO_MANY:
            return await self._later(
                claimed, retry_after(error), why="rate limit", in_doubt=claimed.forsaken, counted=False
            )
        if problem in GONE:
            await self._settle(settle.lost, claimed)
            return None
        if problem in FOR_THE_OPERATOR:
            log.error("Slack refuses our token", problem=problem, kind=claimed.kind, recipient=claimed.recipient)
            return await self._later(
                claimed,
                min(timedelta(minutes=2 ** (min(claimed.attempts, OPERATORS_ATTEMPTS) - 1)), LONGEST_WAIT),
                why=problem,
                in_doubt=claimed.forsaken,
                counted=claimed.attempts <= OPERATORS_ATTEMPTS,
            )
        if problem in MAY_HEAL or problem.startswith("HTTP "):
            # Slack says of these that a part of the work may have been done.
            return await self._again(claimed, why=problem, in_doubt=True)
        await self._give_up(claimed, problem)
        return None

    async def _again(self, claimed: Claimed, *, why: str, in_doubt: bool) -> timedelta | None:
        """Try it again later, each time after a longer wait, until it was tried often enough."""
        if claimed.attempts >= MOST_ATTEMPTS:
            await self._give_up(claimed, why)
            return None
        wait = await self._later(claimed, _back_off(claimed.attempts), why=why, in_doubt=in_doubt)
        return wait if claimed.attempts <= HOLDING_ATTEMPTS else None

    async def _later(
        self, claimed: Claimed, wait: timedelta, *, why: str, in_doubt: bool, counted: bool = True
    ) -> timedelta:
        how = settle.uncertain if in_doubt else settle.postponed
        await self._settle(how, claimed, wait=wait, why=why, counted=counted)
        return wait

    async def _pass_on(self, claimed: Claimed, people: Sequence[str], problem: str) -> None:
        log.warning(
            "channel refuses, its people are told", kind=claimed.kind, channel=claimed.recipient, problem=problem
        )
        await self._settle(settle.passed_on, claimed, claimed=claimed, people=people, why=problem)

    async def _give_up(self, claimed: Claimed, problem: str) -> None:
        log.error("message not told", kind=claimed.kind, recipient=claimed.recipient, problem=problem)
        SENT.labels(claimed.kind, "given up").inc()
        await self._settle(settle.failed, claimed, revision=claimed.revision, why=problem)

    async def _settle(self, how: Callable[..., Awaitable[None]], held: Claimed, **facts: Any) -> None:
        async with self._units.begin(None) as unit:
            await how(unit, held.id, **facts)


def metadata_of(delivery_id: str) -> dict[str, Any]:
    """What a message carries along, by which it is found again."""
    return {"event_type": MessageType.DELIVERY, "event_payload": {"delivery_id": delivery_id}}


def _back_off(attempts: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_WAIT)
