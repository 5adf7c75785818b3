"""A house as Grafana OnCall's clients see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.conftest import Answer, Api
from tests.api.incidents import Opened, opened

PATH = "/api/v1/postmortems/"


@dataclass(frozen=True)
class Grafana:
    """Requests with a bare key, against one house with one incident."""

    api: Api
    incident: Opened

    async def ask(self, method: str, path: str = "", body: Any = None, *, key: str | None = "", **how: Any) -> Answer:
        """A request below the postmortems. `key` None sends none; otherwise as `Api.ask`."""
        text = self.api.key if key == "" else key
        bare = {} if text is None else {"Authorization": text}
        headers = {**bare, **how.pop("headers", {})}
        return await self.api.ask(method, f"{PATH}{path}", body, key=None, headers=headers, **how)

    async def create(self, text: Any = "Demo postmortem text", *, group: Any = None, **how: Any) -> Answer:
        """A new postmortem, of the incident unless another group is named."""
        return await self.ask("POST", body={"alert_group_id": group or self.incident.id, "text": text}, **how)

    async def created(self, text: str = "Demo postmortem text", *, group: str | None = None) -> str:
        """The same; its id."""
        answer = await self.create(text, group=group)
        assert answer.status == 201, answer.text
        made: str = answer.body["id"]
        return made

    async def get(self, path: str = "", **how: Any) -> Answer:
        """A question."""
        return await self.ask("GET", path, **how)


@pytest.fixture
async def grafana(api: Api) -> Grafana:
    """Grafana OnCall's clients, pointed here."""
    return Grafana(api, await opened(api.units))
