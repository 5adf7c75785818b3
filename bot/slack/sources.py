"""The messages of channels, read where the operator grants it (`HISTORY=on`): one of them, or a whole thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFound, Unavailable
from bot.slack.refusals import problem_of

log = structlog.get_logger(__name__)
MOST_OF_A_THREAD = 200
PAGE = 100
NOT_IN_CHANNEL = frozenset({"not_in_channel", "channel_not_found"})
NO_SUCH_MESSAGE = frozenset({"thread_not_found", "message_not_found"})
TOMBSTONE = "tombstone"
"""Slack's subtype of what stands in the place of a deleted message that has replies."""
Message = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages of a thread in their order, its first one included; `goes_on`: there are more of them."""

    messages: tuple[Message, ...]
    goes_on: bool


class Sources:
    """Reads messages. Where a scope is not granted it says so once in the log, and answers with nothing."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._has_complained = False

    async def message(self, channel: str, ts: str) -> Message | None:
        """The message of that time, in a thread or not; None where it is gone, or may not be read.

        Raises:
            NotFound: the bot is not in the channel.
            Unavailable: Slack does not answer.
        """
        read = await self._read("conversations.history", channel=channel, latest=ts, inclusive=True, limit=1)
        found = [each for each in read if each.get("ts") == ts]
        if not found:
            # Of a reply Slack answers with the reply alone, or with the first message of its thread before it.
            read = await self._read("conversations.replies", channel=channel, ts=ts, oldest=ts, inclusive=True, limit=2)
            found = [each for each in read if each.get("ts") == ts]
        return next((each for each in found if each.get("subtype") != TOMBSTONE), None)

    async def thread(self, channel: str, thread_ts: str) -> Thread:
        """The first MOST_OF_A_THREAD messages of a thread, page by page; empty where it may not be read.

        Raises:
            NotFound, Unavailable: as `message`.
        """
        messages: dict[str, Message] = {}
        cursor: str | None = None
        while len(messages) < MOST_OF_A_THREAD:
            page = await self._page(
                "conversations.replies",
                channel=channel,
                ts=thread_ts,
                limit=PAGE,
                **({"cursor": cursor} if cursor else {}),
            )
            messages |= {str(each["ts"]): each for each in page.get("messages", ())}
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        kept = [messages[ts] for ts in sorted(messages)][:MOST_OF_A_THREAD]
        whole = tuple(each for each in kept if each.get("subtype") != TOMBSTONE)
        return Thread(whole, goes_on=bool(cursor) or len(messages) > len(kept))

    async def address(self, channel: str, ts: str) -> str:
        """The permalink of a message; empty where Slack tells none now."""
        try:
            return str((await self._client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("no permalink", problem=type(error).__name__)
            return ""

    async def _read(self, method: str, **arguments: Any) -> list[Message]:
        return list((await self._page(method, **arguments)).get("messages", ()))

    async def _page(self, method: str, **arguments: Any) -> Message:
        call = (
            self._client.conversations_history
            if method == "conversations.history"
            else self._client.conversations_replies
        )
        try:
            answer = await call(**arguments)
        except SlackApiError as error:
            problem = problem_of(error)
            if problem == "missing_scope":
                self._complain(method, error)
                return {}
            if problem in NOT_IN_CHANNEL:
                sentence = "I am not in that channel, so I cannot read it. Invite me, and try again."
                raise NotFound(sentence) from error
            if problem in NO_SUCH_MESSAGE:
                return {}
            raise Unavailable("Slack does not show that message at the moment.") from error
        except (ClientError, TimeoutError) as error:
            raise Unavailable("Slack does not show that message at the moment.") from error
        read: Message = answer.data if isinstance(answer.data, dict) else {}
        return read

    def _complain(self, method: str, error: SlackApiError) -> None:
        if not self._has_complained:
            self._has_complained = True
            said = getattr(error.response, "data", error.response)
            needed = said.get("needed", "") if isinstance(said, dict) else ""
            log.warning("HISTORY is on, but a scope is not granted: install the app anew", method=method, needed=needed)
