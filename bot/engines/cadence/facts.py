"""The values of the cadence: what is known of one postmortem, and the nudges that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.engines.lifecycle.review import Review, ReviewRules
from bot.vocabulary import PostmortemStatus


class NudgeKind(StrEnum):
    """Why somebody is nudged. In this order the first names a nudge that is due for two reasons at once."""

    OWNER = "owner"
    REVIEWER = "reviewer"
    OWNER_OF_REVIEW = "owner-of-review"
    REVIEWER_OF_DRAFT = "reviewer-of-draft"
    LEAD = "lead"
    CHANNEL_DIGEST = "channel-digest"
    ACTION_OWNER = "action-owner"
    OWNER_OF_ACTIONS = "owner-of-actions"
    LEAD_OF_ACTIONS = "lead-of-actions"
    DIGEST_OF_ACTIONS = "digest-of-actions"


ABOUT_ACTIONS = frozenset(
    {NudgeKind.ACTION_OWNER, NudgeKind.OWNER_OF_ACTIONS, NudgeKind.LEAD_OF_ACTIONS, NudgeKind.DIGEST_OF_ACTIONS}
)
"""Those that are about follow-ups alone, and not about the text."""
DIGESTS = frozenset({NudgeKind.CHANNEL_DIGEST, NudgeKind.DIGEST_OF_ACTIONS})
"""Those that a channel hears, on Mondays."""


@dataclass(frozen=True, slots=True)
class OwedAction:
    """An action that is still to be done by somebody, until a day."""

    id: str
    owner_id: str
    due: date


@dataclass(frozen=True, slots=True)
class Facts:
    """One postmortem as the cadence sees it.

    `due` is the date of what it is now, a draft's or a review's; None: no ladder. `snoozes` holds each person's first
    day that is no longer quiet. `leads` are those of its team; `admins` stand in where there are none. `channel` is
    where its card lives; None: no digest. `actions` are those that are open.
    """

    review: Review
    text_changed_at: datetime
    due: date | None
    rules: ReviewRules = field(default_factory=ReviewRules)
    leads: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    channel: str | None = None
    snoozes: Mapping[str, date] = field(default_factory=dict)
    actions: tuple[OwedAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones of people and channels; `default` (the workspace's, else UTC) is for those whose zone is not known."""

    known: Mapping[str, ZoneInfo] = field(default_factory=dict)
    default: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def of(self, recipient: str) -> ZoneInfo:
        """The zone in which this recipient's mornings are."""
        return self.known.get(recipient, self.default)


@dataclass(frozen=True, slots=True)
class Reason:
    """What a nudge can say on its day; all days are those of the recipient's zone.

    `days_in_review` and `due_in_days` count calendar days ("in review 5 days", "due tomorrow" is 1, past due is
    negative); `days_overdue` counts working days past due. `is_last`: the recipient's verdict is the only one missing.
    """

    status: PostmortemStatus
    due: date | None
    due_in_days: int | None
    days_overdue: int
    days_in_review: int | None
    approved_by: tuple[str, ...]
    waiting_for: tuple[str, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class Nudge:
    """The next time one recipient (a person, or a channel for a digest) hears of one postmortem; `at` is aware UTC."""

    recipient: str
    kind: NudgeKind
    at: datetime
    reason: Reason
