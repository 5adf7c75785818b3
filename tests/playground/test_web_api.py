"""The Web API's refusals and answers, over the wire with Slack's own SDK."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.playground import administration, posting
from bot.playground.clock import WorkspaceClock
from bot.playground.faults import DROP_ANSWER, NO_ANSWER
from bot.playground.records import ViolationKind
from bot.playground.server import Playground
from bot.playground.workspace import Workspace

LONG_SECTION = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
HOME = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}]}


async def refusal(client: AsyncWebClient, method: str, args: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=args)
    answer = caught.value.response.data
    assert isinstance(answer, dict)
    return answer


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("nothing.here", {}, "unknown_method"),
    ("api.test", {"error": "my_error"}, "my_error"),
    ("users.info", {"user": "U404"}, "user_not_found"),
    ("users.lookupByEmail", {"email": "nobody@example.com"}, "users_not_found"),
    ("users.lookupByEmail", {"email": "olga@example.com"}, "users_not_found"),
    ("users.list", {"limit": 0}, "invalid_limit"),
    ("users.list", {"cursor": "nonsense"}, "invalid_cursor"),
    ("conversations.info", {"channel": "C404"}, "channel_not_found"),
    ("conversations.info", {"channel": "C07HIDDEN"}, "channel_not_found"),
    ("conversations.list", {"types": "channels"}, "invalid_types"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "U404"}, "user_not_found"),
    ("conversations.open", {"users": "U09OLD"}, "user_disabled"),
    ("conversations.join", {"channel": "C08OLD"}, "is_archived"),
    ("conversations.create", {"name": ""}, "invalid_name_required"),
    ("conversations.create", {"name": "x" * 81}, "invalid_name_maxlength"),
    ("conversations.create", {"name": "inc 7"}, "invalid_name_specials"),
    ("conversations.create", {"name": "Inc-7"}, "invalid_name_specials"),
    ("conversations.create", {"name": "--_"}, "invalid_name_punctuation"),
    ("conversations.create", {"name": "general"}, "name_taken"),
    ("conversations.create", {"name": "inc-7", "is_private": True}, "missing_scope"),
    ("conversations.invite", {"channel": "C404", "users": "U01ANA"}, "channel_not_found"),
    ("conversations.invite", {"channel": "C08OLD", "users": "U01ANA"}, "is_archived"),
    ("conversations.invite", {"channel": "C06LOUNGE", "users": "U01ANA"}, "not_in_channel"),
    ("conversations.invite", {"channel": "C01GENERAL"}, "no_user"),
    ("conversations.invite", {"channel": "C01GENERAL", "users": "U404"}, "user_not_found"),
    ("conversations.invite", {"channel": "C01GENERAL", "users": "U01ANA"}, "already_in_channel"),
    ("conversations.invite", {"channel": "C01GENERAL", "users": ",".join(["U01ANA"] * 101)}, "invalid_arguments"),
    ("conversations.setTopic", {"channel": "C06LOUNGE", "topic": "x"}, "not_in_channel"),
    ("conversations.setTopic", {"channel": "C01GENERAL", "topic": "x" * 251}, "too_long"),
    ("conversations.setTopic", {"channel": "C01GENERAL"}, "invalid_arguments"),
    ("conversations.history", {"channel": "C06LOUNGE"}, "not_in_channel"),
    ("conversations.replies", {"channel": "C01GENERAL", "ts": "1.000000"}, "thread_not_found"),
    ("chat.postMessage", {"channel": "C404", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C07HIDDEN", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "U09OLD", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C06LOUNGE", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C08OLD", "text": "x"}, "is_archived"),
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "C01GENERAL"}, "no_text"),
    ("chat.postMessage", {"channel": "C01GENERAL", "blocks": LONG_SECTION}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "C01GENERAL", "blocks": {"blocks": []}}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "C01GENERAL", "blocks": "[{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "C01GENERAL", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    ("chat.postMessage", {"channel": "C01GENERAL", "text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
    ("chat.postMessage", {"channel": "C01GENERAL", "text": "x", "metadata": "a"}, "invalid_metadata_format"),
    ("chat.postMessage", {"channel": "C01GENERAL", "text": "x", "metadata": {"a": 1}}, "invalid_metadata_schema"),
    ("chat.postEphemeral", {"channel": "C01GENERAL", "text": "x", "user": "U08SAM"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": "C06LOUNGE", "text": "x", "user": "U01ANA"}, "not_in_channel"),
    ("chat.update", {"channel": "C01GENERAL", "ts": "1.000000", "text": "x"}, "message_not_found"),
    ("chat.delete", {"channel": "C01GENERAL", "ts": "1.000000"}, "message_not_found"),
    ("chat.getPermalink", {"channel": "C01GENERAL", "message_ts": "1.000000"}, "message_not_found"),
    ("views.open", {"trigger_id": "1.2.3", "view": {}}, "invalid_trigger_id"),
    ("views.update", {"view": HOME}, "invalid_arguments"),
    ("views.update", {"view_id": "V404", "view": HOME}, "not_found"),
    ("views.publish", {"user_id": "U404", "view": HOME}, "invalid_arguments"),
    ("views.publish", {"user_id": "U01ANA", "view": {"type": "modal"}}, "invalid_arguments"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
    ("blocks.validate", {"blocks": LONG_SECTION}, "invalid_blocks"),
    ("apps.manifest.validate", {"manifest": "{}"}, "invalid_manifest"),
]


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS, ids=[f"{m}-{e}" for m, _, e in REFUSALS])
async def test_each_method_refuses_as_slack_does(
    client: AsyncWebClient, method: str, args: dict[str, Any], error: str
) -> None:
    answer = await refusal(client, method, args)

    assert answer["error"] == error


async def test_a_refused_block_is_explained_and_recorded(client: AsyncWebClient, workspace: Workspace) -> None:
    answer = await refusal(client, "chat.postMessage", {"channel": "C01GENERAL", "blocks": LONG_SECTION})

    sentence = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["errors"] == [sentence]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {sentence}"]
    assert [each.kind for each in workspace.violations] == [ViolationKind.INVALID_BLOCKS]
    assert sentence in str(workspace.violations[0])


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "form"])
async def test_a_post_is_taken_as_json_and_as_form(
    playground: Playground, workspace: Workspace, *, as_json: bool
) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}]
    fields: dict[str, Any] = {"channel": "C01GENERAL", "text": "Hello", "team_id": workspace.team.id}
    sent: dict[str, Any] = (
        {"json": {**fields, "blocks": blocks}} if as_json else {"data": {**fields, "blocks": json.dumps(blocks)}}
    )
    headers = {"Authorization": f"Bearer {workspace.app.bot_token}"}

    url = f"{playground.api_url}chat.postMessage"
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, **sent) as response:
        answer = await response.json()

    assert answer["ok"] and answer["channel"] == "C01GENERAL"
    assert workspace.messages.in_channel("C01GENERAL")[0].blocks[0]["text"]["text"] == "Hello"
    assert workspace.violations == []


@pytest.mark.parametrize(
    ("token", "error"), [(None, "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")]
)
async def test_a_wrong_token_is_refused(
    playground: Playground, workspace: Workspace, token: str | None, error: str
) -> None:
    used = workspace.app.app_token if token == "app" else token
    answer = await refusal(AsyncWebClient(token=used, base_url=playground.api_url), "users.list", {})

    assert answer["error"] == error
    assert [each.kind for each in workspace.violations] == [ViolationKind.BAD_TOKEN]


async def test_a_token_in_an_address_is_none(playground: Playground, workspace: Workspace) -> None:
    url = f"{playground.api_url}users.list"
    async with aiohttp.ClientSession() as session:
        in_query = await (await session.get(url, params={"token": workspace.app.bot_token})).json()
        in_body = await (await session.post(url, data={"token": workspace.app.bot_token})).json()
        in_header = await (
            await session.get(url, headers={"Authorization": f"Bearer {workspace.app.bot_token}"})
        ).json()

    assert (in_query["ok"], in_query["error"]) == (False, "not_authed")
    assert in_body["ok"] and in_header["ok"]


@pytest.mark.parametrize(
    ("origin", "status"), [("https://attacker.example", 403), ("null", 403), ("http://127.0.0.1:1", 403), ("own", 200)]
)
async def test_a_page_of_another_origin_cannot_call_even_with_the_token(
    playground: Playground, workspace: Workspace, origin: str, status: int
) -> None:
    own = str(URL(playground.base_url).origin())
    fields = {"token": workspace.app.bot_token, "channel": "C01GENERAL", "text": "Hello"}
    async with aiohttp.ClientSession(headers={"Origin": own if origin == "own" else origin}) as session:
        answer = await session.post(f"{playground.api_url}chat.postMessage", data=fields)

    assert answer.status == status
    assert bool(workspace.messages.in_channel("C01GENERAL")) is (status == 200)


async def test_auth_test_tells_who_the_bot_is_and_which_scopes_it_has(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    answer = await client.auth_test()

    assert (answer["user_id"], answer["bot_id"]) == (workspace.app.user_id, workspace.app.bot_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_a_scope_that_was_not_granted_is_missed_and_one_that_is_used_is_noted(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    await client.chat_postMessage(channel="C01GENERAL", text="Hello")
    workspace.granted_scopes -= {"users:read"}

    answer = await refusal(client, "users.info", {"user": "U01ANA"})

    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
    assert "chat:write" in answer["provided"]
    assert workspace.used_scopes == {"chat:write"} and workspace.used_methods == {"chat.postMessage"}
    assert [each.kind for each in workspace.violations] == [ViolationKind.MISSING_SCOPE]


async def test_the_scope_of_a_channel_depends_on_its_kind(client: AsyncWebClient, workspace: Workspace) -> None:
    await client.conversations_info(channel="C05SECURITY")

    answer = await refusal(client, "conversations.history", {"channel": "C05SECURITY"})

    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:history")
    assert workspace.used_scopes == {"groups:read"}


async def test_an_email_is_shown_only_with_its_scope(client: AsyncWebClient, workspace: Workspace) -> None:
    with_scope = await client.users_info(user="U01ANA")
    workspace.granted_scopes -= {"users:read.email"}
    without = await client.users_info(user="U01ANA")

    assert with_scope["user"]["profile"]["email"] == "ana@example.com"
    assert "email" not in without["user"]["profile"]


async def test_zones_are_told_as_they_are_at_that_moment(client: AsyncWebClient, clock: WorkspaceClock) -> None:
    winter = await client.users_info(user="U01ANA")
    await clock.advance(3 * 86400)
    summer = await client.users_info(user="U01ANA")
    nowhere = await client.users_info(user="U10KIM")

    assert (winter["user"]["tz"], winter["user"]["tz_offset"]) == ("Europe/Berlin", 3600)
    assert summer["user"]["tz_offset"] == 7200
    assert "tz" not in nowhere["user"]


async def test_lists_come_in_pages(client: AsyncWebClient, workspace: Workspace) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = await client.users_list(limit=5, cursor=cursor)
        seen += [member["id"] for member in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break

    assert seen == list(workspace.people)


async def test_channels_the_bot_cannot_see_are_not_listed(client: AsyncWebClient) -> None:
    answer = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)

    names = {channel["name"]: channel["is_member"] for channel in answer["channels"]}
    assert "board" not in names and "old-outage" not in names
    assert names["platform-lounge"] is False and names["sec-reviews"] is True


async def test_a_direct_message_reaches_its_person_by_user_id(client: AsyncWebClient, workspace: Workspace) -> None:
    opened = await client.conversations_open(users="U01ANA")
    posted = await client.chat_postMessage(channel="U01ANA", text="Your shift begins")

    assert posted["channel"] == opened["channel"]["id"] == workspace.dm("U01ANA").id
    assert (await workspace.person("U01ANA").sees("Your shift begins")).message is not None


async def test_a_thread_is_read_with_its_parent_and_metadata(client: AsyncWebClient, workspace: Workspace) -> None:
    parent = await client.chat_postMessage(
        channel="C01GENERAL", text="Parent", metadata={"event_type": "sent", "event_payload": {"id": "7"}}
    )
    reply = await client.chat_postMessage(channel="C01GENERAL", text="Reply", thread_ts=parent["ts"])

    replies = await client.conversations_replies(channel="C01GENERAL", ts=parent["ts"], include_all_metadata=True)
    history = await client.conversations_history(channel="C01GENERAL")
    nested = await refusal(client, "chat.postMessage", {"channel": "C01GENERAL", "text": "x", "thread_ts": reply["ts"]})

    assert [each["text"] for each in replies["messages"]] == ["Parent", "Reply"]
    assert replies["messages"][0]["metadata"]["event_payload"] == {"id": "7"}
    assert [(each["text"], each["reply_count"]) for each in history["messages"]] == [("Parent", 1)]
    assert "metadata" not in history["messages"][0]
    assert nested["error"] == "cannot_reply_to_message"


async def test_only_the_bots_own_messages_can_be_changed(client: AsyncWebClient, workspace: Workspace) -> None:
    said = await workspace.person("U01ANA").say("C01GENERAL", "mine")
    whispered = await client.chat_postEphemeral(channel="C01GENERAL", user="U01ANA", text="psst")
    posted = await client.chat_postMessage(channel="C01GENERAL", text="ours")

    others = await refusal(client, "chat.update", {"channel": "C01GENERAL", "ts": said.ts, "text": "x"})
    deleted = await refusal(client, "chat.delete", {"channel": "C01GENERAL", "ts": said.ts})
    hidden = await refusal(client, "chat.update", {"channel": "C01GENERAL", "ts": whispered["message_ts"], "text": "x"})
    long = await refusal(client, "chat.update", {"channel": "C01GENERAL", "ts": posted["ts"], "text": "x" * 4001})
    await client.chat_update(channel="C01GENERAL", ts=posted["ts"], text="changed")

    assert others["error"] == "cant_update_message"
    assert deleted["error"] == "cant_delete_message"
    assert hidden["error"] == "message_not_found"
    assert long["error"] == "msg_too_long"
    assert (await workspace.person("U02RAJ").sees("changed")).message is not None


async def test_an_update_is_looked_through_as_a_post_is_and_does_not_take_rich_text_away(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    elements = [{"type": "rich_text_section", "elements": [{"type": "text", "text": "rich"}]}]
    rich = [{"type": "rich_text", "elements": elements}]
    plain = [{"type": "section", "text": {"type": "mrkdwn", "text": "plain"}}]
    posted = await client.chat_postMessage(channel="C01GENERAL", text="rich", blocks=rich)
    message = {"channel": "C01GENERAL", "ts": posted["ts"], "text": "x"}
    for blocks, error in (
        (plain, "block_mismatch"),
        ([], "block_mismatch"),
        ([*rich, *plain * 50], "invalid_blocks"),
        (LONG_SECTION, "invalid_blocks"),
    ):
        assert (await refusal(client, "chat.update", {**message, "blocks": blocks}))["error"] == error
    await client.chat_update(channel="C01GENERAL", ts=posted["ts"], text="x", blocks=[*plain, *rich])
    assert (await workspace.person("U01ANA").sees("plain")).message is not None


async def test_an_update_without_blocks_takes_the_blocks_away(client: AsyncWebClient, workspace: Workspace) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Card"}}]
    posted = await client.chat_postMessage(channel="C01GENERAL", text="Card", blocks=blocks)

    await client.chat_update(channel="C01GENERAL", ts=posted["ts"], text="Only text")

    message = workspace.messages.find("C01GENERAL", posted["ts"])
    assert message is not None and message.blocks == () and message.text == "Only text"


async def test_a_text_over_the_cut_is_cut_with_a_warning(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C01GENERAL", text="x" * 40_001)

    assert posted["warning"] == "message_truncated"
    assert len(posted["message"]["text"]) == 40_000


async def test_an_unknown_argument_is_a_violation(client: AsyncWebClient, workspace: Workspace) -> None:
    await client.api_call("chat.postMessage", json={"channel": "C01GENERAL", "text": "x", "colour": "red"})

    assert [str(each) for each in workspace.violations] == ["unknown field: chat.postMessage: colour"]


async def test_a_channel_takes_a_burst_and_then_a_message_a_second(
    client: AsyncWebClient, workspace: Workspace, clock: WorkspaceClock
) -> None:
    for _ in range(10):
        await client.chat_postMessage(channel="C01GENERAL", text="x")

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C01GENERAL", text="x")
    await client.chat_postMessage(channel="C03PAYMENTS", text="x")
    await clock.advance(1)
    await client.chat_postMessage(channel="C01GENERAL", text="x")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    assert caught.value.response["error"] == "ratelimited"


async def test_a_method_has_its_tier_until_the_minute_is_over(
    client: AsyncWebClient, workspace: Workspace, clock: WorkspaceClock
) -> None:
    for _ in range(20):
        await client.usergroups_list()
        await clock.advance(1)

    with pytest.raises(SlackApiError) as caught:
        await client.usergroups_list()
    await clock.advance(40)
    await client.usergroups_list()

    assert caught.value.response.headers["Retry-After"] == "40"


async def test_limits_can_be_switched_off(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.rate_limits.enabled = False

    for _ in range(25):
        await client.usergroups_list()

    assert len(workspace.calls) == 25


@pytest.mark.parametrize(("kind", "status"), [(429, 429), (503, 503), ("fatal_error", 200)])
async def test_an_injected_refusal_happens_as_often_as_asked(
    client: AsyncWebClient, workspace: Workspace, kind: int | str, status: int
) -> None:
    workspace.faults.add(method="chat.postMessage", kind=kind, times=1, retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C01GENERAL", text="x")
    await client.chat_postMessage(channel="C01GENERAL", text="x")

    assert caught.value.response.status_code == status
    assert len(workspace.messages.in_channel("C01GENERAL")) == 1


@pytest.mark.parametrize(("kind", "posted"), [(NO_ANSWER, 0), (DROP_ANSWER, 1)])
async def test_a_dropped_connection_leaves_the_bot_in_the_dark(
    playground: Playground, workspace: Workspace, kind: str, posted: int
) -> None:
    workspace.faults.add(method="chat.postMessage", kind=kind)
    client = AsyncWebClient(token=workspace.app.bot_token, base_url=playground.api_url, retry_handlers=[])

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C01GENERAL", text="x")

    assert len(workspace.messages.in_channel("C01GENERAL")) == posted


async def test_a_fault_can_be_meant_for_some_calls_alone(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.faults.add(
        method="chat.postMessage", kind="fatal_error", only=lambda args: args["channel"] == "C03PAYMENTS"
    )

    await client.chat_postMessage(channel="C01GENERAL", text="x")
    answer = await refusal(client, "chat.postMessage", {"channel": "C03PAYMENTS", "text": "x"})

    assert answer["error"] == "fatal_error"


async def test_every_call_is_written_down_without_its_token(client: AsyncWebClient, workspace: Workspace) -> None:
    await client.users_info(user="U01ANA")
    await refusal(client, "users.info", {"user": "U404"})

    assert [(call.method, call.args["user"], call.ok) for call in workspace.calls] == [
        ("users.info", "U01ANA", True),
        ("users.info", "U404", False),
    ]
    assert all("token" not in call.args for call in workspace.calls)


async def test_a_home_tab_is_published_and_guarded_by_its_hash(client: AsyncWebClient, workspace: Workspace) -> None:
    first = await client.views_publish(user_id="U01ANA", view=HOME)
    second = await client.views_publish(user_id="U01ANA", view=HOME, hash=first["view"]["hash"])

    assert first["view"]["blocks"] == second["view"]["blocks"]
    stale = await refusal(client, "views.publish", {"user_id": "U01ANA", "view": HOME, "hash": first["view"]["hash"]})

    assert first["view"]["id"] == second["view"]["id"] and first["view"]["hash"] != second["view"]["hash"]
    assert stale["error"] == "hash_conflict"


async def test_an_external_id_belongs_to_one_live_view(client: AsyncWebClient) -> None:
    named = HOME | {"external_id": "home"}
    await client.views_publish(user_id="U01ANA", view=named)

    answer = await refusal(client, "views.publish", {"user_id": "U02RAJ", "view": named})

    assert answer["error"] == "duplicate_external_id"


async def test_somebody_removed_from_a_channel_sees_it_no_more(client: AsyncWebClient, workspace: Workspace) -> None:
    administration.remove(workspace, "C01GENERAL", "U02RAJ")
    administration.remove(workspace, "C04PLATFORM", workspace.app.user_id)

    await client.chat_postMessage(channel="C01GENERAL", text="who hears this")
    answer = await refusal(client, "chat.postMessage", {"channel": "C04PLATFORM", "text": "x"})

    assert workspace.person("U02RAJ").appearances == ()
    assert answer["error"] == "not_in_channel"


async def test_dates_are_shown_in_the_readers_zone(client: AsyncWebClient, workspace: Workspace) -> None:
    posted = await client.chat_postMessage(
        channel="C01GENERAL", text="until <!date^1774602000^{date_short} {time}|Fri 09:00 UTC>"
    )

    message = workspace.messages.find("C01GENERAL", posted["ts"])
    assert message is not None
    assert posting.message_text(workspace, message, "U02RAJ") == "until Mar 27, 2026 14:30"
    assert workspace.person("U03MIA").reads(message) == "until Mar 27, 2026 05:00"
