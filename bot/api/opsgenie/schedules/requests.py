"""Schedules and rotations as they are sent, and what is wanted by them."""

from __future__ import annotations

from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.api.bounds import AtMost
from bot.api.opsgenie.wire import Flag, Instant, Reference, Sent
from bot.engines.rotation import (
    LONGEST_LENGTH,
    MOST_PARTICIPANTS,
    MOST_ROTATIONS,
    MOST_WINDOWS,
    NOBODY,
    Participant,
    Restriction,
    TimeWindow,
)
from bot.usecases.references import Ref
from bot.usecases.schedules.checking import LONGEST_DESCRIPTION
from bot.usecases.schedules.names import LONGEST_NAME
from bot.usecases.schedules.wanted import UNSAID, ExistingTeam, Named, Unsaid, WantedRotation, WantedSchedule
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, Weekday

Value = TypeVar("Value")
Several = TypeVar("Several", bound=tuple[Any, ...])
AT_LEAST_ONE = Field(json_schema_extra={"minItems": 1})
_NOTHING: tuple[Any, ...] = (None, "", {})


def _absent_when_empty(value: Any) -> Any:
    """Go sends objects it has nothing for as empty ones, other clients with nothing in them."""
    is_empty = isinstance(value, dict) and all(each in _NOTHING for each in value.values())
    return None if is_empty else value


def _at_least_one(several: Several) -> Several:
    """Said of an empty list alone: pydantic's own check also says it where every item was refused."""
    if not several:
        raise ValueError("Name at least one.")
    return several


class ParticipantBody(Sent):
    """Somebody of a roster: a user by id or user name, a team or escalation by id or name, or `none`."""

    type: ParticipantKind
    id: str | None = None
    name: str | None = None
    username: str | None = None

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if self.type is not ParticipantKind.NONE and not self.id and not self._called:
            called = "username" if self.type is ParticipantKind.USER else "name"
            raise ValueError(f"Name the {self.type} by id or {called}.")
        return self

    @property
    def wanted(self) -> Participant | Named:
        """Whom it names."""
        return NOBODY if self.type is ParticipantKind.NONE else Named(self.type, Ref(self.id, self._called))

    @property
    def _called(self) -> str | None:
        return self.username if self.type is ParticipantKind.USER else self.name


class DailyWindow(Sent):
    """A window that is the same every day. It may end at 24:00, the midnight after; it cannot begin there."""

    start_hour: int = Field(ge=0, le=23)
    start_min: int = Field(ge=0, le=59)
    end_hour: int = Field(ge=0, le=24)
    end_min: int = Field(ge=0, le=59)

    @model_validator(mode="after")
    def _ends_by_midnight(self) -> Self:
        if self.end_hour == 24 and self.end_min:
            raise ValueError("The latest end of a window is 24:00: with endHour 24, endMin is 0.")
        return self

    @property
    def wanted(self) -> TimeWindow:
        """The window."""
        return TimeWindow(self.start_hour, self.start_min, self.end_hour, self.end_min)


class WeeklyWindow(DailyWindow):
    """A window that is the same every week."""

    start_day: Weekday
    end_day: Weekday

    @property
    def wanted(self) -> TimeWindow:
        """The window."""
        hours = (self.start_hour, self.start_min, self.end_hour, self.end_min)
        return TimeWindow(*hours, start_day=self.start_day, end_day=self.end_day)


