"""What the form of a schedule holds, exactly as typed, and the block ids under which Slack sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.vocabulary import RotationType

MOST_ROTATIONS = 8
"""In one form: a modal has at most 100 blocks."""
_START_HOUR = "09:00"


@dataclass(frozen=True, slots=True)
class RotationFields:
    """One rotation. `key` tells it from the others in the form, also those removed; `id` None: it is new.

    `people` are ids in Slack, `day` and `time` what the clock in the schedule's zone reads at the start.
    """

    key: int
    id: str | None
    name: str
    people: tuple[str, ...]
    type: str
    length: str
    day: str
    time: str
    windows: str
    skips: bool


@dataclass(frozen=True, slots=True)
class ScheduleFields:
    """The whole form. `schedule_id` and `version` None: a new schedule.

    `team` is `team:<id>`, `new:<name>` or empty. `edition` goes into every block id: Slack keeps what somebody typed
    into a block as long as its id stays, so a form that starts afresh needs other ids.
    """

    schedule_id: str | None
    version: int | None
    sitting: str
    edition: int
    next_key: int
    name: str
    timezone: str
    team: str
    rotations: tuple[RotationFields, ...]

    @property
    def content(self) -> dict[str, Any]:
        """The same as JSON, to be kept."""
        return asdict(self)

    @property
    def about(self) -> dict[str, Any]:
        """What the form itself carries along: ids, no text."""
        return {
            "schedule": self.schedule_id,
            "version": self.version,
            "sitting": self.sitting,
            "edition": self.edition,
            "next": self.next_key,
            "rotations": [[rotation.key, rotation.id] for rotation in self.rotations],
        }

    def with_another(self) -> ScheduleFields:
        """With one more rotation, begun like the last; unchanged where the form is full."""
        if len(self.rotations) >= MOST_ROTATIONS:
            return self
        if not self.rotations:
            return replace(self, next_key=self.next_key + 1, rotations=(first_rotation(self.next_key, day=""),))
        last = self.rotations[-1]
        name = f"Rotation {len(self.rotations) + 1}"
        another = replace(last, key=self.next_key, id=None, name=name, people=(), windows="", skips=False)
        return replace(self, next_key=self.next_key + 1, rotations=(*self.rotations, another))

    def without(self, key: int) -> ScheduleFields:
        """Without that rotation; the last one stays."""
        left = tuple(rotation for rotation in self.rotations if rotation.key != key)
        return replace(self, rotations=left) if left else self

    def block_id(self, field: str) -> str:
        """The block of a field, named as in `usecases/schedules/checking.py`; what is no field's is the name's."""
        if field in _BLOCKS:
            return block_id(_BLOCKS[field], self.edition)
        _, place, part = (*field.split("."), "", "")[:3]
        if not place or part not in _ROTATION_BLOCKS:
            return block_id("name", self.edition)
        return block_id(_ROTATION_BLOCKS[part], self.edition, self.rotations[int(place)].key)


def block_id(name: str, edition: int, key: int = 0) -> str:
    """The id of one field's block: `people.0.2`; key 0 is the schedule itself."""
    return f"{name}.{edition}.{key}"


def first_rotation(key: int, *, day: str) -> RotationFields:
    """The first rotation of a schedule, with nobody in it yet: weekly, from nine o'clock of that day."""
    return RotationFields(
        key=key,
        id=None,
        name="Primary",
        people=(),
        type=RotationType.WEEKLY,
        length="1",
        day=day,
        time=_START_HOUR,
        windows="",
        skips=False,
    )


def fields_from(content: Mapping[str, Any]) -> ScheduleFields:
    """The fields kept as `content`."""
    rotations = tuple(
        RotationFields(**{**rotation, "people": tuple(rotation["people"])}) for rotation in content["rotations"]
    )
    return ScheduleFields(**{**content, "rotations": rotations})


_BLOCKS = {"name": "name", "timezone": "timezone", "team": "team"}
_ROTATION_BLOCKS = {
    "name": "name",
    "participants": "people",
    "type": "type",
    "length": "length",
    "start": "day",
    "end": "day",
    "restriction": "windows",
    "turns": "skips",
}
