"""The card of an incident, its forms, and the lines of its thread, in each state and within Slack's limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.queries.incident_cards import AlertLine, IncidentCardView, Update
from bot.queries.incident_history import IncidentHappened
from bot.queries.incident_log import IncidentHappening
from bot.queries.teams import TeamName
from bot.slack.cards.blocks import Card
from bot.slack.cards.incident import incident_card
from bot.slack.cards.incident_forms import declare_form, incident_view, note_form, roles_form
from bot.slack.cards.incident_history import incident_history_card
from bot.slack.cards.inputs import metadata
from bot.vocabulary import IncidentRole, IncidentStatus, Severity
from tests.slack.cards.views import person

BEGAN = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
ANA, RAJ, MIA = person(1, "Ana"), person(2, "Raj"), person(3, "Mia")
OPEN, RESOLVED, CLOSED = IncidentStatus
NASTY = "<!channel> *b* & <@U02RAJ>"
VIEW = IncidentCardView(
    id="i7",
    number=7,
    title="Checkout down",
    description="",
    severity=Severity.P2,
    status=OPEN,
    started_at=BEGAN,
    resolved_at=None,
    closed_at=None,
    created_at=BEGAN,
    channel="C1",
    has_own_channel=False,
    link="",
    team=None,
    services=(),
    roles={},
    responders=(),
    declared_by=ANA,
    alerts=(),
    postmortem=None,
    update=None,
)
OVER = replace(VIEW, status=RESOLVED, resolved_at=BEGAN + timedelta(minutes=80))


def labels(card: Card) -> list[str]:
    """What its buttons say; the primary one has a star."""
    elements = card.blocks[-1]["elements"]
    return [each["text"]["text"] + ("*" if each.get("style") == "primary" else "") for each in elements]


@pytest.mark.parametrize(
    ("view", "state", "offered"),
    [
        (VIEW, ":red_circle: *Open* since", ["Resolve*", "Update status", "Roles", "Close", "Start postmortem"]),
        (OVER, "lasted 1 h 20 min · P2", ["Start postmortem*", "Update status", "Reopen", "Close"]),
        (
            replace(OVER, postmortem=12),
            ":large_green_circle: *Resolved*",
            ["Open PM-12", "Update status", "Reopen", "Close"],
        ),
        (
            replace(OVER, status=CLOSED, closed_at=BEGAN + timedelta(hours=5)),
            ":white_circle: *Closed*",
            ["Start postmortem*", "Reopen"],
        ),
    ],
    ids=["open", "resolved", "with a postmortem", "closed"],
)
def test_each_state_says_itself_and_offers_what_can_be_done(
    view: IncidentCardView, state: str, offered: list[str]
) -> None:
    card = incident_card(view, place="C1")
    assert state in card.blocks[1]["text"]["text"]
    assert labels(card) == offered
    assert all(each["value"] for each in card.blocks[-1]["elements"])
    assert [str(problem) for problem in validate_message(card.payload, Sending.UPDATE)] == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, ":red_circle: Alert #7 db is down: open"),
        ({"acknowledged_by": "Raj"}, ":large_yellow_circle: Alert #7 db is down: acknowledged by Raj"),
        ({"acknowledged_by": "Raj", "is_snoozed": True}, ":large_blue_circle: Alert #7 db is down: snoozed"),
        ({"is_open": False, "closed_by": "Li"}, ":large_green_circle: Alert #7 db is down: closed by Li"),
    ],
)
def test_its_alerts_say_how_they_stand(state: dict[str, Any], words: str) -> None:
    card = incident_card(replace(VIEW, alerts=(AlertLine("a", 7, "db is down", **state),)))
    assert words in str(card.blocks)


def test_everything_at_its_longest_stays_within_slacks_limits_and_pings_nobody() -> None:
    view = replace(
        VIEW,
        title=f"{NASTY} {'x' * 170}",
        description="&" * 10_000,
        services=tuple(f"{NASTY} {number}" for number in range(50)),
        team=NASTY,
        link="https://x.slack.com/archives/C1/p1?thread_ts=1&cid=C1",
        roles={IncidentRole.COMMANDER: ANA, IncidentRole.COMMUNICATIONS: RAJ, IncidentRole.SCRIBE: MIA},
        alerts=tuple(AlertLine(str(number), number, NASTY * 6, acknowledged_by=NASTY * 6) for number in range(1, 31)),
        update=Update(NASTY * 1000, NASTY, BEGAN),
        has_own_channel=True,
        postmortem=12,
    )
    for each in (
        view,
        replace(view, update=Update("x" + "\n" * 5000 + "y", NASTY, BEGAN), link="https://" + "&" * 9000),
    ):
        card = incident_card(each, place="C2")
        assert [str(problem) for problem in validate_message(card.payload, Sending.POST)] == []
    card = incident_card(view, place="C2")
    said = f"{card.text} {card.blocks}"
    assert "<!channel>" not in str([each for each in card.blocks if each["type"] not in {"header"}][1:])
    assert "<@" not in card.text and "It goes on in <#C1>." in said and "and 25 more alerts" in said
    assert [str(problem) for problem in validate_view(incident_view(view))] == []


def test_its_own_channel_needs_no_way_to_itself() -> None:
    view = replace(VIEW, has_own_channel=True)
    assert "It goes on in" not in str(incident_card(view, place="C1").blocks)


@pytest.mark.parametrize("offers_channel", [False, True])
def test_the_forms_are_within_slacks_limits(offers_channel: bool) -> None:
    form = declare_form(
        commander="U1",
        channel="C1",
        severity=Severity.P1,
        team=TeamName("t1", "x" * 200),
        offers_channel=offers_channel,
        there=replace(VIEW, title="x" * 200),
        metadata=metadata(alert="a1", another=1),
    )
    forms = [form, note_form(label="INC-7", metadata="{}"), roles_form(label="INC-7", held={}, metadata="{}")]
    assert [str(problem) for each in forms for problem in validate_view(each)] == []
    assert ("own_channel" in str(form)) is offers_channel


@pytest.mark.parametrize(
    ("verb", "before", "after", "line"),
    [
        (IncidentHappening.RESOLVED, {}, {}, "Ana resolved INC-7."),
        (IncidentHappening.NOTED, {}, {"note_id": 1}, "Ana wrote:"),
        (
            IncidentHappening.EDITED,
            {"message": "x", "priority": "P3"},
            {"message": "Down <b>", "priority": "P1"},
            "Ana gave it another title: Down &lt;b&gt; and changed the severity from P3 to P1.",
        ),
        (IncidentHappening.ROLES, {}, {"commander": "p1"}, "Ana took the role of commander."),
        (
            IncidentHappening.ROLES,
            {"scribe": "p2"},
            {"scribe": None, "commander": "p2"},
            "Ana gave the role of commander to Raj and left it without scribe.",
        ),
        (
            IncidentHappening.CALLED,
            {},
            {"responders": [{"kind": "user", "id": "p2"}, {"kind": "team", "id": "t1"}]},
            "Ana called Raj and the team Ops.",
        ),
        (
            IncidentHappening.MOVED_IN,
            {},
            {"channel": "C2", "not_invited": ["Sam", "Old"]},
            "INC-7 has a channel of its own and goes on in <#C2>. Sam and Old could not be invited and are not in it "
            "yet.",
        ),
        (IncidentHappening.STAYED_OUT, {}, {"why": "no & more"}, "INC-7 got no channel of its own: no &amp; more"),
    ],
)
def test_a_line_says_who_did_what(
    verb: IncidentHappening, before: Mapping[str, Any], after: Mapping[str, Any], line: str
) -> None:
    known = {"p1": replace(ANA, id="p1"), "p2": replace(RAJ, id="p2")}
    note = "rolling *back*" if verb is IncidentHappening.NOTED else ""
    event = IncidentHappened(verb, known["p1"], None, "i7", 7, before, after, known, {"t1": "Ops"}, note)
    card = incident_history_card(event)
    assert card.blocks[0]["text"]["text"] == line
    assert card.text == (f"{line}\n{note}" if note else line)
    assert [str(problem) for problem in validate_message(card.payload, Sending.POST)] == []
