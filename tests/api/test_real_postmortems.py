"""Ten real public postmortems, in through each vendor's API and out through the others: nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.engines.documents.markdown import to_adf, to_markdown
from tests.api.conftest import Api
from tests.api.incidents import opened
from tests.engines.documents.adf_samples import REAL

GRAFANA = "/api/v1/postmortems/"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_goes_in_through_one_comes_out_through_the_others(api: Api) -> None:
    incident = await opened(api.units)
    bare = {"Authorization": api.key}
    attach = f"/api/v2/incidents/{incident.id}/attachments/postmortems"

    async def out(postmortem_id: str) -> tuple[str, Any]:
        """What Grafana OnCall's clients read, and what Opsgenie's do."""
        grafana = await api.get(f"{GRAFANA}{postmortem_id}/", key=None, headers=bare)
        return grafana.body["text"], (await api.get(f"/v2/postmortem/{postmortem_id}")).data["content"]

    assert len(REAL) == 10
    for file in REAL:
        markdown = file.read_text(encoding="utf-8")
        document = to_adf(markdown)
        said = to_markdown(document).rstrip("\n")
        body = {"alert_group_id": incident.id, "text": markdown}
        made = (await api.post(GRAFANA, body, key=None, headers=bare)).body
        assert made["text"] == said, file.name
        assert await out(made["id"]) == (said, document), file.name

        content = {"data": {"type": "incident_attachments", "attributes": {"content": markdown}}}
        made = (await api.post(attach, content, key=None, headers={"DD-API-KEY": api.key})).body["data"]
        assert await out(made["id"]) == (said, document), file.name

        await api.ask("PUT", f"{GRAFANA}{made['id']}/", {"text": "gone"}, key=None, headers=bare)
        whole = {"content": json.dumps(document), "type": "adf"}
        assert (await api.ask("PUT", f"/v2/postmortem/{made['id']}/content", whole)).status == 200
        assert await out(made["id"]) == (said, document), file.name
