"""How much there is in a workspace that has lived with Watchbill for years, and what its rows are called.

The first people, as many as there are askers, are those who type in the benchmarks. Each has postmortems of their own
to carry out every verb on: `Sizes.number` says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

AREAS = ("Payments", "Checkout", "Search", "Login", "Billing", "Catalogue", "Shipping", "Mail", "Ledger", "Gateway")
CHANNELS = 60


class Purpose(StrEnum):
    """What an asker's own postmortems are for; each verb that uses one up has some of its own."""

    WRITE = "write"
    SUBMIT = "submit"
    APPROVE = "approve"
    CHANGES = "changes"
    PUBLISH = "publish"
    REOPEN = "reopen"
    ASSIGN = "assign"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is. `turns` is how many postmortems each asker has of each purpose."""

    people: int
    schedules: int
    postmortems: int
    askers: int = 20
    turns: int = 3

    @property
    def teams(self) -> int:
        """Twenty schedules each."""
        return max(2, self.schedules // 20)

    @property
    def services(self) -> int:
        """What can be affected."""
        return max(10, self.postmortems // 40)

    @property
    def active(self) -> int:
        """How many of the people write postmortems and stand in rosters."""
        return min(self.people, 500)

    def enabled(self, n: int) -> int:
        """The index of the n-th schedule that is not switched off; one in fifty is."""
        return (n + n // 49) % self.schedules

    def number(self, asker: int, purpose: Purpose, turn: int) -> int:
        """The number of the asker's postmortem for that purpose and turn."""
        place = [*Purpose].index(purpose) * self.turns + turn
        return 1 + place * self.askers + asker

    def purpose(self, number: int) -> tuple[int, Purpose | None]:
        """Whose a postmortem is, as an index into the people, and what for; None for those of everybody else."""
        place, asker = divmod(number - 1, self.askers)
        purposes = [*Purpose]
        if place < len(purposes) * self.turns:
            return asker, purposes[place // self.turns]
        return number % self.active, None


TENFOLD = Sizes(people=5_000, schedules=1_000, postmortems=10_000)
"""The order's sizes."""


def slack_id(index: int) -> str:
    """Slack's id of a person."""
    return f"U{index:04}"


def channel_id(index: int) -> str:
    """Slack's id of a channel."""
    return f"C{index % CHANNELS:03}"


def schedule_name(index: int) -> str:
    """Many have names that are alike, as in real life."""
    return f"{AREAS[index % len(AREAS)]} {index // len(AREAS)}"


def id_of(kind: str, n: int) -> str:
    """The id of the n-th of a kind, in the form of a UUID."""
    return f"{sum(map(ord, kind)):08x}-{len(kind):04x}-4000-8000-{n:012x}"


def user_id(index: int) -> str:
    """Our id of a person."""
    return id_of("user", index)
