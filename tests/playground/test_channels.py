"""A channel that the bot makes: it is in it, invites people and says what it is about."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.records import ViolationKind
from bot.playground.workspace import Workspace


async def test_a_channel_is_made_once_filled_and_given_a_topic(client: AsyncWebClient, workspace: Workspace) -> None:
    made = (await client.conversations_create(name="inc-7-checkout"))["channel"]
    bot = workspace.app.user_id
    assert (made["name"], made["creator"], made["is_member"], made["is_private"]) == (
        "inc-7-checkout",
        bot,
        True,
        False,
    )
    assert made["created"] == int(workspace.clock.time())

    with pytest.raises(SlackApiError) as refused:
        await client.conversations_create(name="inc-7-checkout")
    assert refused.value.response["error"] == "name_taken"

    # One who cannot be invited keeps the others out, unless it is forced.
    users = ["U01ANA", "U08SAM", bot]
    with pytest.raises(SlackApiError) as mixed:
        await client.conversations_invite(channel=made["id"], users=users)
    assert (mixed.value.response["error"], workspace.channels[made["id"]].members) == ("user_is_restricted", {bot})
    wrong = [(each["user"], each["error"]) for each in mixed.value.response["errors"]]
    assert wrong == [("U08SAM", "user_is_restricted"), (bot, "cant_invite_self")]
    forced = await client.conversations_invite(channel=made["id"], users=users, force=True)
    assert [each["user"] for each in forced["errors"]] == ["U08SAM", bot]
    assert workspace.channels[made["id"]].members == {bot, "U01ANA"}
    assert made["id"] in {each.id for each in workspace.channels_of("U01ANA")}

    topic = (await client.conversations_setTopic(channel=made["id"], topic="P2"))["channel"]["topic"]["value"]
    assert (topic, workspace.channels[made["id"]].topic) == ("P2", "P2")
    listed = (await client.conversations_list(limit=1000))["channels"]
    assert made["id"] in {each["id"] for each in listed}
    assert workspace.violations == []


async def test_without_its_scope_no_channel_is_made(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.granted_scopes -= {"channels:manage"}
    with pytest.raises(SlackApiError) as refused:
        await client.conversations_create(name="inc-7")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "channels:manage"
    assert [each.kind for each in workspace.violations] == [ViolationKind.MISSING_SCOPE]
