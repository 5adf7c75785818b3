"""Files to one person, in their direct messages with the bot."""

from __future__ import annotations

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.queries.people import Person
from bot.slack.desk import Desk
from bot.slack.refusals import problem_of
from bot.slack.uploads import upload

log = structlog.get_logger(__name__)


async def sent_to(person: Person, desk: Desk, content: bytes, *, name: str, title: str, said: str) -> bool:
    """Whether Slack took the file; `said` stands above it, escaped. An older installation lacks the scope for files."""
    try:
        channel = (await desk.client.conversations_open(users=person.slack_id))["channel"]["id"]
        await upload(desk.client, content, name=name, title=title, channel=channel, said=said)
    except SlackApiError as error:
        log.warning("file not uploaded", problem=problem_of(error))
        return False
    except (ClientError, TimeoutError) as error:
        log.warning("file not uploaded", problem=type(error).__name__)
        return False
    return True
