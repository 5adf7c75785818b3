"""Everybody in the workspace, read from Slack page by page in the background; no command ever waits for it."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Unavailable
from bot.queries.reading import Clock
from bot.slack.people import STALE_AFTER, People
from bot.slack.refusals import TOO_MANY, problem_of, retry_after

log = structlog.get_logger(__name__)
PAGE = 200
BETWEEN_PAGES = timedelta(seconds=4)
"""Slack allows `users.list` about twenty times a minute; a workspace of 5,000 is read in less than two minutes."""
EVERY = STALE_AFTER - timedelta(hours=1)
"""Sooner than anybody counts as long unseen, so that no command has to ask about somebody known."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
"""After a failure, doubled with each that follows it."""


class Directory:
    """Reads `users.list` once a day. Pages read are kept at once; after a failure it goes on with the next one.

    `client` must not repeat a call by itself: how long to wait is decided here.
    """

    def __init__(self, client: AsyncWebClient, people: People, clock: Clock) -> None:
        self._client = client
        self._people = people
        self._clock = clock
        self._cursor = ""
        self._due: datetime | None = None
        self._wait = FIRST_WAIT

    async def read_due(self) -> datetime:
        """Read and keep one page if it is time for one; answers when it is time for the next.

        A Slack or a database that fails is logged and asked again later; nothing of either is raised.
        """
        if self._due and self._due > self._clock():
            return self._due
        try:
            self._cursor = await self._read_page(self._cursor)
        except Exception as error:  # whatever it was, it must not come back at once and for ever
            self._due = self._clock() + self._wait_after(error)
            return self._due
        self._wait = FIRST_WAIT
        self._due = self._clock() + (BETWEEN_PAGES if self._cursor else EVERY)
        return self._due

    async def _read_page(self, cursor: str) -> str:
        """Read and keep the page that a cursor stands for; answers the cursor of the next, empty after the last."""
        answer = await self._client.users_list(cursor=cursor, limit=PAGE)
        try:
            await self._people.learn_all(answer.get("members") or [])
        except Unavailable:
            raise
        except Exception:  # a page that cannot be kept, today or ever, must not hold up those behind it
            log.exception("page of people not kept")
        return str((answer.get("response_metadata") or {}).get("next_cursor") or "")

    def _wait_after(self, error: Exception) -> timedelta:
        problem = problem_of(error) if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("people not read", problem=problem)
        if isinstance(error, SlackApiError) and problem in TOO_MANY:
            return retry_after(error)
        if problem == "invalid_cursor":
            self._cursor = ""
        wait, self._wait = self._wait, min(self._wait * 2, LONGEST_WAIT)
        return wait
