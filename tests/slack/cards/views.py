"""Postmortems of every kind and size, for the builders of cards and forms: no database, only values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.engines.documents.document import empty_document, is_empty
from bot.engines.documents.merging import merged
from bot.engines.lifecycle import review as engine
from bot.engines.lifecycle.review import Review, Reviewer, ReviewRules, count, open_moves
from bot.queries.people import Person
from bot.queries.postmortems import IncidentOf, Outline, PostmortemView, ReviewerView, SectionView
from bot.vocabulary import IncidentStatus, PostmortemStatus, Severity, Verdict

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
RULES = ReviewRules()
TITLES = ("Leadup", "Fault", "Detection", "Root causes")


def person(number: int, name: str = "") -> Person:
    """Somebody; their number tells them from others."""
    return Person(
        id=f"person-{number}",
        slack_id=f"U{number:03}",
        name=name or f"Person {number}",
        email=None,
        timezone="Europe/Berlin",
        is_admin=False,
        is_outsider=False,
        is_bot=False,
        has_left=False,
        refreshed_at=NOW,
    )


def text(words: str) -> dict[str, Any]:
    """A section's text in ADF."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return merged(empty_document(), {"type": "rich_text", "elements": [section]})


def postmortem(
    *,
    title: str = "Checkout down",
    status: PostmortemStatus = PostmortemStatus.DRAFT,
    reviewers: Sequence[Person] = (),
    approved: int = 0,
    responders: Sequence[Person] = (),
    services: Sequence[str] = (),
    bodies: Sequence[str] = ("", "", "", ""),
    owner: Person | None = None,
    days_overdue: int = 0,
    ended: bool = True,
) -> PostmortemView:
    """One in that state; the first `approved` of its reviewers have approved."""
    owner = owner or person(0, "Ana")
    verdicts = [Verdict.APPROVED if place < approved else Verdict.PENDING for place in range(len(reviewers))]
    review = Review(
        name="PM-12",
        owner_id=owner.id,
        status=status,
        reviewers=tuple(Reviewer(each.id, NOW, said) for each, said in zip(reviewers, verdicts, strict=True)),
        asked_at=NOW if status is PostmortemStatus.IN_REVIEW else None,
    )
    is_published = status is PostmortemStatus.PUBLISHED
    return PostmortemView(
        outline=outline(review, title=title, owner=owner, days_overdue=days_overdue, is_published=is_published),
        ended_at=NOW - timedelta(minutes=18) if ended else None,
        incident=IncidentOf(7, title, IncidentStatus.RESOLVED if ended else IncidentStatus.OPEN),
        services=tuple(services),
        responders=tuple(responders),
        reviewers=tuple(
            ReviewerView(each, said, NOW, NOW if said is Verdict.APPROVED else None, "", counts=True)
            for each, said in zip(reviewers, verdicts, strict=True)
        ),
        sections=tuple(_section(title, body) for title, body in zip(TITLES, bodies, strict=True)),
        review=review,
        moves=open_moves(review, RULES),
        reminders=(),
    )


def outline(
    review: engine.Review, *, title: str, owner: Person, days_overdue: int = 0, is_published: bool = False
) -> Outline:
    """The outline of one."""
    return Outline(
        id="postmortem-12",
        number=12,
        title=title,
        severity=Severity.P2,
        status=review.status,
        owner=owner,
        due_on=None if is_published else date(2026, 11, 25),
        days_overdue=days_overdue,
        approvals=count(review, RULES),
        started_at=NOW - timedelta(hours=1),
        published_at=NOW if is_published else None,
        created_at=NOW,
        channel="C02INCIDENTS",
        version=5,
    )


def _section(title: str, body: str) -> SectionView:
    adf = text(body) if body else empty_document()
    key = title.lower().replace(" ", "-")
    return SectionView(key, title, f"What about {title}?", adf, 1, None, is_empty(adf))
