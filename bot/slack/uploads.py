"""Files on their way into Slack: announced, sent to an address of their own, completed."""

from __future__ import annotations

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

PATIENCE_SECONDS = 10


async def upload(
    client: AsyncWebClient, content: bytes, *, name: str, title: str, channel: str | None = None, said: str = ""
) -> str:
    """Upload a file, and answer its id in Slack.

    Without a channel the file is the bot's own, and seen where a message shows it. With one it is posted there, with
    what is `said` above it.

    Raises:
        SlackApiError: Slack refuses it; an app installed before it asked for `files:write` lacks the scope.
        ClientError, TimeoutError: the file did not arrive.
    """
    announced = await client.files_getUploadURLExternal(filename=name, length=len(content))
    file_id: str = announced["file_id"]
    async with (
        ClientSession(timeout=ClientTimeout(total=PATIENCE_SECONDS), trust_env=True) as session,
        session.post(announced["upload_url"], data=content) as answer,
    ):
        answer.raise_for_status()
    listed: list[dict[str, str | None]] = [{"id": file_id, "title": title}]
    await client.files_completeUploadExternal(files=listed, channel_id=channel, initial_comment=said or None)
    return file_id
