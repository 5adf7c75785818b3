"""What postmortems tell when they are counted: how long they take, what is overdue, what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.engines.documents.document import is_empty, to_plain
from bot.engines.lifecycle.due import overdue_if_due_before
from bot.engines.stats import Completion, Spread, spread
from bot.queries.people import Person
from bot.queries.postmortems import late_if_due_before, require_member
from bot.queries.reading import Reading
from bot.vocabulary import ActionStatus, PostmortemStatus
from storage import stats
from storage.postmortems import Filters
from storage.stats import Cause, CountedActions

SERVICES, CAUSES = 20, 3
REPEATED = 2
"""From so many postmortems on a service's causes are worth a look side by side."""
_BEHIND_ALL_ZONES = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A postmortem, and the first line of what it says of its cause; empty where that is not written."""

    number: int
    title: str
    line: str

    @property
    def label(self) -> str:
        """What people call it: `PM-12`."""
        return f"PM-{self.number}"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A service with several postmortems: how many, and the last of them, the newest first."""

    service: str
    count: int
    last: tuple[CauseLine, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """Postmortems counted. `overdue` are drafts and reviews past their day; `to_publish` None: none is published.

    `repeated` begins with the service that has most; no more than the first twenty are told.
    """

    drafts: int
    in_review: int
    published: int
    overdue: int
    to_publish: Spread | None
    actions: Completion
    repeated: tuple[Repeated, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return self.drafts + self.in_review + self.published


async def stats_of(
    reading: Reading, asker: Person, *, team_id: str | None = None, since: datetime | None = None
) -> Stats:
    """All postmortems counted, or a team's, or those made at an instant or later; in six statements.

    Time to publish is from the making of a postmortem to its publication. An action was done in time when its day was
    not over everywhere on Earth.

    Raises:
        NotAllowed: the asker is an outsider.
    """
    require_member(asker, subject="postmortems")
    filters = Filters(team_id=team_id, since=since)
    late = Filters(due_before=await late_if_due_before(reading))
    states = await stats.by_status(reading.session, filters, late)
    hours = await stats.hours_to_publish(reading.session, filters)
    over_before = overdue_if_due_before((reading.now - _BEHIND_ALL_ZONES).date())
    actions = await stats.actions(reading.session, filters, over_before=over_before)
    services = await stats.services(reading.session, filters, at_least=REPEATED, limit=SERVICES)
    causes = await stats.causes(reading.session, filters, [each.id for each in services], each=CAUSES)
    by_service = _by_service(causes)
    return Stats(
        drafts=states.get(PostmortemStatus.DRAFT, (0, 0))[0],
        in_review=states.get(PostmortemStatus.IN_REVIEW, (0, 0))[0],
        published=states.get(PostmortemStatus.PUBLISHED, (0, 0))[0],
        overdue=sum(overdue for _, overdue in states.values()),
        to_publish=spread(hours),
        actions=_completion(actions),
        repeated=tuple(Repeated(each.name, each.count, tuple(by_service.get(each.id, ()))) for each in services),
    )


def _by_service(causes: Iterable[Cause]) -> dict[str, list[CauseLine]]:
    grouped: dict[str, list[CauseLine]] = {}
    for cause in causes:
        line = CauseLine(cause.number, cause.title, _first_line(cause.body))
        grouped.setdefault(cause.service_id, []).append(line)
    return grouped


def _first_line(body: Mapping[str, Any] | None) -> str:
    if body is None or is_empty(body):
        return ""
    return next((line for line in map(str.strip, to_plain(body).splitlines()) if line), "")


def _completion(counted: Iterable[CountedActions]) -> Completion:
    found: dict[str, int] = {}
    for each in counted:
        for kind in _kinds(each):
            found[kind] = found.get(kind, 0) + each.count
    return Completion(**found)


def _kinds(each: CountedActions) -> tuple[str, ...]:
    match each.status:
        case ActionStatus.OPEN:
            return ("open", "overdue") if each.has_day and not each.in_time else ("open",)
        case ActionStatus.NOT_NEEDED:
            return ("not_needed",)
        case ActionStatus.DONE if not each.has_day:
            return ("undated",)
        case ActionStatus.DONE:
            return ("on_time",) if each.in_time else ("late",)
