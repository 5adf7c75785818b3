"""When each key was used last: remembered at once, and written once a minute for all of them together."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.queries.reading import Clock
from bot.usecases.unit import Units
from storage import keys

PAUSE = timedelta(minutes=1)


class KeyUses:
    """The uses that one process has seen. A process that is killed loses those of its last minute."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._seen: dict[str, datetime] = {}
        self._written_at: datetime | None = None

    def note(self, key_id: str) -> None:
        """The key is being used."""
        self._seen[key_id] = self._clock()

    async def run(self) -> int:
        """Write what was seen, but not within a minute of the last time; answers of how many keys."""
        if self._written_at and self._clock() - self._written_at < PAUSE:
            return 0
        return await self.write()

    async def write(self) -> int:
        """Write what was seen, whatever was written when: for the end of the process."""
        if not self._seen:
            return 0
        seen, self._seen = self._seen, {}
        try:
            async with self._units.begin(None) as unit:
                for key_id, at in sorted(seen.items()):
                    await keys.used(unit.session, key_id, at=at)
        except BaseException:  # cancelled too: what was not written is written the next time
            self._seen = {**seen, **self._seen}
            raise
        self._written_at = self._clock()
        return len(seen)
