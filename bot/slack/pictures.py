"""Pictures in Slack: drawn, uploaded, and then shown by their id.

An upload works in every set-up; an address from which Slack would fetch an image does not, where the bot has none that
others reach. No channel is named: the file is the bot's own, and seen where a message shows it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Unavailable
from bot.slack.refusals import problem_of
from bot.slack.rendering import rendered
from bot.slack.uploads import upload

log = structlog.get_logger(__name__)
_MOST_KEPT = 64


class Pictures:
    """Shows pictures. One is drawn at a time: somebody waits for each, but everybody waits for the machine."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._drawing = asyncio.Lock()
        self._uploaded: OrderedDict[str, str] = OrderedDict()

    async def file_of(self, svg: str, *, name: str, title: str) -> str | None:
        """The id in Slack of that picture; the same one is uploaded once.

        None where it cannot be had: Slack refuses it (an app installed before there were pictures lacks the scope
        until it is installed again), or it cannot be drawn. The log says why; whoever asked is answered in words.
        """
        async with self._drawing:
            if svg in self._uploaded:
                self._uploaded.move_to_end(svg)
                return self._uploaded[svg]
            try:
                file_id = await upload(self._client, await rendered(svg), name=name, title=title)
            except SlackApiError as error:
                log.warning("picture not uploaded", problem=problem_of(error))
                return None
            except (Unavailable, ClientError, TimeoutError) as error:
                log.warning("picture not shown", problem=str(error) or type(error).__name__)
                return None
            self._uploaded[svg] = file_id
            while len(self._uploaded) > _MOST_KEPT:
                self._uploaded.popitem(last=False)
            return file_id


def shows_file(blocks: Iterable[Any]) -> bool:
    """Whether one of these blocks shows an uploaded picture."""
    return any("slack_file" in block for block in blocks)


def in_words(blocks: Iterable[Any]) -> list[Any]:
    """The blocks with what each uploaded picture says in its place."""
    return [_words_of(block) if "slack_file" in block else block for block in blocks]


def _words_of(block: dict[str, Any]) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": block["alt_text"], "emoji": False}}
