"""Ids that look like Slack's and come in order, so that a test reads the same on every run."""

from __future__ import annotations

from collections import Counter

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Mint:
    """Makes ids: a letter that says the kind, then a number in base 36 that never repeats for that letter."""

    def __init__(self, counts: dict[str, int] | None = None) -> None:
        self._counts = Counter(counts or {})

    @property
    def counts(self) -> dict[str, int]:
        """How many ids of each kind were made: what a restarted workspace needs to go on."""
        return dict(self._counts)

    def resume(self, other: Mint) -> None:
        """Go on where another mint stopped, so that no id of either comes twice."""
        self._counts |= other._counts

    def next(self, prefix: str) -> str:
        """`V`, `D`, `Ev`, ... and nine characters, unique for that prefix."""
        self._counts[prefix] += 1
        number, digits = self._counts[prefix], ""
        while number:
            number, rest = divmod(number, len(_DIGITS))
            digits = _DIGITS[rest] + digits
        return f"{prefix}0P{digits:0>7}"


def message_ts(unix: float, after: str) -> str:
    """The `ts` of a message posted then: seconds and six digits, later than the one `after` it (may be empty)."""
    micros = int(unix * 1_000_000)
    if after:
        seconds, _, fraction = after.partition(".")
        micros = max(micros, int(seconds) * 1_000_000 + int(fraction) + 1)
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
