"""When a bot is killed: some time after an act began, or at a call of Slack's Web API, before or after it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from bot.playground.faults import NO_ANSWER
from bot.playground.records import ApiCall
from bot.playground.workspace import Workspace

LONGEST_DELAY_SECONDS = 0.12
METHODS = ("chat.postMessage", "chat.postMessage", "chat.update", "*")


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill. `act`: from the beginning of which act on. With a `method`, at its next call (`*`: any), `taken` by
    Slack before or not; without, `delay` seconds later.
    """

    act: int
    delay: float = 0.0
    method: str = ""
    taken: bool = False


def drawn(random: Random, *, kills: int, acts: int) -> list[Kill]:
    """So many kills at moments of a morning of about so many acts, in their order."""
    moments = sorted(random.sample(range(acts), kills))
    return [_drawn(random, act) for act in moments]


def _drawn(random: Random, act: int) -> Kill:
    match random.randrange(5):
        case 0 | 1:
            return Kill(act, delay=random.uniform(0, LONGEST_DELAY_SECONDS))
        case 2:
            return Kill(act, method=random.choice(METHODS), taken=False)
        case _:
            return Kill(act, method=random.choice(METHODS), taken=True)


class Trap:
    """Springs at a call of the Web API: in the moment between Slack's taking it and its answer, or before.

    `kill` answers whether there was somebody to kill: the last calls of one who is dead already spring nothing.
    """

    def __init__(self, workspace: Workspace, kill: Callable[[], bool]) -> None:
        self._workspace = workspace
        self._kill = kill
        self._set: Kill | None = None
        workspace.calls = _Watched(workspace.calls, self._taken)

    @property
    def is_set(self) -> bool:
        """Whether it waits for a call."""
        return self._set is not None

    def set(self, kill: Kill) -> None:
        """Wait for a call such as this."""
        self._set = kill
        if not kill.taken:
            self._workspace.faults.add(method=kill.method, kind=NO_ANSWER, only=self._about_to_be_taken)

    def disarm(self) -> None:
        """Wait no more."""
        self._set = None
        self._workspace.faults.clear()

    def _about_to_be_taken(self, _args: object) -> bool:
        if not self._kill():
            return False
        self._set = None
        return True

    def _taken(self, call: ApiCall) -> None:
        if self._set and self._set.taken and call.ok and self._set.method in {"*", call.method} and self._kill():
            self._set = None


class _Watched(list[ApiCall]):
    """The calls as they are written down: when Slack has done what was asked, and has not answered yet."""

    def __init__(self, calls: Iterable[ApiCall], on_call: Callable[[ApiCall], None]) -> None:
        super().__init__(calls)
        self._on_call = on_call

    def append(self, call: ApiCall) -> None:
        super().append(call)
        self._on_call(call)
