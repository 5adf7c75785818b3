"""What became of the changes that programs asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.queries.actors import KeyHolder
from bot.queries.reading import Reading
from storage import finished_requests


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a change that a program asked for; of what was not done `subject_id` is empty.

    `key_id` is that of the key by which it asked.
    """

    key_id: str
    action: str
    subject_id: str
    alias: str
    is_success: bool
    status: str
    at: datetime


async def finished(reading: Reading, request_id: str, key: KeyHolder) -> Finished | None:
    """What became of a request of that key; None where nothing is known of it (any more).

    A key that acts for no team is told of what other keys asked for as well, the last under that id.
    """
    row = await finished_requests.of_key(reading.session, key.id, request_id)
    if row is None and key.team_id is None:
        row = await finished_requests.last_of_any(reading.session, request_id)
    if row is None:
        return None
    return Finished(
        key_id=row.key_id,
        action=row.action,
        subject_id=row.subject_id,
        alias=row.alias,
        is_success=row.is_success,
        status=row.status,
        at=row.at,
    )
