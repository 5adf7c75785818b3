"""Every method for alerts of Opsgenie's own SDK for Python, unmodified, but for those of what is not built."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from opsgenie_sdk import (
    AcknowledgeAlertPayload,
    AddDetailsToAlertPayload,
    AddNoteToAlertPayload,
    AddResponderToAlertPayload,
    AddTagsToAlertPayload,
    AddTeamToAlertPayload,
    AlertApi,
    ApiClient,
    AssignAlertPayload,
    CloseAlertPayload,
    Configuration,
    CreateAlertPayload,
    EscalateAlertToNextPayload,
    ExecuteCustomAlertActionPayload,
    SnoozeAlertPayload,
    UpdateAlertDescriptionPayload,
    UpdateAlertMessagePayload,
    UpdateAlertPriorityPayload,
)
from opsgenie_sdk.exceptions import RetryableException

from tests.api.conftest import Api
from tests.api.opsgenie.incidents.making import team_of
from tests.conftest import met

ACCEPTED = "Request will be processed"


class Sdk:
    """The SDK's alerts, with nothing set but an address and a key; it waits for answers in a thread of its own."""

    def __init__(self, api: Api) -> None:
        configuration = Configuration()
        configuration.host = api.address
        configuration.api_key = {"Authorization": api.key}
        configuration.api_key_prefix = {"Authorization": "GenieKey"}
        configuration.retry_enabled = False
        self._alerts = AlertApi(ApiClient(configuration))

    async def ask(self, method: str, *arguments: Any, **more: Any) -> Any:
        """The whole answer."""
        return await asyncio.to_thread(getattr(self._alerts, method), *arguments, **more)

    async def data(self, method: str, *arguments: Any, **more: Any) -> Any:
        """What the envelope holds."""
        return (await self.ask(method, *arguments, **more)).data

    async def done(self, method: str, *arguments: Any, **more: Any) -> str:
        """What became of a change, as the SDK asks for it; its action."""
        answer = await self.ask(method, *arguments, **more)
        assert answer.result == ACCEPTED
        status = (await asyncio.to_thread(answer.retrieve_result)).data
        assert status.is_success is True
        return str(status.action)


