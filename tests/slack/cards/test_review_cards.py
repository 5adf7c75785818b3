"""What is shown of versions and before publishing: within Slack's limits, pinging nobody, with what is worth a look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.engines.documents.secrets import Suspicion
from bot.engines.papers import (
    Paper,
    PaperAction,
    PaperEntry,
    PaperIncident,
    PaperRemark,
    PaperReviewer,
    PaperSection,
    Warnings,
    warnings_of,
)
from bot.engines.papers.warnings import OpenRequest, SecretSeen
from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.playground.rendering import Reader, blocks_text
from bot.queries.versions import FrozenVersion
from bot.slack.cards.frozen import frozen_card
from bot.slack.cards.preview import publish_form, warning_sentences
from bot.vocabulary import ActionKind, ActionStatus, IncidentStatus, PostmortemStatus, Severity, Verdict
from tests.slack.cards.views import NOW, text

ANYBODY = Reader(people={}, channels={})
MENTION = {"type": "mention", "attrs": {"id": "U02RAJ", "text": "@Raj"}}
PAPER = Paper(
    number=12,
    title="Checkout down",
    status=PostmortemStatus.PUBLISHED,
    version=1,
    severity=Severity.P2,
    incident=PaperIncident(7, "Checkout down", IncidentStatus.RESOLVED),
    team="",
    owner="Ana",
    services=("Checkout",),
    responders=(),
    reviewers=(PaperReviewer("Raj", Verdict.APPROVED, NOW, ""), PaperReviewer("Li", Verdict.PENDING, None, "")),
    started_at=NOW,
    detected_at=None,
    responded_at=None,
    ended_at=None,
    created_at=NOW,
    published_at=NOW,
    summary=None,
    sections=(
        PaperSection("fault", "Fault", text("DB_PASSWORD=correct-horse <!channel>")),
        PaperSection("detection", "Detection", text("")),
        PaperSection(
            "who", "Who", {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [MENTION]}]}
        ),
    ),
    timeline=(PaperEntry(NOW, "rolled back", "Mia", "", ()),),
    actions=(
        PaperAction("Add an alarm", "", date(2026, 11, 20), ActionKind.DETECT, ActionStatus.OPEN, ""),
        PaperAction("Was nobody's", "", None, None, ActionStatus.DONE, ""),
    ),
    jira_issues=(),
    related=(),
    remarks=(
        PaperRemark("Raj", NOW - timedelta(hours=1), "Fault", Verdict.CHANGES_REQUESTED, "Say why"),
        PaperRemark("Mia", NOW, "Fault", Verdict.CHANGES_REQUESTED, "Not yet"),
        PaperRemark("Li", NOW, "", None, "Fine"),
    ),
)


def test_what_is_worth_a_look_is_found_where_it_stands() -> None:
    assert warnings_of(PAPER) == Warnings(
        secrets=(SecretSeen("Fault", Suspicion("a password or a key", "corr…")),),
        mentioned=("Raj",),
        ownerless=1,
        empty=("Detection",),
        requests=(OpenRequest("Mia", "Fault"),),  # Raj has approved since
    )
    assert list(warning_sentences("PM-12", warnings_of(PAPER))) == [
        "In Fault stands what looks like a password or a key, “corr…”. Whoever reads it can use it.",
        "Changes were asked for and not approved since by Mia (Fault).",
        "Still empty: Detection.",
        "1 of its actions has no owner, and nobody is reminded of what has none: `/postmortem actions PM-12`.",
        "Raj is mentioned in it, and not told by that.",
    ]


def test_an_address_behind_a_link_is_looked_at_too() -> None:
    link = {"type": "link", "attrs": {"href": "https://me:hunter2@example.com/"}}
    words = {"type": "text", "text": "here", "marks": [link]}
    body = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [words]}]}
    seen = warnings_of(replace(PAPER, sections=(PaperSection("x", "X", body),))).secrets
    assert [each.suspicion.kind for each in seen] == ["a password in an address"]


HUGE = replace(
    PAPER,
    title="&" * 255,
    sections=tuple(PaperSection(str(n), "<b>" * 60, text("& word " * 4_000)) for n in range(30)),
    timeline=PAPER.timeline * 400,
    actions=tuple(replace(PAPER.actions[0], text="&" * 2_000, jira_url="https://x/" + "a" * 1_900) for _ in range(60)),
    remarks=tuple(
        replace(each, author="&" * 80, section=f"{place} <!channel>", text="&<>" * 1_000)
        for place, each in enumerate(PAPER.remarks * 30)
    ),
)


@pytest.mark.parametrize("paper", [PAPER, HUGE], ids=["short", "huge"])
def test_slack_takes_a_version_and_a_preview_however_long_they_are(paper: Paper) -> None:
    card = frozen_card(FrozenVersion("id", paper, NOW, 3), page="https://example.com/postmortems/PM-12?version=1")
    for sending in (Sending.POST, Sending.RESPONSE):
        assert [str(problem) for problem in validate_message(card.payload, sending)] == []
    form = publish_form(paper, channel="C02INCIDENTS", metadata='{"pm":12}')
    assert [str(problem) for problem in validate_view(form)] == []
    assert form["submit"]["text"] == "Publish PM-12"


def test_a_version_says_which_it_is_and_a_preview_what_others_will_read() -> None:
    words = blocks_text(list(frozen_card(FrozenVersion("id", PAPER, NOW, 2), page="https://x").blocks), ANYBODY)
    for part in ("Version 1 of 2, as it was published", "DB_PASSWORD", "rolled back", "Add an alarm", "Say why"):
        assert part in words, part
    form = blocks_text(publish_form(PAPER, channel=None, metadata="{}")["blocks"], ANYBODY)
    assert form.index("looks like a password") < form.index("Announce in") < form.index("DB_PASSWORD")
    clean = replace(PAPER, sections=PAPER.sections[:1], actions=(), remarks=(), timeline=())
    clean = replace(clean, sections=(PaperSection("fault", "Fault", text("The pool ran out.")),))
    assert "Nothing in it looks" in blocks_text(publish_form(clean, channel=None, metadata="{}")["blocks"], ANYBODY)
