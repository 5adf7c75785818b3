"""Schedules worth a picture: plain ones, and those that are hard to draw. Ids are the names in lower case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.engines.pictures import Period, PeriodKind, Picture, Who, drawn
from bot.engines.rotation import (
    NOBODY,
    Forwarding,
    Override,
    Participant,
    Restriction,
    Rotation,
    RotationRule,
    RotationVersion,
    Schedule,
    TimeWindow,
)
from bot.engines.wallclock import resolve
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, Weekday

BERLIN, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
WEEK = Period(PeriodKind.WEEK, date(2026, 11, 16))
MONTH = Period(PeriodKind.MONTH, date(2026, 11, 1))
NOW = datetime(2026, 11, 18, 2, 40, tzinfo=UTC)
WORKDAYS = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
SURNAMES = (
    *("Alvarez", "Brandt", "Costa", "Dubois", "Eriksen", "Fischer"),
    *("Gruber", "Haddad", "Ivanova", "Jensen", "Kowalski", "Lindqvist"),
)
NAMES: Mapping[str, str] = {
    "ana": "Ana Pereira",
    "raj": "Raj Patel",
    "mia": "Mia Schwarz",
    "tom": "Tomás Núñez",
    "zoe": "Zoë Ångström",
    "long": "Bartholomäus Freiherr von Hohenlohe-Waldenburg-Schillingsfürst der Jüngere",
    "nour": "نور الدين",
    "kenji": "山田 健司",
    "party": "🎉 Lee 🎉",
    "evil": '<script>alert("1")</script>&amp;\x00\u202e',
    **{f"p{place}": f"{'Noor' if place % 2 else 'Alex'} {name}" for place, name in enumerate(SURNAMES)},
}


@dataclass(frozen=True)
class World:
    """A schedule with all that lies over it, the period and the moment at which it is drawn."""

    schedule: Schedule
    period: Period = WEEK
    now: datetime = NOW
    overrides: tuple[Override, ...] = ()
    forwardings: tuple[Forwarding, ...] = ()

    @property
    def picture(self) -> Picture:
        """What is to be seen of it."""
        return drawn(
            self.schedule,
            self.period,
            self.now,
            named,
            overrides=self.overrides,
            forwardings=self.forwardings,
        )


def named(who: Participant) -> Who:
    """Their name in these worlds; the handle is the id."""
    return Who(who.id or "", NAMES.get(who.id or "", who.id or ""), handle=who.id or "")


def user(name: str) -> Participant:
    return Participant(ParticipantKind.USER, name)


def at(local: str, zone: ZoneInfo = BERLIN) -> datetime:
    """The instant of a wall clock: `2026-11-16 09:00`."""
    return resolve(datetime.fromisoformat(local), zone)


def rotation(
    name: str,
    people: Sequence[str],
    *,
    start: str = "2026-10-05 09:00",
    kind: RotationType = RotationType.WEEKLY,
    length: int = 1,
    restriction: Restriction | None = None,
    zone: ZoneInfo = BERLIN,
) -> Rotation:
    """A rotation that hands over at that time of the day."""
    roster = tuple(map(user, people))
    rule = RotationRule(at(start, zone), None, kind, length, roster, restriction)
    return Rotation(name.casefold(), name, (RotationVersion(rule),))


def schedule(name: str, *rotations: Rotation, zone: ZoneInfo = BERLIN) -> Schedule:
    return Schedule(f"of {name}", name, zone, enabled=True, rotations=rotations)


def override(who: str | None, start: str, end: str, sequence: int = 1) -> Override:
    """Somebody, or nobody, over the whole schedule."""
    participant = user(who) if who else NOBODY
    return Override(f"o{sequence}", participant, at(start), at(end), frozenset(), sequence)


def forwarding(giver: str, heir: str, start: str, end: str) -> Forwarding:
    return Forwarding("f1", giver, heir, at(start), at(end), 1)


def weekdays(start: int, end: int) -> Restriction:
    """Working days from one hour to another."""
    windows = tuple(TimeWindow(start, 0, end, 0, day, day) for day in WORKDAYS)
    return Restriction(RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, windows)


WEEKLY = schedule("Payments", rotation("Primary", ("ana", "raj", "mia")))
DAILY = rotation("Primary", ("ana", "raj", "mia"), kind=RotationType.DAILY)


def _three() -> Schedule:
    return schedule(
        "Platform",
        rotation("Primary", ("ana", "raj", "mia"), kind=RotationType.DAILY, length=2),
        rotation("Secondary", ("tom", "zoe")),
        rotation(
            "Office hours",
            ("mia", "tom"),
            start="2026-10-05 08:00",
            kind=RotationType.DAILY,
            restriction=weekdays(8, 18),
        ),
    )


WORLDS: Mapping[str, Callable[[], World]] = {
    "weekly": lambda: World(WEEKLY),
    "daily": lambda: World(schedule("Payments", DAILY)),
    "three-rotations": lambda: World(_three()),
    "gaps": lambda: World(
        schedule(
            "Office",
            rotation("Hours", ("ana", "raj"), start="2026-10-05 08:00", restriction=weekdays(8, 18)),
        )
    ),
    "overrides": lambda: World(
        schedule("Payments", DAILY),
        overrides=(
            override("tom", "2026-11-17 12:00", "2026-11-20 12:00"),
            override("zoe", "2026-11-18 20:00", "2026-11-19 08:00", 2),
            override(None, "2026-11-21 12:00", "2026-11-22 06:00", 3),
        ),
        forwardings=(forwarding("raj", "zoe", "2026-11-20 20:00", "2026-11-21 09:00"),),
    ),
    "forwarding": lambda: World(
        schedule("Payments", DAILY),
        forwardings=(forwarding("raj", "zoe", "2026-11-15 00:00", "2026-11-30 00:00"),),
    ),
    "twelve": lambda: World(
        schedule(
            "Follow the sun",
            rotation("Shifts", [f"p{place}" for place in range(12)], kind=RotationType.HOURLY, length=8),
        )
    ),
    "long-names": lambda: World(
        schedule(
            "Zahlungsverkehrsabwicklungsbereitschaft Süd und Nord",
            rotation("Primary", ("long", "ana", "party"), kind=RotationType.DAILY, length=2),
        )
    ),
    "right-to-left": lambda: World(
        schedule("דמו", rotation("Primary", ("nour", "kenji", "party", "ana"), kind=RotationType.DAILY))
    ),
    "hostile": lambda: World(
        schedule('"><svg onload=1>', rotation("]]><b>", ("evil", "ana"), kind=RotationType.DAILY))
    ),
    "lord-howe": lambda: World(
        schedule(
            "Island",
            rotation("Primary", ("ana", "raj"), kind=RotationType.DAILY, start="2026-09-01 02:15", zone=LORD_HOWE),
            zone=LORD_HOWE,
        ),
        period=Period(PeriodKind.WEEK, date(2026, 9, 28)),
        now=datetime(2026, 10, 3, 20, 0, tzinfo=UTC),
    ),
    "month": lambda: World(
        schedule("Payments", rotation("Primary", ("ana", "raj", "mia"))),
        period=MONTH,
        overrides=(override("tom", "2026-11-17 12:00", "2026-11-20 12:00"),),
    ),
    "month-of-three": lambda: World(_three(), period=MONTH),
    "nobody-now": lambda: World(
        schedule("Payments", rotation("Primary", ("ana", "raj"))),
        overrides=(override(None, "2026-11-18 00:00", "2026-11-18 09:00"),),
    ),
    "off": lambda: World(replace(WEEKLY, enabled=False)),
    "switched-off": lambda: World(replace(_three(), enabled=False, off_since=at("2026-11-17 14:00"))),
    "empty": lambda: World(schedule("Payments", rotation("Primary", ("ana",), start="2027-01-04 09:00"))),
    "hourly": lambda: World(
        schedule("Busy", rotation("Primary", ("ana", "raj", "mia"), kind=RotationType.HOURLY)), period=MONTH
    ),
    "six-at-once": lambda: World(
        schedule("Crowd", *(rotation(f"Rotation {each}", (f"p{each}", f"p{each + 6}")) for each in range(6)))
    ),
}
"""By name. `python -m tests.engines.pictures.gallery FOLDER` draws them all."""
