"""The world that the samples of the Postmortem API speak of: the incident, the users, teams and services they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.usecases.unit import Units
from bot.vocabulary import IncidentStatus, Severity
from storage.models import Incident, Service, Team, User
from storage.models.base import name_key
from tests.api.conftest import Answer, Api

INCIDENT = "aff8a4f3-02fd-4146-b278-8e350e06202d"
JOHN = "b75a117f-fe66-4321-bc69-1782e4b86c4d"
FIRST, SECOND = "fc1448b7-46b2-401d-9df8-c02675958e3b", "fe954a67-813e-4356-87dc-afed1eec6b66"
"""The samples give these ids to two services, two teams and two users alike."""
RELATED = ("4513b7ea-3b91-438f-b7e4-e3e54af9147c", "bb4d9938-c3c2-455d-aaab-727aa701c0d8")
BEGAN = datetime(2021, 2, 26, 4, 13, 21, 75_000, tzinfo=UTC)
ENDED = datetime(2021, 2, 26, 4, 13, 27, 757_000, tzinfo=UTC)

BARE_NAMES = re.compile(r"([{,]\s*)(\w+):", re.MULTILINE)


def repaired(printed: str) -> str:
    """A sample as it is printed, with its names in quotes: the only slip there is in the bodies."""
    return BARE_NAMES.sub(r'\1"\2":', printed)


def incident(id_: str, number: int, **changes: Any) -> Incident:
    """An incident of the samples, closed."""
    facts: dict[str, Any] = {
        "message": "Incident",
        "priority": Severity.P1,
        "status": IncidentStatus.CLOSED,
        "started_at": BEGAN,
        "resolved_at": ENDED,
        "closed_at": ENDED,
        "created_at": BEGAN,
        "updated_at": ENDED,
    } | changes
    return Incident(id=id_, number=number, message_key=name_key(facts["message"]), **facts)


def user(id_: str, name: str, now: datetime) -> User:
    """A user of the samples."""
    return User(id=id_, name=name, slack_id=f"U{id_[:8].upper()}", email=f"{id_[:8]}@example.com", refreshed_at=now)


async def sample_world(units: Units) -> None:
    """Everything the samples name."""
    async with units.begin(None) as unit:
        unit.session.add_all(
            [
                incident(INCIDENT, 3),
                *(incident(id_, number, message=f"Other {number}") for number, id_ in enumerate(RELATED, 4)),
                user(JOHN, "John Doe", unit.now),
                *(user(id_, f"User {number}", unit.now) for number, id_ in enumerate((FIRST, SECOND), 1)),
                *(
                    Service(id=id_, name=f"Service {number}", name_key=f"service {number}")
                    for number, id_ in enumerate((FIRST, SECOND), 1)
                ),
                *(
                    Team(id=id_, name=f"Team {number}", name_key=f"team {number}", created_at=unit.now)
                    for number, id_ in enumerate((FIRST, SECOND), 1)
                ),
            ]
        )


@dataclass(frozen=True)
class Postmortem:
    """One postmortem, by its path."""

    api: Api
    id: str

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/v2/postmortem/{self.id}"

    async def read(self) -> Any:
        """All of it."""
        answer = await self.api.get(self.path)
        assert answer.status == 200, answer.body
        return answer.data

    async def put(self, below: str, body: Any, *, method: str = "PUT", **how: Any) -> Answer:
        """Update one field of it."""
        return await self.api.ask(method, f"{self.path}/{below}" if below else self.path, body, **how)

    async def has_put(self, below: str, body: Any, *, method: str = "PUT") -> Any:
        """Update one field of it, and read all of it."""
        answer = await self.put(below, body, method=method)
        assert answer.status == 200, answer.body
        return await self.read()


async def made(api: Api, **changes: Any) -> Postmortem:
    """A postmortem of the samples' incident, made by John Doe."""
    answer = await api.post("/v2/postmortem", {"incidentId": INCIDENT, "actorUserId": JOHN} | changes)
    assert answer.status == 201, answer.body
    return Postmortem(api, answer.data["postmortemId"])


def whole_body(**changes: Any) -> dict[str, Any]:
    """A full update that is good."""
    return {
        "actorUserId": JOHN,
        "title": "Anew",
        "severity": "P2",
        "status": "draft",
        "ownerId": JOHN,
        "jiraIssues": [],
        "relatedIncidentIds": [],
        "affectedServices": [],
        "responderTeams": [],
        "responderUsers": [],
    } | changes
