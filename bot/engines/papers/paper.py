"""A postmortem as its page shows it: names instead of ids, plain words instead of Slack's, its text as ADF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.vocabulary import ActionKind, ActionStatus, IncidentStatus, PostmortemStatus, Severity, Verdict


@dataclass(frozen=True, slots=True)
class PaperIncident:
    """An incident: the one it stands on, or a related one."""

    number: int
    message: str
    status: IncidentStatus

    @property
    def label(self) -> str:
        """What people call it: `INC-7`."""
        return f"INC-{self.number}"


@dataclass(frozen=True, slots=True)
class PaperResponder:
    """Who worked on the incident: a person, with what they were in it, or a team."""

    name: str
    role: str = ""
    is_team: bool = False


@dataclass(frozen=True, slots=True)
class PaperReviewer:
    """Who was asked for a verdict; `note` is what they want changed."""

    name: str
    verdict: Verdict
    said_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class PaperRemark:
    """What somebody said in its review: with the verdict it is why, without one it is a comment.

    `section` is the title of the section that is meant, empty for the whole.
    """

    author: str
    at: datetime
    section: str
    verdict: Verdict | None
    text: str

    @property
    def deed(self) -> str:
        """What saying it was: `commented on Detection`, `asked for changes`."""
        if self.verdict is None:
            return f"commented on {self.section}" if self.section else "commented"
        return f"asked for changes of {self.section}" if self.section else "asked for changes"


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A part of its text; the first may have no title."""

    key: str
    title: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """Something that happened. `text` is plain; empty for a message of files alone. `author` may be empty."""

    at: datetime
    text: str
    author: str
    permalink: str
    file_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperAction:
    """A follow-up; `owner` is empty where nobody has it."""

    text: str
    owner: str
    due_on: date | None
    kind: ActionKind | None
    status: ActionStatus
    jira_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A postmortem, whole. Times are aware. `version` is how often it was published; `team` may be empty.

    `summary` is the executive summary, None where nobody wrote one; it is none of the sections.
    """

    number: int
    title: str
    status: PostmortemStatus
    version: int
    severity: Severity
    incident: PaperIncident
    team: str
    owner: str
    services: tuple[str, ...]
    responders: tuple[PaperResponder, ...]
    reviewers: tuple[PaperReviewer, ...]
    started_at: datetime
    detected_at: datetime | None
    responded_at: datetime | None
    ended_at: datetime | None
    created_at: datetime
    published_at: datetime | None
    summary: dict[str, Any] | None
    sections: tuple[PaperSection, ...]
    timeline: tuple[PaperEntry, ...]
    actions: tuple[PaperAction, ...]
    jira_issues: tuple[str, ...]
    related: tuple[PaperIncident, ...]
    remarks: tuple[PaperRemark, ...] = ()

    @property
    def label(self) -> str:
        """What people call it: `PM-12`."""
        return f"PM-{self.number}"

    @property
    def said(self) -> tuple[PaperReviewer | PaperRemark, ...]:
        """All that was said in its review, in the order of time, each thing once; then who has said nothing."""
        with_words = {(each.author, each.at) for each in self.remarks if each.verdict}
        said: list[tuple[datetime, PaperReviewer | PaperRemark]] = [(each.at, each) for each in self.remarks]
        for each in self.reviewers:
            if each.said_at and (each.name, each.said_at) not in with_words:
                said.append((each.said_at, each))
        silent = (each for each in self.reviewers if each.said_at is None)
        return (*(each for _, each in sorted(said, key=lambda pair: pair[0])), *silent)

    def since_start(self, at: datetime | None) -> timedelta | None:
        """How long after the incident began; None where that is not known."""
        return at - self.started_at if at else None


def as_plain(paper: Paper) -> dict[str, Any]:
    """The paper as JSON: names as they are spelt here, times in UTC, None as null."""
    plain: dict[str, Any] = _adapter().dump_python(paper, mode="json")
    return plain


def from_plain(plain: Mapping[str, Any]) -> Paper:
    """What `as_plain` was made of.

    Raises:
        ValidationError: of pydantic: it is no paper.
    """
    return _adapter().validate_python(dict(plain))


@cache
def _adapter() -> TypeAdapter[Paper]:
    return TypeAdapter(Paper)
