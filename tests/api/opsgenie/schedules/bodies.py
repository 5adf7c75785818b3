"""What clients send about schedules: the samples of the documentation, and Go's client byte for byte."""

from __future__ import annotations

from typing import Any

WEEKLY_WINDOWS: list[dict[str, Any]] = [
    {"startDay": "monday", "startHour": 8, "startMin": 0, "endDay": "tuesday", "endHour": 18, "endMin": 30},
    {"startDay": "wednesday", "startHour": 8, "startMin": 0, "endDay": "thursday", "endHour": 18, "endMin": 30},
]


def rotation(*usernames: str, **more: Any) -> dict[str, Any]:
    """A weekly rotation since Monday 2026-11-16, 09:00 in Berlin."""
    people = [{"type": "user", "username": username} for username in usernames]
    return {"startDate": "2026-11-16T08:00:00Z", "type": "weekly", "participants": people} | more


def schedule(*rotations: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A schedule called Payments, in Berlin."""
    return {"name": "Payments", "timezone": "Europe/Berlin", "rotations": list(rotations)} | more


def sample_create(*, second_user: str) -> dict[str, Any]:
    """The documentation's sample of a new schedule; the people's names and ids are repaired."""
    return {
        "name": "ScheduleName",
        "description": "ScheduleDescription",
        "timezone": "Europe/Kirov",
        "enabled": True,
        "ownerTeam": {"name": "ops_team"},
        "rotations": [
            {
                "name": "First Rotation",
                "startDate": "2017-02-06T05:00:00Z",
                "endDate": "2017-02-23T06:00:00Z",
                "type": "hourly",
                "length": 6,
                "participants": [
                    {"type": "user", "username": "ana@example.com"},
                    {"type": "none"},
                    {"type": "user", "id": second_user},
                ],
                "timeRestriction": {"type": "weekday-and-time-of-day", "restrictions": WEEKLY_WINDOWS},
            }
        ],
    }


SAMPLE_PATCH: dict[str, Any] = {
    "name": "DisabledScheduleName",
    "enabled": False,
    "rotations": [{"startDate": "2019-01-15T08:00:00+02:00", "type": "daily", "participants": [{"type": "none"}]}],
}
"""The documentation's sample of a partial update; its misplaced brace is repaired."""


def go_participant(kind: str, **more: Any) -> dict[str, Any]:
    """As Go's client sends one: always with a user name."""
    return {"type": kind, "username": "", **more}


def go_rotation(identifier: str, rotation_id: str = "", **more: Any) -> dict[str, Any]:
    """As Go's client sends a rotation: with the fields of its own structs."""
    own = {"ScheduleIdentifierType": 0, "ScheduleIdentifierValue": identifier}
    return own | ({"RotationId": rotation_id} if rotation_id else {}) | more
