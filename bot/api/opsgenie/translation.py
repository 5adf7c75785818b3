"""What fields of ours are called in Opsgenie's API."""

from __future__ import annotations

WIRE_NAMES = {
    "start": "startDate",
    "end": "endDate",
    "team": "ownerTeam",
    "restriction": "timeRestriction",
    "from_user": "fromUser",
    "to_user": "toUser",
}
"""What a field of ours is called on the wire, where that is another name."""
