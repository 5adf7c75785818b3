"""What incidents are searched by."""

from __future__ import annotations

from bot.engines.query_language.language import Language
from bot.vocabulary import IncidentField, IncidentStatus, PostmortemStatus, Severity

INCIDENTS = Language(
    noun="Incidents",
    fields=IncidentField,
    default=IncidentField.MESSAGE,
    texts=frozenset({IncidentField.MESSAGE, IncidentField.DESCRIPTION}),
    times=frozenset({IncidentField.CREATED, IncidentField.UPDATED, IncidentField.BEGAN, IncidentField.ENDED}),
    numbers=frozenset({IncidentField.NUMBER}),
    choices={
        IncidentField.STATUS: IncidentStatus,
        IncidentField.PRIORITY: Severity,
        IncidentField.POSTMORTEM: PostmortemStatus,
    },
    nothing={IncidentField.POSTMORTEM: "no-postmortem"},
    other_names={
        "tags": IncidentField.TAG,
        "impactedservice": IncidentField.SERVICE,
        "service": IncidentField.SERVICE,
        "responder": IncidentField.RESPONDER,
        "teams": IncidentField.TEAM,
    },
)
