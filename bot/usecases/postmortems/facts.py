"""What a postmortem says of itself beside its text, as it is stored and as events keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.queries import people
from bot.usecases.unit import Unit
from storage import models, postmortem_lists


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that programs change. Lists are names by id, in their order; `roles` are those of the `responders`."""

    title: str
    severity: str
    jira_issues: tuple[str, ...]
    related_incidents: Mapping[str, str]
    services: Mapping[str, str]
    teams: Mapping[str, str]
    responders: Mapping[str, str]
    roles: Mapping[str, str]

    def since(self, before: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was there before and what is there now, of the facts that are another now."""
        old, new = before._kept(), self._kept()
        changed = [name for name in new if new[name] != old[name]]
        return {name: old[name] for name in changed}, {name: new[name] for name in changed}

    def _kept(self) -> dict[str, Any]:
        """As an event keeps it."""
        return {
            "title": self.title,
            "severity": self.severity,
            "jira_issues": list(self.jira_issues),
            "related_incidents": _listed(self.related_incidents),
            "services": _listed(self.services),
            "responder_teams": _listed(self.teams),
            "responders": [each | {"role": self.roles[each["id"]]} for each in _listed(self.responders)],
        }


async def facts_of(unit: Unit, row: models.Postmortem) -> Facts:
    """The facts as they are stored, in at most two statements."""
    lists = (await postmortem_lists.lists_of(unit.session, [row.id]))[row.id]
    known = await people.by_ids(unit.reading, [each.user_id for each in lists.responders])
    return Facts(
        title=row.title,
        severity=str(row.severity),
        jira_issues=tuple(row.jira_issues),
        related_incidents={each.id: f"INC-{each.number}" for each in lists.related},
        services={each.id: each.name for each in lists.services},
        teams={each.id: each.name for each in lists.teams},
        responders={each.user_id: known[each.user_id].name for each in lists.responders},
        roles={each.user_id: each.role for each in lists.responders},
    )


def _listed(names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"id": id_, "name": name} for id_, name in names.items()]
