"""Every mention that makes somebody's phone ring is recorded, with those it reaches."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace

PINGS: list[tuple[dict[str, Any], list[tuple[str, str, int]]]] = [
    ({"text": "no <b>, no @here"}, []),
    ({"text": "&lt;!here&gt;"}, []),
    ({"text": "<@U01ANA>"}, [("user", "U01ANA", 1)]),
    ({"text": "<@U08SAM>"}, [("user", "U08SAM", 0)]),
    ({"text": "<!here> <!channel|channel>"}, [("here", "", 9), ("channel", "", 9)]),
    ({"text": "<!subteam^S01PAYONCALL>"}, [("group", "S01PAYONCALL", 1)]),
    (
        {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<!everyone>"}}]},
        [("everyone", "", 9)],
    ),
    ({"text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "<!here>"}}]}, []),
    (
        {
            "text": "x",
            "blocks": [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "user", "user_id": "U02RAJ"},
                                {"type": "broadcast", "range": "here"},
                                {"type": "text", "text": "<@U01ANA>"},
                            ],
                        }
                    ],
                }
            ],
        },
        [("user", "U02RAJ", 1), ("here", "", 9)],
    ),
]


@pytest.mark.parametrize(("content", "expected"), PINGS, ids=range(len(PINGS)))
async def test_every_ping_of_a_message_is_recorded(
    client: AsyncWebClient, workspace: Workspace, content: dict[str, Any], expected: list[tuple[str, str, int]]
) -> None:
    await client.chat_postMessage(channel="C01GENERAL", **content)

    assert [(p.mention.kind, p.mention.target, len(p.notified)) for p in workspace.pings] == expected


async def test_ephemeral_messages_edits_and_home_tabs_ping_nobody(client: AsyncWebClient, workspace: Workspace) -> None:
    home = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<@U01ANA>"}}]}
    await client.chat_postEphemeral(channel="C01GENERAL", user="U01ANA", text="<@U02RAJ> <!here>")
    posted = await client.chat_postMessage(channel="C01GENERAL", text="quiet")
    await client.chat_update(channel="C01GENERAL", ts=posted["ts"], text="<!here>")
    await client.views_publish(user_id="U01ANA", view=home)

    assert workspace.pings == []
