"""Every thing that happens to an alert has words in its log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.engines.policies import Outcome, Tried
from bot.queries import alert_lines, alerts
from bot.queries.alert_lines import policy_words
from bot.queries.alert_log import AlertHappening, CloseReason
from bot.queries.reading import Reader
from bot.usecases.unit import Units
from bot.vocabulary import AlertStatus, PolicyGroup, Severity
from storage.models import Alert
from tests.conftest import StillClock, met

CORE = {"kind": "team", "id": "1", "name": "core"}
NIGHT = {"kind": "schedule", "id": "2", "name": "night"}
LATE = {"kind": "escalation", "id": "3", "name": "late"}
TAGS, DETAILS = {"tags": ["a"]}, {"details": {"x": "1"}}
UNTIL = "2026-11-18T10:00:00.5+00:00"

TOLD: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any], str], ...] = (
    (AlertHappening.RAISED, {}, {"message": "db is down"}, "Alert created"),
    (AlertHappening.COUNTED, {}, {"count": 3}, "Came again, 3 times by now"),
    (AlertHappening.ACKNOWLEDGED, {}, {}, "Alert acknowledged"),
    (AlertHappening.UNACKNOWLEDGED, {}, {}, "Acknowledgement taken back"),
    (AlertHappening.CLOSED, {}, {}, "Alert closed"),
    (AlertHappening.CLOSED, {}, {"why": CloseReason.POLICY}, "Alert closed by a policy"),
    (AlertHappening.CLOSED, {}, {"why": CloseReason.ESCALATION}, "Alert closed at the end of its escalation"),
    (AlertHappening.SNOOZED, {}, {"until": UNTIL}, "Snoozed until [2026-11-18T10:00:00Z]"),
    (AlertHappening.WOKE, {}, {}, "Snooze ended"),
    (AlertHappening.ASSIGNED, {"owner_id": None}, {"owner_id": "{ana}"}, "Assigned to [Ana]"),
    (AlertHappening.CALLED, {}, {"responders": [CORE, NIGHT]}, "Responders added: [team core, schedule night]"),
    (AlertHappening.DECLINED, {}, {"user_id": "{ana}"}, "[Ana] passed it on"),
    (AlertHappening.TAGGED, {"tags": []}, TAGS, "Tags added: [a]"),
    (AlertHappening.UNTAGGED, TAGS, {"tags": []}, "Tags removed: [a]"),
    (AlertHappening.DETAILED, {"details": {}}, DETAILS, "Details added: [x=1]"),
    (AlertHappening.UNDETAILED, DETAILS, {"details": {}}, "Details removed: [x]"),
    (AlertHappening.EDITED, {"priority": "P3"}, {"priority": "P1"}, "Priority changed to [P1]"),
    (AlertHappening.NOTED, {}, {"note_id": 1}, "Note added"),
    (AlertHappening.ACTED, {}, {"action": "Ping"}, "Action [Ping] executed"),
    (AlertHappening.DELETED, {"number": 1}, {}, "Alert deleted"),
    (
        AlertHappening.ROUTED,
        {},
        {"team": CORE, "rule": "by night", "to": NIGHT},
        "team core routed it to schedule night by the rule [by night]",
    ),
    (
        AlertHappening.ROUTED,
        {},
        {"team": CORE, "rule": "never", "to": None},
        "team core routed it to nobody by the rule [never]",
    ),
    (
        AlertHappening.ROUTED,
        {},
        {"team": CORE, "rule": None, "to": None},
        "team core has no routing rule for it: brought to who is on call for the team",
    ),
    (AlertHappening.NOTIFIED, {}, {"name": "Ana", "through": None}, "Notified [Ana]"),
    (AlertHappening.NOTIFIED, {}, {"name": "Ana", "through": NIGHT}, "Notified [Ana], who stands for schedule night"),
    (
        AlertHappening.NOBODY_ON_CALL,
        {},
        {"called": [NIGHT]},
        "Nobody could be told: nobody is on call for [schedule night]",
    ),
    (
        AlertHappening.NOBODY_ON_CALL,
        {},
        {"called": [], "unreachable": ["Li"], "declined": ["Ana"], "missed": ["There is no team with name [x]."]},
        "Nobody could be told: [Li] cannot be told in Slack; [Ana] passed it on; There is no team with name [x]",
    ),
    (AlertHappening.NOBODY_ON_CALL, {}, {"called": []}, "Nobody could be told: no responder is named"),
    (AlertHappening.ESCALATED, {}, {"escalation": LATE, "step": 2}, "Step 2 of escalation late"),
    (AlertHappening.REPEATED, {}, {"escalation": LATE, "round": 1}, "Repeated escalation late"),
    (AlertHappening.RESTARTED, {}, {"times": 1, "most": 5}, "Told again, 1 of 5 times"),
    (AlertHappening.SUPPRESSED, {}, {"policy": "p"}, "Nobody is told, by policy [p]"),
    (
        AlertHappening.DELAYED,
        {},
        {"policy": "p", "until": UNTIL},
        "People are told at [2026-11-18T10:00:00Z], by policy [p]",
    ),
    (AlertHappening.HELD_BACK, {}, {"policy": "p"}, "People are told when it comes often, by policy [p]"),
    (AlertHappening.POLICIES_BROKEN, {}, {"more": 3}, "Passed over more policies that are broken: 3"),
    (AlertHappening.POLICY_BROKEN, {}, {"policy": "p", "why": "no"}, "Passed over policy [p], which is broken: no"),
    (AlertHappening.DECLARED, {}, {"incident": 7}, "Incident INC-7 declared"),
)
"""What happened, and how the log tells it; `{ana}` stands for Ana's id."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whatever_happens_is_told_in_words(units: Units, reader: Reader, clock: StillClock) -> None:
    assert {verb for verb, _, _, _ in TOLD} == set(AlertHappening)
    ana = await met(units, "UANA")
    async with units.begin(ana) as unit:
        at = unit.now
        times: dict[str, Any] = {"created_at": at, "updated_at": at, "last_occurred_at": at}
        alert = Alert(alias="a", message="db is down", priority=Severity.P3, status=AlertStatus.OPEN, **times)
        unit.session.add(alert)
        await unit.session.flush()
        for verb, before, after, _ in TOLD:
            filled = {name: ana.id if value == "{ana}" else value for name, value in after.items()}
            await unit.event(verb, alert.id, before=before, after=filled)
        alert_id = alert.id
    async with reader() as reading:
        view = await alerts.by_id(reading, alert_id)
        assert view is not None
        found = await alert_lines.happenings(reading, view, limit=100, newest_first=False, beyond=None, backwards=False)
    assert [line.words for line in found.lines] == [words for _, _, _, words in TOLD]
    assert {line.by for line in found.lines} == {"Ana"}


def test_a_policy_is_told_with_what_it_changed() -> None:
    changed = {"priority": ("P3", "P1"), "message": ("a", "b")}
    tried = Tried("1", "night", PolicyGroup.MODIFY, None, Outcome.OUTSIDE_HOURS, "It is day.", changed)
    assert policy_words(tried) == (
        "Policy [night] outside hours: It is day. priority [P3] became [P1]. message [a] became [b]."
    )
    assert policy_words(Tried("", "", PolicyGroup.MODIFY, None, Outcome.NO_MATCH, "7 more.")) == "7 more."
