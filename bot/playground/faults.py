"""Faults a test puts between the bot and Slack's Web API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

NO_ANSWER = "no answer"
DROP_ANSWER = "take it and drop the answer"


@dataclass(slots=True, kw_only=True)
class Fault:
    """What happens to the next `times` calls of a method (`*`: of any).

    `kind` is 429 (with `retry_after`), another HTTP status, the name of a Slack error, NO_ANSWER (the connection is
    dropped and nothing happened), DROP_ANSWER (it happened, and the connection is dropped), or None: only `delay`.
    """

    method: str
    kind: int | str | None
    times: int
    retry_after: int
    delay: float
    only: Callable[[Mapping[str, Any]], bool] | None


class Faults:
    """The faults still to come, in the order they were added."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(
        self,
        *,
        method: str,
        kind: int | str | None = None,
        times: int = 1,
        retry_after: int = 1,
        delay: float = 0.0,
        only: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> None:
        """Let the next `times` calls of `method` whose arguments satisfy `only` fail, `delay` real seconds late."""
        self._waiting.append(
            Fault(method=method, kind=kind, times=times, retry_after=retry_after, delay=delay, only=only)
        )

    def clear(self) -> None:
        """Forget every fault still to come."""
        self._waiting.clear()

    def take(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """The fault for this call, used up by one."""
        for fault in self._waiting:
            if fault.method in {method, "*"} and (fault.only is None or fault.only(args)):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
