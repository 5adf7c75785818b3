"""People act, the bot answers: commands, buttons, forms, over signed HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.hands import Kind, NotOnScreen
from bot.playground.records import ViolationKind
from bot.playground.workspace import Workspace

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": {"type": "plain_text", "text": "Title"},
            "element": {"type": "plain_text_input", "action_id": "text", "max_length": 10},
        },
        {
            "type": "input",
            "block_id": "when",
            "optional": True,
            "label": {"type": "plain_text", "text": "When"},
            "element": {"type": "datepicker", "action_id": "date"},
        },
    ],
}


async def test_a_command_is_answered_by_its_ack(over_http: AsyncApp, workspace: Workspace) -> None:
    seen: dict[str, Any] = {}

    @over_http.command("/oncall")
    async def oncall(ack: AsyncAck, command: dict[str, Any]) -> None:
        seen.update(command)
        await ack("Raj &amp; <@U01ANA>")

    ana = workspace.person("U01ANA")
    done = await ana.command("/oncall", "now @raj in #payments", channel="C02INCIDENTS")
    answer = await ana.sees("Raj & @Ana", kind=Kind.MESSAGE)

    assert done.ok
    assert answer.message is not None and answer.message.ephemeral_to == "U01ANA"
    assert seen["text"] == "now <@U02RAJ|raj> in <#C03PAYMENTS|payments>"
    assert workspace.pings == [] and workspace.violations == []


async def test_a_form_opens_refuses_and_closes(over_http: AsyncApp, workspace: Workspace) -> None:
    states: list[Any] = []

    @over_http.command("/oncall")
    async def oncall(ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=MODAL)

    @over_http.view("form")
    async def form(ack: AsyncAck, view: dict[str, Any]) -> None:
        states.append(view["state"]["values"])
        if view["state"]["values"]["title"]["text"]["value"] == "bad":
            await ack(response_action="errors", errors={"title": "Say more"})
        else:
            await ack()

    ana = workspace.person("U01ANA")
    await ana.command("/oncall", channel="C02INCIDENTS")
    await ana.sees("Form", kind=Kind.VIEW_OPENED)

    empty = await ana.submit(ana.view)
    long = await ana.submit(ana.view, {"title": "x" * 11})
    bad = await ana.submit(ana.view, {"title": "bad"})
    good = await ana.submit(ana.view, {"title": {"text": "good"}, "when": "2026-04-01"})

    assert empty.by_client and empty.errors == {"title": "Please complete this required field."}
    assert long.by_client and set(long.errors or {}) == {"title"}
    assert bad.errors == {"title": "Say more"} and not bad.by_client
    assert good.closed and ana.views == ()
    assert states[0] == {
        "title": {"text": {"type": "plain_text_input", "value": "bad"}},
        "when": {"date": {"type": "datepicker", "selected_date": None}},
    }
    assert states[1]["when"]["date"]["selected_date"] == "2026-04-01"
    assert workspace.violations == []


async def test_a_button_of_an_ephemeral_message_answers_through_its_response_url(
    over_http: AsyncApp, workspace: Workspace
) -> None:
    button = {
        "type": "button",
        "action_id": "share",
        "value": "7",
        "text": {"type": "plain_text", "text": "Show to channel"},
    }

    @over_http.command("/oncall")
    async def oncall(ack: AsyncAck) -> None:
        await ack(text="Ana", blocks=[{"type": "actions", "block_id": "row", "elements": [button]}])

    @over_http.action("share")
    async def share(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        assert "message" not in body
        await respond(text="Ana is on call", response_type="in_channel", replace_original=False)

    ana, raj = workspace.person("U01ANA"), workspace.person("U02RAJ")
    await ana.command("/oncall", channel="C02INCIDENTS")
    card = await ana.sees("Show to channel")
    with pytest.raises(NotOnScreen):
        await raj.press(card, action_id="share")
    with pytest.raises(NotOnScreen):
        await ana.press(card, action_id="other")
    await ana.press(card, action_id="share")

    assert (await raj.sees("Ana is on call")).message is not None
    assert workspace.violations == []


async def test_an_ack_that_slack_cannot_show_fails_the_command(over_http: AsyncApp, workspace: Workspace) -> None:
    @over_http.command("/oncall")
    async def oncall(ack: AsyncAck) -> None:
        await ack(blocks=[{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], text="x")

    ana = workspace.person("U01ANA")
    done = await ana.command("/oncall", channel="C01GENERAL")

    assert done.notice == '/oncall failed with the error "dispatch_failed"'
    assert [each.kind for each in workspace.violations] == [ViolationKind.INVALID_BLOCKS]
    assert ana.screen("C01GENERAL") == ()


async def test_an_answer_for_the_channel_shows_what_was_typed(over_http: AsyncApp, workspace: Workspace) -> None:
    @over_http.command("/oncall")
    async def oncall(ack: AsyncAck) -> None:
        await ack(text="Ana is on call", response_type="in_channel")

    await workspace.person("U01ANA").command("/oncall", "now", channel="C06LOUNGE")

    seen = await workspace.person("U02RAJ").sees("Ana is on call")
    assert seen.message is not None and seen.message.command_echo == "/oncall now"


async def test_a_button_of_a_message_carries_the_message_and_its_thread(
    over_http: AsyncApp, client: AsyncWebClient, workspace: Workspace
) -> None:
    heard: list[dict[str, Any]] = []
    menu = {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": {"type": "plain_text", "text": "Why"}, "value": "why"}],
    }
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Payments*"}, "accessory": menu}]

    @over_http.action("more")
    async def more(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        heard.append(body)
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Because")

    parent = await client.chat_postMessage(channel="C01GENERAL", text="Parent")
    await client.chat_postMessage(channel="C01GENERAL", text="Card", blocks=blocks, thread_ts=parent["ts"])
    ana = workspace.person("U01ANA")
    card = await ana.sees("Payments")
    with pytest.raises(NotOnScreen):
        await ana.press(card, action_id="more", value="page")
    await ana.press(card, action_id="more", value="why")
    changed = await ana.sees("Because", kind=Kind.MESSAGE_CHANGED)
    with pytest.raises(NotOnScreen):
        await ana.press(card, action_id="more", value="why")

    [body] = heard
    assert body["container"]["thread_ts"] == body["message"]["thread_ts"] == parent["ts"]
    assert body["container"]["is_ephemeral"] is False
    assert body["message"]["bot_id"] == workspace.app.bot_id
    assert body["actions"][0]["selected_option"]["value"] == "why"
    assert body["response_url"].startswith(workspace.base_url)
    assert ana.reads(changed) == "Because"
    assert workspace.violations == []
