"""Every method for incidents of Opsgenie's own SDK for Python, unmodified."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from opsgenie_sdk import ApiClient, CloseIncidentPayload, Configuration, CreateIncidentPayload, IncidentApi
from opsgenie_sdk.exceptions import RetryableException

from tests.api.conftest import Api
from tests.api.opsgenie.incidents.making import service_of, team_of

ACCEPTED = "Request will be processed"


def pointed_at(api: Api) -> IncidentApi:
    """The SDK's incidents, with nothing set but an address and a key."""
    configuration = Configuration()
    configuration.host = api.address
    configuration.api_key = {"Authorization": api.key}
    configuration.api_key_prefix = {"Authorization": "GenieKey"}
    configuration.retry_enabled = False
    return IncidentApi(ApiClient(configuration))


async def test_the_sdk_opens_reads_lists_closes_and_deletes_an_incident(api: Api) -> None:
    sdk, team = pointed_at(api), await team_of(api)
    service = await service_of(api, team)

    async def ask(method: Any, *arguments: Any, **more: Any) -> Any:
        return await asyncio.to_thread(method, *arguments, **more)

    wanted = CreateIncidentPayload(
        message="Checkout is down",
        description="Nobody can pay.",
        responders=[{"type": "team", "id": team}],
        tags=["pay"],
        details={"region": "eu"},
        priority="P1",
        note="Called the bank.",
        service_id=service,
        status_page_entry={"title": "We are on it", "details": "Soon."},
        notify_stakeholders=True,
    )
    made = await ask(sdk.create_incident, create_incident_payload=wanted)
    assert made.result == ACCEPTED
    status = (await ask(made.retrieve_result)).data
    assert (status.is_success, status.action, status.incident_id) == (True, "Create", made.id)
    action = (await ask(made.retrieve_resulting_action)).data
    found = (await ask(sdk.get_incident, made.id)).data
    assert action == found
    assert (found.message, found.status, found.priority, found.tags) == ("Checkout is down", "open", "P1", ["pay"])
    assert (found.extra_properties, found.owner_team) == ({"region": "eu"}, team)
    assert [(each.type, each.id) for each in found.responders] == [("team", team)]
    by_number = await ask(sdk.get_incident, identifier=found.tiny_id, identifier_type="tiny")
    assert by_number.data == found

    listed = await ask(sdk.list_incidents, query="status: open", limit=1, offset=0, sort="createdAt", order="desc")
    assert ([each.id for each in listed.data], listed.paging.next) == ([made.id], None)
    assert (await ask(sdk.list_incidents, query="status: closed")).data == []

    note = CloseIncidentPayload(note="All is well.")
    closed = await ask(sdk.close_incident, identifier=made.id, identifier_type="id", close_incident_payload=note)
    asked = await ask(sdk.get_incident_request_status, closed.request_id)
    assert (asked.data.action, asked.data.status) == ("Close", "Closed incident")
    assert (await ask(sdk.get_incident, made.id)).data.status == "closed"
    gone = await ask(sdk.delete_incident, identifier=made.id)
    assert gone.result == ACCEPTED
    with pytest.raises(RetryableException) as raised:
        await ask(sdk.get_incident, made.id)
    assert raised.value.status == 404
