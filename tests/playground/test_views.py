"""Modals on people's screens: triggers, stacks, hashes, what a submission may answer, what is typed and kept."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.clock import WorkspaceClock
from bot.playground.hands import Hands, Kind, NotOnScreen
from bot.playground.records import ViolationKind
from bot.playground.workspace import Workspace


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def modal(title: str, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    view = {"type": "modal", "callback_id": "form", "title": plain(title), "blocks": list(blocks), **more}
    return view | ({"submit": plain("Save")} if any(each["type"] == "input" for each in blocks) else {})


TEXT = field("title", {"type": "plain_text_input", "action_id": "text"})
NOTE: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "Nothing to fill"}}
EVERY_FIELD = modal(
    "Every field",
    field("title", {"type": "plain_text_input", "action_id": "a", "initial_value": "given"}, optional=True),
    field("rich", {"type": "rich_text_input", "action_id": "a"}, optional=True),
    field("one", {"type": "static_select", "action_id": "a", "options": [option("x"), option("y")]}, optional=True),
    field(
        "many",
        {
            "type": "multi_static_select",
            "action_id": "a",
            "options": [option("x"), option("y")],
            "initial_options": [option("y")],
            "max_selected_items": 1,
        },
        optional=True,
    ),
    field("boxes", {"type": "checkboxes", "action_id": "a", "options": [option("x")]}, optional=True),
    field("radio", {"type": "radio_buttons", "action_id": "a", "options": [option("x")]}, optional=True),
    field("user", {"type": "users_select", "action_id": "a"}, optional=True),
    field("users", {"type": "multi_users_select", "action_id": "a"}, optional=True),
    field("channel", {"type": "channels_select", "action_id": "a"}, optional=True),
    field("talk", {"type": "conversations_select", "action_id": "a", "response_url_enabled": True}, optional=True),
    field("day", {"type": "datepicker", "action_id": "a"}, optional=True),
    field("time", {"type": "timepicker", "action_id": "a", "timezone": "Europe/Berlin"}, optional=True),
    field("moment", {"type": "datetimepicker", "action_id": "a"}, optional=True),
    field("number", {"type": "number_input", "action_id": "a", "is_decimal_allowed": False}, optional=True),
    field("mail", {"type": "email_text_input", "action_id": "a"}, optional=True),
)


class Opener:
    """A bot that opens whatever view it was given, keeps what it hears, and answers submissions as told."""

    def __init__(self, bot: AsyncApp) -> None:
        self.view: dict[str, Any] = modal("Empty", NOTE)
        self.reply: dict[str, Any] = {}
        self.heard: list[dict[str, Any]] = []
        self.triggers: list[str] = []
        bot.command("/oncall")(self._open)
        bot.view("form")(self._submitted)
        bot.view_closed("form")(self._hear)
        for name in ("press", "a", "dynamic", "text"):
            bot.action(name)(self._hear)
        bot.shortcut("add_message")(self._hear)
        bot.shortcut("new_one")(self._hear)

    async def _open(self, ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        self.triggers.append(command["trigger_id"])
        await client.views_open(trigger_id=command["trigger_id"], view=self.view)

    async def _submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self.heard.append(body)
        await ack(**self.reply)

    async def _hear(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self.heard.append(body)
        await ack()


@pytest.fixture
def opener(over_http: AsyncApp) -> Opener:
    return Opener(over_http)


@pytest.fixture
def ana(workspace: Workspace) -> Hands:
    return workspace.person("U01ANA")


async def opened(ana: Hands, opener: Opener, view: dict[str, Any]) -> None:
    opener.view = view
    await ana.command("/oncall", channel="C01GENERAL")
    await ana.sees(kind=Kind.VIEW_OPENED)


async def refused(client: AsyncWebClient, method: str, **args: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=args)
    return str(caught.value.response["error"])


async def test_a_trigger_opens_one_view_within_three_seconds(
    client: AsyncWebClient, workspace: Workspace, clock: WorkspaceClock
) -> None:
    used, late = workspace.triggers.make("U01ANA"), workspace.triggers.make("U01ANA")
    await clock.advance(3)
    await client.views_open(trigger_id=used, view=modal("In time", NOTE))

    assert await refused(client, "views.open", trigger_id=used, view=modal("Twice", NOTE)) == "exchanged_trigger_id"
    await clock.advance(0.1)
    assert await refused(client, "views.open", trigger_id=late, view=modal("Late", NOTE)) == "expired_trigger_id"


async def test_a_refused_view_leaves_the_trigger_unused(client: AsyncWebClient, workspace: Workspace) -> None:
    trigger = workspace.triggers.make("U01ANA")

    wrong = await refused(client, "views.open", trigger_id=trigger, view=modal("A title of twenty-five cs", NOTE))
    await client.views_open(trigger_id=trigger, view=modal("Short", NOTE))

    assert wrong == "invalid_arguments"
    assert workspace.person("U01ANA").view.title == "Short"


async def test_a_stack_holds_three_views(client: AsyncWebClient, workspace: Workspace, ana: Hands) -> None:
    def trigger() -> str:
        return workspace.triggers.make("U01ANA")

    assert await refused(client, "views.push", trigger_id=trigger(), view=modal("Alone", NOTE)) == "not_found"
    root = await client.views_open(trigger_id=trigger(), view=modal("One", NOTE))
    second = await client.views_push(trigger_id=trigger(), view=modal("Two", NOTE))
    await client.views_push(trigger_id=trigger(), view=modal("Three", NOTE))
    fourth = await refused(client, "views.push", trigger_id=trigger(), view=modal("Four", NOTE))

    assert fourth == "push_limit_reached"
    assert [view.title for view in ana.views] == ["One", "Two", "Three"]
    assert second["view"]["previous_view_id"] == second["view"]["root_view_id"] == root["view"]["id"]
    with pytest.raises(NotOnScreen):
        await ana.close(ana.views[0])


async def test_an_update_needs_the_latest_hash_and_keeps_what_was_typed(
    client: AsyncWebClient, ana: Hands, opener: Opener
) -> None:
    await opened(ana, opener, modal("Form", TEXT))
    await ana.fill(ana.view, {"title": "typed"})
    stale = ana.view.hash

    wider = modal("Wider", TEXT, field("more", {"type": "plain_text_input", "action_id": "text"}, optional=True))
    updated = await client.views_update(view_id=ana.view.id, hash=stale, view=wider)
    conflict = await refused(client, "views.update", view_id=ana.view.id, hash=stale, view=modal("Stale", TEXT))

    assert conflict == "hash_conflict"
    assert ana.view.title == "Wider"
    assert updated["view"]["state"]["values"]["title"]["text"]["value"] == "typed"


async def test_a_closed_view_cannot_be_updated(client: AsyncWebClient, ana: Hands, opener: Opener) -> None:
    await opened(ana, opener, modal("Form", TEXT))
    view = ana.view
    await ana.close(view)

    assert await refused(client, "views.update", view_id=view.id, view=modal("Late", TEXT)) == "not_found"
    with pytest.raises(NotOnScreen):
        await ana.submit(view, {"title": "x"})


async def test_a_view_may_be_found_by_its_external_id(client: AsyncWebClient, ana: Hands, opener: Opener) -> None:
    await opened(ana, opener, modal("Form", TEXT, external_id="mine"))

    await client.views_update(external_id="mine", view=modal("Found", TEXT))

    assert ana.view.title == "Found"


async def test_an_untouched_form_sends_nulls_and_initial_values(
    ana: Hands, opener: Opener, workspace: Workspace
) -> None:
    await opened(ana, opener, EVERY_FIELD)
    result = await ana.submit(ana.view)

    [body] = opener.heard
    values = {block: fields["a"] for block, fields in body["view"]["state"]["values"].items()}
    assert result.closed and body["response_urls"] == []
    assert values["title"] == {"type": "plain_text_input", "value": "given"}
    assert values["rich"] == {"type": "rich_text_input", "rich_text_value": None}
    assert values["one"] == {"type": "static_select", "selected_option": None}
    assert values["many"] == {"type": "multi_static_select", "selected_options": [option("y")]}
    assert values["boxes"]["selected_options"] == []
    assert values["user"]["selected_user"] is None
    assert values["time"] == {"type": "timepicker", "selected_time": None, "timezone": "Europe/Berlin"}
    assert workspace.violations == []


async def test_a_filled_form_sends_what_was_chosen(ana: Hands, opener: Opener) -> None:
    await opened(ana, opener, EVERY_FIELD)
    await ana.submit(
        ana.view,
        {
            "title": None,
            "rich": "**bold**",
            "one": "x",
            "many": ["x"],
            "boxes": ["x"],
            "radio": "x",
            "user": "U02RAJ",
            "users": ["U02RAJ", "U03MIA"],
            "channel": "C01GENERAL",
            "talk": "C05SECURITY",
            "day": "2026-04-01",
            "time": "09:30",
            "moment": 1774602000,
            "number": "7",
            "mail": "x@example.com",
        },
    )

    [body] = opener.heard
    values = {block: fields["a"] for block, fields in body["view"]["state"]["values"].items()}
    assert values["title"]["value"] is None
    assert values["rich"]["rich_text_value"]["elements"][0]["elements"][0]["style"] == {"bold": True}
    assert values["one"]["selected_option"] == option("x")
    assert values["users"]["selected_users"] == ["U02RAJ", "U03MIA"]
    assert values["moment"]["selected_date_time"] == 1774602000
    assert [(each["block_id"], each["channel_id"]) for each in body["response_urls"]] == [("talk", "C05SECURITY")]


IMPOSSIBLE: list[tuple[str, Any]] = [
    ("nowhere", "x"),
    ("one", "z"),
    ("many", ["x", "y"]),
    ("many", "x"),
    ("user", "U404"),
    ("user", "U09OLD"),
    ("channel", "C05SECURITY"),
    ("talk", "C404"),
    ("day", "tomorrow"),
    ("moment", "noon"),
    ("title", 7),
    ("one", {"b": "x"}),
]


@pytest.mark.parametrize(("block_id", "value"), IMPOSSIBLE, ids=[f"{b}-{v}" for b, v in IMPOSSIBLE])
async def test_what_a_field_does_not_offer_cannot_be_chosen(
    ana: Hands, opener: Opener, block_id: str, value: Any
) -> None:
    await opened(ana, opener, EVERY_FIELD)

    with pytest.raises(NotOnScreen):
        await ana.fill(ana.view, {block_id: value})


@pytest.mark.parametrize(("block_id", "value"), [("number", "7.5"), ("number", "x"), ("mail", "nobody")])
async def test_slacks_client_catches_what_has_the_wrong_shape(
    ana: Hands, opener: Opener, block_id: str, value: str
) -> None:
    await opened(ana, opener, EVERY_FIELD)
    result = await ana.submit(ana.view, {block_id: value})

    assert result.by_client and set(result.errors or {}) == {block_id}
    assert opener.heard == []


async def test_a_submission_may_update_push_and_clear(ana: Hands, opener: Opener, workspace: Workspace) -> None:
    await opened(ana, opener, modal("One", TEXT))
    opener.reply = {"response_action": "update", "view": modal("Two", TEXT)}
    updated = await ana.submit(ana.view, {"title": "x"})
    opener.reply = {"response_action": "push", "view": modal("Three", TEXT)}
    pushed = await ana.submit(ana.view)
    titles = [view.title for view in ana.views]
    opener.reply = {"response_action": "clear"}
    cleared = await ana.submit(ana.view, {"title": "y"})

    assert updated.view is not None and updated.view.title == "Two"
    assert pushed.view is not None and titles == ["Two", "Three"]
    assert cleared.closed and ana.views == ()
    assert workspace.violations == []


REPLIES: list[tuple[dict[str, Any], ViolationKind]] = [
    ({"response_action": "errors", "errors": {"text": "by action_id"}}, ViolationKind.WRONG_ERROR_KEYS),
    ({"response_action": "update", "view": {"type": "modal"}}, ViolationKind.BAD_REPLY),
    ({"response_action": "push", "view": {"type": "home", "blocks": [NOTE]}}, ViolationKind.BAD_REPLY),
]


@pytest.mark.parametrize(("reply", "kind"), REPLIES, ids=range(len(REPLIES)))
async def test_a_wrong_reply_to_a_submission_is_trouble_that_only_the_person_sees(
    ana: Hands, opener: Opener, workspace: Workspace, reply: dict[str, Any], kind: ViolationKind
) -> None:
    await opened(ana, opener, modal("Form", TEXT))
    opener.reply = reply

    result = await ana.submit(ana.view, {"title": "kept"})

    assert result.trouble == "We had some trouble connecting. Try again?"
    assert ana.notices == (result.trouble,)
    assert ana.view.title == "Form"
    assert [each.kind for each in workspace.violations] == [kind]


async def test_the_bot_hears_of_a_closed_view_only_where_it_asked_to(ana: Hands, opener: Opener) -> None:
    await opened(ana, opener, modal("Silent", NOTE))
    await ana.close(ana.view)
    silent = list(opener.heard)
    await opened(ana, opener, modal("Told", TEXT, notify_on_close=True, private_metadata="7"))
    await ana.fill(ana.view, {"title": "unsaved"})
    await ana.close(ana.view)

    [body] = opener.heard
    assert silent == []
    assert (body["type"], body["is_cleared"], body["view"]["private_metadata"]) == ("view_closed", False, "7")
    assert body["view"]["state"]["values"]["title"]["text"]["value"] == "unsaved"
    assert "trigger_id" not in body


async def test_elements_of_a_view_tell_the_bot_where_they_are_and_what_is_filled_in(
    ana: Hands, opener: Opener, workspace: Workspace
) -> None:
    row = {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {"type": "button", "action_id": "press", "text": plain("Go"), "value": "7"},
            {"type": "static_select", "action_id": "a", "options": [option("x")], "placeholder": plain("Pick")},
        ],
    }
    await opened(ana, opener, modal("Form", TEXT, row))
    await ana.fill(ana.view, {"title": "typed"})
    await ana.press(ana.view, action_id="a", value="x")
    await ana.press(ana.view, action_id="press")

    body = opener.heard[1]
    assert body["container"] == {"type": "view", "view_id": ana.view.id}
    assert "response_url" not in body and "channel" not in body
    assert body["actions"][0] | {"action_ts": ""} == {
        "type": "button",
        "block_id": "row",
        "action_id": "press",
        "action_ts": "",
        "value": "7",
        "text": plain("Go"),
    }
    assert body["view"]["state"]["values"] == {
        "title": {"text": {"type": "plain_text_input", "value": "typed"}},
        "row": {"a": {"type": "static_select", "selected_option": option("x")}},
    }
    with pytest.raises(NotOnScreen):
        await ana.press(ana.view, action_id="text", value="a field to fill")


async def test_a_field_that_dispatches_tells_the_bot_at_once(ana: Hands, opener: Opener) -> None:
    await opened(ana, opener, modal("Form", TEXT | {"dispatch_action": True}))

    [done] = await ana.fill(ana.view, {"title": "typed"})

    assert done.ok
    assert opener.heard[0]["actions"][0]["value"] == "typed"


async def test_an_external_select_offers_what_the_bot_answers(
    ana: Hands, opener: Opener, over_http: AsyncApp, workspace: Workspace
) -> None:
    answers: list[dict[str, Any]] = [
        {"options": [option("payments")]},
        {"options": []},
        {"options": [option("x")] * 101},
    ]

    @over_http.options("dynamic")
    async def options(ack: AsyncAck, body: dict[str, Any]) -> None:
        assert body["view"]["id"] == ana.view.id
        await ack(**answers.pop(0))

    select = {"type": "external_select", "action_id": "dynamic", "min_query_length": 2}
    await opened(ana, opener, modal("Form", field("schedule", select)))
    with pytest.raises(NotOnScreen):
        await ana.fill(ana.view, {"schedule": "payments"})
    short = await ana.options(ana.view, "schedule", "dynamic", "p")
    listed = await ana.options(ana.view, "schedule", "dynamic", "pa")
    await ana.fill(ana.view, {"schedule": "payments"})
    nothing = await ana.options(ana.view, "schedule", "dynamic", "zz")
    too_many = await ana.options(ana.view, "schedule", "dynamic", "all")
    result = await ana.submit(ana.view)

    assert short == nothing == too_many == {"options": []}
    assert listed == {"options": [option("payments")]}
    assert result.closed
    assert opener.heard[0]["view"]["state"]["values"]["schedule"]["dynamic"]["selected_option"] == option("payments")
    assert [each.kind for each in workspace.violations] == [ViolationKind.BAD_REPLY]


async def test_a_message_shortcut_carries_the_whole_message(ana: Hands, opener: Opener, workspace: Workspace) -> None:
    said = await workspace.person("U02RAJ").say("C06LOUNGE", "it broke at 9 & again")
    await ana.shortcut("add_message", said)
    await ana.shortcut("new_one")

    on_message, anywhere = opener.heard
    assert on_message["type"] == "message_action"
    assert on_message["message"]["text"] == "it broke at 9 &amp; again"
    assert (on_message["message"]["user"], on_message["channel"]["id"]) == ("U02RAJ", "C06LOUNGE")
    assert on_message["response_url"] and on_message["trigger_id"]
    assert anywhere["type"] == "shortcut" and "channel" not in anywhere and "response_url" not in anywhere
    with pytest.raises(NotOnScreen):
        await ana.shortcut("add_message")
    with pytest.raises(NotOnScreen):
        await ana.shortcut("unknown")
