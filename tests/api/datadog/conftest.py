"""A house as Datadog's clients see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.conftest import Answer, Api
from tests.api.incidents import Opened, opened


@dataclass(frozen=True)
class Datadog:
    """Requests with Datadog's keys, against one house with one incident."""

    api: Api
    incident: Opened

    @property
    def path(self) -> str:
        """Where a postmortem is attached to the incident."""
        return self.path_of(self.incident.id)

    @staticmethod
    def path_of(incident_id: str) -> str:
        """The same of any incident."""
        return f"/api/v2/incidents/{incident_id}/attachments/postmortems"

    async def ask(
        self,
        body: Any = None,
        *,
        method: str = "POST",
        path: str = "",
        key: str | None = "",
        application_key: str | None = None,
        headers: dict[str, str] | None = None,
        **how: Any,
    ) -> Answer:
        """A request; with a key of every right unless another is given, and None for none."""
        shown = {"DD-API-KEY": self.api.key if key == "" else key, "DD-APPLICATION-KEY": application_key}
        sent = {name: text for name, text in shown.items() if text is not None}
        return await self.api.ask(method, path or self.path, body, key=None, headers={**sent, **(headers or {})}, **how)

    async def attach(self, /, **attributes: Any) -> Answer:
        """A postmortem of these attributes, attached to the incident."""
        return await self.ask(body_of(**attributes))


def body_of(**attributes: Any) -> dict[str, Any]:
    """The body of a request with these attributes."""
    return {"data": {"type": "incident_attachments", "attributes": attributes}}


@pytest.fixture
async def datadog(api: Api) -> Datadog:
    """Datadog's clients, pointed here."""
    return Datadog(api, await opened(api.units))
