"""What alerts are searched by."""

from __future__ import annotations

from bot.engines.query_language.language import Language
from bot.vocabulary import AlertField, AlertStatus, Severity

ALERTS = Language(
    noun="Alerts",
    fields=AlertField,
    default=AlertField.MESSAGE,
    texts=frozenset({AlertField.MESSAGE, AlertField.DESCRIPTION, AlertField.ENTITY, AlertField.SOURCE}),
    times=frozenset({AlertField.CREATED, AlertField.UPDATED, AlertField.OCCURRED, AlertField.SNOOZED_UNTIL}),
    numbers=frozenset({AlertField.NUMBER, AlertField.COUNT}),
    flags=frozenset({AlertField.ACKNOWLEDGED, AlertField.SEEN, AlertField.SNOOZED}),
    choices={AlertField.STATUS: AlertStatus, AlertField.PRIORITY: Severity},
    other_names={
        "id": AlertField.ID,
        "tags": AlertField.TAG,
        "action": AlertField.ACTION,
        "recipient": AlertField.RECIPIENT,
        "responder": AlertField.RESPONDER,
        "team": AlertField.TEAM,
        "ownerteam": AlertField.TEAM,
        "integration": AlertField.INTEGRATION,
        "lastoccuredat": AlertField.OCCURRED,
    },
)
"""`lastOccuredAt` is how Opsgenie's client for Go spells it."""
