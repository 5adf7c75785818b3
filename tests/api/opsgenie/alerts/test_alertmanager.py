"""A real Prometheus Alertmanager with only its `opsgenie_api_url` changed raises and closes its alerts by alias."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Api
from tests.api.opsgenie.alerts.alertmanager import PATIENCE_SECONDS, alertmanager, path_of_alertmanager


async def found(api: Api, query: str, *, count: int) -> list[dict[str, Any]]:
    """The alerts of a query, once there are so many; the oldest first."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            alerts: list[dict[str, Any]] = (await api.get(f"/v2/alerts?query={query}&order=asc")).data
            if len(alerts) == count:
                return alerts
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.skipif(
    path_of_alertmanager() is None, reason="no Alertmanager: install the package prometheus-alertmanager"
)
async def test_alertmanager_raises_and_closes_its_alerts_by_alias(api: Api, tmp_path: Path) -> None:
    async with alertmanager(tmp_path, sends_to=f"{api.address}/", key=api.key) as sender:
        await sender.fire("DiskFull", instance="db-1", team="payments")
        await sender.fire("MailDown")
        disk, mail = sorted(await found(api, "status:open", count=2), key=lambda each: str(each["message"]))
        assert "DiskFull" in disk["message"] and "MailDown" in mail["message"]
        whole = (await api.get(f"/v2/alerts/{disk['alias']}?identifierType=alias")).data
        assert whole["id"] == disk["id"] and whole["details"]["team"] == "payments"
        assert "db-1" in whole["description"] and "/#/alerts" in whole["source"]
        assert (whole["tags"], whole["actions"], whole["integration"]["type"]) == ([], [], "API")
        await sender.resolve("DiskFull", instance="db-1", team="payments")
        (closed,) = await found(api, "status:closed", count=1)
        assert (closed["id"], closed["source"]) == (disk["id"], disk["source"])
        await sender.fire("DiskFull", instance="db-1", team="payments")
        _, again = await found(api, "status:open", count=2)
        assert (again["alias"], again["count"]) == (disk["alias"], 1) and again["id"] != disk["id"]
