"""Throw away what nothing looks at any more."""

from __future__ import annotations

from datetime import date, timedelta

from bot.engines.calendars import CANCELLED_KEPT, DRAWN_BACK
from bot.queries.reading import Clock
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit, Units
from storage import calendars, deliveries, finished_requests, postmortems, receipts, subject_deliveries

RECEIPTS_KEPT = timedelta(days=2)
"""Slack repeats what it was not thanked for within about an hour."""
DELIVERIES_KEPT = timedelta(days=90)
FINISHED_KEPT = timedelta(days=7)
"""Programs ask within seconds what became of a request."""
DELETED_KEPT = timedelta(days=1)
ALERTS_KEPT_UP = timedelta(days=7)
"""A note or a tag may come to an alert after its end: until then its messages still show it."""
OF_ALERTS = (MessageKind.ALERT, MessageKind.PAGED, MessageKind.PAGE, MessageKind.NOBODY_ON_CALL)
"""The last is about an event, not an alert: it is kept up for as long after it was told or edited."""
SENT_ONCE = (
    *(MessageKind.HISTORY, MessageKind.CHANGES_REQUESTED, MessageKind.COMMENTED, MessageKind.ASSIGNED),
    *(MessageKind.PUT_ON_CALL, MessageKind.REPLACED, MessageKind.INCIDENT_HISTORY),
    *(MessageKind.ANSWER, MessageKind.CHANNEL_DIGEST),
)
"""What nobody edits any more once it is old."""
A_DAY = timedelta(days=1)
BATCH = 500


async def purge(unit: Unit, *, limit: int = BATCH) -> int:
    """Throw away up to `limit` of each: old receipts, what became of old requests, old messages closed or failed
    or of a kind that is sent once, postmortems deleted a day ago, shifts that no calendar is told of any more. Messages
    about alerts that ended a week ago are kept up no longer, and go when they are old.

    Answers how many that was: there may be more until it is zero.
    """
    gone = await receipts.purge(unit.session, before=unit.now - RECEIPTS_KEPT, limit=limit)
    gone += await finished_requests.purge(unit.session, before=unit.now - FINISHED_KEPT, limit=limit)
    gone += await subject_deliveries.close_ended(
        unit.session, OF_ALERTS, ended_before=unit.now - ALERTS_KEPT_UP, limit=limit
    )
    gone += await subject_deliveries.close_ended(
        unit.session, SENT_ONCE, ended_before=unit.now - DELIVERIES_KEPT, limit=limit
    )
    gone += await deliveries.purge(unit.session, before=unit.now - DELIVERIES_KEPT, limit=limit)
    gone += await calendars.purge(
        unit.session,
        ended_before=unit.now - DRAWN_BACK - A_DAY,
        cancelled_before=unit.now - CANCELLED_KEPT - A_DAY,
        limit=limit,
    )
    deleted = await postmortems.deleted_before(unit.session, unit.now - DELETED_KEPT, limit=limit)
    await postmortems.remove(unit.session, deleted)
    return gone + len(deleted)


class DailyPurge:
    """The purge of one process, once a day; two processes at once do each other no harm."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._done_on: date | None = None

    async def run(self, *, limit: int = BATCH) -> int:
        """One batch, and nothing once the day (of UTC) has had its last; answers how many went."""
        today = self._clock().date()
        if self._done_on == today:
            return 0
        async with self._units.begin(None) as unit:
            gone = await purge(unit, limit=limit)
        if not gone:
            self._done_on = today
        return gone
