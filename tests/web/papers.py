"""A postmortem on paper, for what needs no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.engines.papers import (
    Paper,
    PaperAction,
    PaperEntry,
    PaperIncident,
    PaperResponder,
    PaperReviewer,
    PaperSection,
)
from bot.vocabulary import ActionKind, ActionStatus, IncidentStatus, PostmortemStatus, Severity, Verdict

BEGAN = datetime(2026, 11, 9, 14, 2, tzinfo=UTC)


def paper(said: str, body: dict[str, Any]) -> Paper:
    """PM-12, in which every text that somebody typed is the same, and every section has that body."""
    return Paper(
        number=12,
        title=said,
        status=PostmortemStatus.PUBLISHED,
        version=2,
        severity=Severity.P2,
        incident=PaperIncident(7, said, IncidentStatus.RESOLVED),
        team=said,
        owner=said,
        services=(said,),
        responders=(PaperResponder(said, said), PaperResponder(said, is_team=True)),
        reviewers=(PaperReviewer(said, Verdict.CHANGES_REQUESTED, BEGAN, said),),
        started_at=BEGAN,
        detected_at=BEGAN - timedelta(minutes=1),
        responded_at=BEGAN + timedelta(hours=2, minutes=15),
        ended_at=BEGAN + timedelta(days=1, hours=4, minutes=9),
        created_at=BEGAN,
        published_at=BEGAN + timedelta(days=6),
        summary=body,
        sections=(PaperSection("", "", body), PaperSection("fault", said, body), PaperSection("empty", "Empty", {})),
        timeline=(PaperEntry(BEGAN, said, said, f"javascript:{said}", (said,)), PaperEntry(BEGAN, "", "", "", ())),
        actions=(
            PaperAction(
                said, said, date(2026, 11, 30), ActionKind.DETECT, ActionStatus.OPEN, f"https://a.example/{said}"
            ),
            PaperAction(said, "", None, None, ActionStatus.NOT_NEEDED, f"javascript:{said}"),
        ),
        jira_issues=(f"javascript:{said}", f"https://a.example/{said}"),
        related=(PaperIncident(3, said, IncidentStatus.CLOSED),),
    )
