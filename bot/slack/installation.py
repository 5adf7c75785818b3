"""The workspace we are installed in, as Slack names it once at the start."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_slack_response import AsyncSlackResponse


class Installation:
    """Unknown until Slack has answered and the database is known to be this workspace's; nobody is served before."""

    def __init__(self) -> None:
        self.authorization: AuthorizeResult | None = None
        self._known = asyncio.Event()

    async def is_known(self, *, within_seconds: float) -> bool:
        """Whether requests may be served; True as soon as they may, False when the time is up."""
        try:
            async with asyncio.timeout(within_seconds):
                return await self._known.wait()
        except TimeoutError:
            return False

    def learn(self, answer: AsyncSlackResponse, *, bot_token: str) -> None:
        """Take over what `auth.test` answered to that token."""
        self.authorization = AuthorizeResult.from_auth_test_response(bot_token=bot_token, auth_test_response=answer)
        self._known.set()

    def is_foreign(self, user: dict[str, Any]) -> bool:
        """Whether Slack's user object is of a person of a connected workspace (Slack Connect).

        Who is in another workspace of our own Enterprise organisation is none; nor is one of whom Slack names no
        workspace.
        """
        ours = self.authorization
        team, enterprise = user.get("team_id"), (user.get("enterprise_user") or {}).get("enterprise_id")
        if ours and enterprise and enterprise == ours.enterprise_id:
            return False
        return bool(team) and (ours is None or team != ours.team_id)
