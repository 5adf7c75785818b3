"""Datadog's own client for Python, as PyPI has it: only its address and its keys are ours."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from storage.database import Database
from tests.api.conftest import Api, served
from tests.api.datadog.conftest import Datadog
from tests.api.incidents import NOBODYS, opened
from tests.conftest import StillClock

pytestmark = pytest.mark.filterwarnings("ignore:Using unstable operation")
"""It warns of each request that Datadog calls unstable, of which this is one."""


def sample_program(api: Api, incident_id: str, *, key: str = "", retry_policy: Any = None) -> Any:
    """The program that Datadog's documentation prints; the client is slow to load, so it is loaded here."""
    from datadog_api_client import ApiClient, Configuration
    from datadog_api_client.v2.api.incidents_api import IncidentsApi
    from datadog_api_client.v2.model.incident_attachment_type import IncidentAttachmentType
    from datadog_api_client.v2.model.postmortem_attachment_request import PostmortemAttachmentRequest
    from datadog_api_client.v2.model.postmortem_attachment_request_attributes import (
        PostmortemAttachmentRequestAttributes,
    )
    from datadog_api_client.v2.model.postmortem_attachment_request_data import PostmortemAttachmentRequestData
    from datadog_api_client.v2.model.postmortem_cell import PostmortemCell
    from datadog_api_client.v2.model.postmortem_cell_attributes import PostmortemCellAttributes
    from datadog_api_client.v2.model.postmortem_cell_definition import PostmortemCellDefinition
    from datadog_api_client.v2.model.postmortem_cell_type import PostmortemCellType

    body = PostmortemAttachmentRequest(
        data=PostmortemAttachmentRequestData(
            attributes=PostmortemAttachmentRequestAttributes(
                cells=[
                    PostmortemCell(
                        attributes=PostmortemCellAttributes(
                            definition=PostmortemCellDefinition(
                                content="## Incident Summary\nThis incident was caused by...",
                            ),
                        ),
                        id="cell-1",
                        type=PostmortemCellType.MARKDOWN,
                    ),
                ],
                content="# Incident Report - IR-123\n[...]",
                postmortem_template_id="93645509-874e-45c4-adfa-623bfeaead89-123",
                title="Postmortem-IR-123",
            ),
            type=IncidentAttachmentType.INCIDENT_ATTACHMENTS,
        ),
    )
    configuration = Configuration(host=api.address, retry_policy=retry_policy)
    configuration.api_key = {"apiKeyAuth": key or api.key, "appKeyAuth": api.key}
    configuration.unstable_operations["create_incident_postmortem_attachment"] = True
    with ApiClient(configuration) as api_client:
        api_instance = IncidentsApi(api_client)
        return api_instance.create_incident_postmortem_attachment(incident_id=incident_id, body=body)


async def test_the_sample_program_attaches_a_postmortem(datadog: Datadog, clock: StillClock) -> None:
    response = await asyncio.to_thread(sample_program, datadog.api, datadog.incident.id)
    data = response.data
    assert str(data.attributes.attachment_type) == "postmortem"
    assert data.attributes.attachment.title == "Postmortem-IR-123"
    assert data.attributes.modified == clock()
    assert data.relationships.incident.data.id == datadog.incident.id
    (user,) = response.included
    assert user.id == data.relationships.last_modified_by_user.data.id == user.attributes.uuid
    assert user.attributes.name.startswith("everything")
    page = data.attributes.attachment.document_url
    assert page.startswith(f"{datadog.api.address}/postmortems/PM-1?key=")
    shown = await datadog.api.get(page.removeprefix(datadog.api.address), key=None)
    assert (shown.status, "Incident Summary" in shown.text) == (200, True)


async def test_the_client_tells_a_refusal_from_an_unknown_incident(datadog: Datadog) -> None:
    from datadog_api_client.exceptions import ForbiddenException, NotFoundException

    with pytest.raises(ForbiddenException) as forbidden:
        await asyncio.to_thread(sample_program, datadog.api, datadog.incident.id, key=NOBODYS)
    assert forbidden.value.body["errors"][0]["title"] == "Forbidden"
    with pytest.raises(NotFoundException):
        await asyncio.to_thread(sample_program, datadog.api, NOBODYS)


async def test_the_client_waits_as_long_as_it_is_told_and_comes_again(database: Database, clock: StillClock) -> None:
    from datadog_api_client.rest import ClientRetry

    waited: list[int] = []

    class Patience(ClientRetry):
        """The client's own, on the house's clock."""

        def sleep_for_retry(self, response: Any) -> bool:
            waited.append(ClientRetry.get_retry_after(self, response))
            clock.advance(seconds=waited[-1])
            return True

    async with served(database, clock, rate_limits="incident=1/60") as api:
        incident = await opened(api.units)
        for _ in range(2):
            await asyncio.to_thread(sample_program, api, incident.id, retry_policy=Patience(total=3))
    assert waited == [60]