async def test_the_sdk_raises_reads_answers_changes_and_deletes_an_alert(api: Api) -> None:
    sdk, team, ana = Sdk(api), await team_of(api), await met(api.units, "UANA")
    wanted = CreateAlertPayload(
        message="db is down",
        alias="db/eu",
        description="No connections.",
        responders=[{"type": "team", "id": team}],
        visible_to=[{"type": "user", "id": ana.id}],
        actions=["Ping"],
        tags=["db"],
        details={"region": "eu"},
        entity="db-1",
        source="probe",
        priority="P1",
        user="cron",
        note="Look at the disk.",
    )
    made = await sdk.ask("create_alert", wanted)
    assert made.result == ACCEPTED
    status = (await asyncio.to_thread(made.retrieve_result)).data
    assert (status.is_success, status.action, status.alert_id, status.alias) == (True, "Create", made.id, "db/eu")
    found = (await asyncio.to_thread(made.retrieve_resulting_action)).data
    assert (found.message, found.status, found.priority, found.tags) == ("db is down", "open", "P1", ["db"])
    assert (found.details, found.entity, found.source) == ({"region": "eu"}, "db-1", "probe")
    assert [(each.type, each.id) for each in found.responders] == [("team", team)]
    assert (found.integration.type, found.report) == ("API", None)
    for identifier, kind in ((found.tiny_id, "tiny"), ("db/eu", "alias"), (found.id, "id")):
        assert await sdk.data("get_alert", identifier, identifier_type=kind) == found

    by_alias = {"identifier_type": "alias"}
    on_it = AcknowledgeAlertPayload(user="Ana", note="On it.", source="laptop")
    step = {"condition": "if-not-acked", "recipient": {"type": "user", "id": ana.id}}
    await api.post("/v2/escalations", {"name": "late", "rules": [step]})
    assert [
        await sdk.done("acknowledge_alert", "db/eu", acknowledge_alert_payload=on_it, **by_alias),
        await sdk.done("un_acknowledge_alert", found.id),
        await sdk.done("add_note", found.id, AddNoteToAlertPayload(note="The disk it is.")),
        await sdk.done("snooze_alert", found.id, SnoozeAlertPayload(end_time=datetime(2026, 11, 18, 10, tzinfo=UTC))),
        await sdk.done("assign_alert", found.id, AssignAlertPayload(owner={"id": ana.id})),
        await sdk.done("add_team", found.id, AddTeamToAlertPayload(team={"name": "payments"})),
        await sdk.done("escalate_alert", found.id, EscalateAlertToNextPayload(escalation={"name": "late"})),
        await sdk.done("add_responder", found.id, AddResponderToAlertPayload(responder={"type": "user", "id": ana.id})),
        await sdk.done(
            "execute_custom_alert_action",
            found.id,
            "Ping",
            execute_custom_alert_action_payload=ExecuteCustomAlertActionPayload(),
        ),
        await sdk.done("add_tags", found.id, AddTagsToAlertPayload(tags=["a", "b"])),
        await sdk.done("remove_tags", found.id, ["a", "db"], user="Ana"),
        await sdk.done("add_details", found.id, AddDetailsToAlertPayload(details={"x": "1"})),
        await sdk.done("remove_details", found.id, ["region"], note="Wrong."),
        await sdk.done("update_alert_message", found.id, UpdateAlertMessagePayload(message="db is slow")),
        await sdk.done("update_alert_description", found.id, UpdateAlertDescriptionPayload(description="Slow.")),
        await sdk.done("update_alert_priority", found.id, UpdateAlertPriorityPayload(priority="P2")),
    ] == [
        "Acknowledge",
        "UnAcknowledge",
        "AddNote",
        "Snooze",
        "Assign",
        "AddTeam",
        "EscalateToNext",
        "AddResponder",
        "CustomAction",
        "AddTags",
        "RemoveTags",
        "AddDetails",
        "RemoveDetails",
        "UpdateMessage",
        "UpdateDescription",
        "UpdatePriority",
    ]
    changed = await sdk.data("get_alert", found.id)
    assert (changed.message, changed.description, changed.priority) == ("db is slow", "Slow.", "P2")
    assert (changed.tags, changed.details, changed.owner) == (["b"], {"x": "1"}, ana.email)
    assert (changed.snoozed, changed.snoozed_until) == (True, datetime(2026, 11, 18, 10, tzinfo=UTC))

    notes = await sdk.ask("list_notes", found.id, limit=2, order="asc", direction="next")
    assert [each.note for each in notes.data] == ["Look at the disk.", "On it."]
    assert notes.paging.next is not None
    logs = await sdk.data("list_logs", "db/eu", limit=100, **by_alias)
    assert {"Alert acknowledged", "Priority changed to [P2]"} <= {each.log for each in logs}
    (told,) = await sdk.data("list_recipients", found.id)
    assert (told.user.username, told.state) == (ana.email, "notified")
    listed = await sdk.ask("list_alerts", query="status: open", limit=1, offset=0, sort="createdAt", order="desc")
    assert ([each.id for each in listed.data], listed.paging.next) == ([found.id], None)
    assert (await sdk.data("count_alerts", query="status: closed")).count == 0

    done = CloseAlertPayload(user="Ana", note="All is well.")
    assert await sdk.done("close_alert", "db/eu", close_alert_payload=done, **by_alias) == "Close"
    closed = await sdk.data("get_alert", found.id)
    assert (closed.status, closed.report.closed_by, closed.report.close_time) == ("closed", "Ana", 0)
    assert await sdk.done("delete_alert", found.id, user="Ana", source="laptop") == "Delete"
    with pytest.raises(RetryableException) as raised:
        await sdk.ask("get_alert", found.id)
    assert raised.value.status == 404