class RestrictionBody(Sent):
    """The hours in which a rotation is in force: one `restriction` every day, or `restrictions` in the week.

    Beside the list an object is not looked at: Go's client sends an empty one. A daily one is also taken as a list of
    exactly one, as older replies told it.
    """

    type: RestrictionKind
    restriction: Annotated[DailyWindow | None, BeforeValidator(_absent_when_empty)] = None
    restrictions: Annotated[tuple[WeeklyWindow, ...], AfterValidator(_at_least_one), AtMost(MOST_WINDOWS)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _in_its_own_form(cls, sent: Any) -> Any:
        if not isinstance(sent, dict):
            return sent
        kind, listed = sent.get("type"), sent.get("restrictions")
        if kind == RestrictionKind.WEEKDAY_AND_TIME_OF_DAY:
            return {"type": kind, "restrictions": listed}
        if kind == RestrictionKind.TIME_OF_DAY and _absent_when_empty(sent.get("restriction")) is None:
            is_one = isinstance(listed, list) and len(listed) == 1
            return {"type": kind, "restriction": listed[0] if is_one and listed else None}
        return {name: value for name, value in sent.items() if name != "restrictions"}

    @model_validator(mode="after")
    def _has_windows(self) -> Self:
        if self.type is RestrictionKind.TIME_OF_DAY and self.restriction is None:
            raise ValueError("A restriction of the type time-of-day needs one restriction.")
        if self.type is RestrictionKind.WEEKDAY_AND_TIME_OF_DAY and not self.restrictions:
            raise ValueError("A restriction of the type weekday-and-time-of-day needs restrictions.")
        return self

    @property
    def wanted(self) -> Restriction:
        """The restriction."""
        windows = (self.restriction,) if self.restriction else self.restrictions or ()
        return Restriction(self.type, tuple(each.wanted for each in windows))


GivenRestriction = Annotated[RestrictionBody | None, BeforeValidator(_absent_when_empty)]
Length = Annotated[int, Field(ge=1, le=LONGEST_LENGTH)]
RotationName = Annotated[str, Field(max_length=LONGEST_NAME)]
Roster = Annotated[tuple[ParticipantBody, ...], AfterValidator(_at_least_one), AT_LEAST_ONE, AtMost(MOST_PARTICIPANTS)]


class RotationBody(Sent):
    """A whole rotation. Minutes go to the nearest half hour."""

    name: RotationName | None = None
    start_date: Instant
    end_date: Instant | None = None
    type: RotationType
    length: Length | None = None
    participants: Roster
    time_restriction: GivenRestriction = None

    @property
    def wanted(self) -> WantedRotation:
        """The rotation, as a new one."""
        return self.wanted_as(None)

    def wanted_as(self, rotation_id: str | None) -> WantedRotation:
        """The rotation, in the place of the one with that id, if there is one."""
        return WantedRotation(
            id=rotation_id,
            name=said(self.name),
            participants=tuple(each.wanted for each in self.participants),
            type=self.type,
            length=self.length or 1,
            start=self.start_date,
            end=self.end_date,
            restriction=self.time_restriction.wanted if self.time_restriction else None,
            turns=UNSAID,
        )


class ListedRotation(RotationBody):
    """A whole rotation of a schedule. One with the id, else the name, of one that is there takes its place."""

    id: str | None = None

    @property
    def wanted(self) -> WantedRotation:
        """The rotation, in the place of the one with its id."""
        return self.wanted_as(self.id)


class RotationPatch(Sent):
    """What is to change of a rotation; null for `endDate` and `timeRestriction` clears them."""

    name: RotationName | None = None
    start_date: Instant | None = None
    end_date: Instant | None = None
    type: RotationType | None = None
    length: Length | None = None
    participants: Roster | None = None
    time_restriction: RestrictionBody | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_empty_restriction(cls, sent: Any) -> Any:
        if isinstance(sent, dict) and sent.get("timeRestriction") == {}:
            return {name: value for name, value in sent.items() if name != "timeRestriction"}
        return sent

    def wanted(self, rotation_id: str) -> WantedRotation:
        """That rotation with what is said of it."""
        return WantedRotation(
            id=rotation_id,
            name=said(self.name),
            participants=tuple(each.wanted for each in self.participants) if self.participants else UNSAID,
            type=said(self.type),
            length=said(self.length),
            start=said(self.start_date),
            end=self.end_date if "end_date" in self.model_fields_set else UNSAID,
            restriction=self._restriction,
            turns=UNSAID,
        )

    @property
    def _restriction(self) -> Restriction | Unsaid | None:
        if "time_restriction" not in self.model_fields_set:
            return UNSAID
        return self.time_restriction.wanted if self.time_restriction else None


ScheduleName = Annotated[str, Field(max_length=LONGEST_NAME)]
Description = Annotated[str, Field(max_length=LONGEST_DESCRIPTION)]
Rotations = Annotated[tuple[ListedRotation, ...], AfterValidator(_at_least_one), AT_LEAST_ONE, AtMost(MOST_ROTATIONS)]


class SchedulePatch(Sent):
    """What is to change of a schedule. An empty name is none; an empty description empties it.

    `rotations` is the whole new list: whoever is not in it is closed.
    """

    MAY_BE_EMPTY = frozenset({"description"})

    name: ScheduleName | None = None
    description: Description | None = None
    timezone: str | None = None
    enabled: Flag | None = None
    owner_team: Reference | None = None
    rotations: Rotations | None = None

    @property
    def wanted(self) -> WantedSchedule:
        """What is said of the schedule."""
        return WantedSchedule(
            name=said(self.name),
            description=said(self.description),
            timezone=said(self.timezone),
            enabled=said(self.enabled),
            team=self._team,
            rotations=tuple(each.wanted for each in self.rotations) if self.rotations else UNSAID,
            matches_names=True,
        )

    @property
    def _team(self) -> ExistingTeam | Unsaid:
        team = self.owner_team
        return ExistingTeam(team.id, team.name) if team and (team.id or team.name) else UNSAID


class ScheduleBody(SchedulePatch):
    """A new schedule. Without a time zone it is that in which most people here live."""

    name: ScheduleName


def said(value: Value | None) -> Value | Unsaid:
    """What is sent; nothing where it is left out."""
    return UNSAID if value is None else value
