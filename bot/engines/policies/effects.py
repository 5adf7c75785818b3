"""When the people of an alert are told, how often, and when it ends: what notification policies ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.engines.durations import exact_words
from bot.engines.policies.amounts import timedelta_of, wrong_duration
from bot.engines.policies.delays import compile_delay, wrong_delay
from bot.engines.policies.faults import wrong_choice, wrong_whole_number
from bot.engines.wallclock import to_local, zone_named
from bot.vocabulary import DeduplicationKind

MOST_RESTARTS = 1_000
FEWEST_TOGETHER, MOST_TOGETHER = 2, 100
"""How many of an alert a deduplication may wait for."""


@dataclass(frozen=True, slots=True)
class Deduplication:
    """How much of an alert must come together before its people are told.

    Value-based: whenever its count reaches a multiple of `count`. Frequency-based: once `count` of it have come
    `within` that time; value-based has no such time.
    """

    kind: DeduplicationKind
    count: int
    within: timedelta | None


@dataclass(frozen=True, slots=True)
class Restart:
    """After how long everybody is told again of an alert that is open and not acknowledged, and how often at most."""

    after: timedelta
    most: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What is to happen with an alert besides what it says.

    With `suppress` nobody is told, and there is neither a delay nor a deduplication. Where both of these are (of two
    policies), its people are told once so many have come, and not before `delay_until`. `close_after` counts from its
    creation.
    """

    suppress: bool = False
    delay_until: datetime | None = None
    deduplication: Deduplication | None = None
    restart: Restart | None = None
    close_after: timedelta | None = None

    @property
    def settled(self) -> Effects:
        """The same, without what is of no account where nobody is told."""
        return replace(self, delay_until=None, deduplication=None) if self.suppress else self


Effect = Callable[[Effects, datetime], tuple[Effects, str]]
"""Adds itself to the effects so far, at an instant, and says so in a sentence."""


def compile_effects(effects: Mapping[str, Any], zone: str) -> tuple[Effect, ...]:
    """What a policy does besides changing the alert; `wrong_effects` finds no fault in it, hours are that zone's.

    Of the same effect the later policy's counts: a team's own takes the place of everybody's.

    Raises:
        Unreadable: there is no such zone.
    """
    compiled = {
        "suppress": lambda _: _suppression(),
        "deduplication": _deduplication,
        "delay": lambda delay: _delay(delay, zone),
        "autoRestart": _restart,
        "autoClose": _close,
    }
    return tuple(compile_(effects[name]) for name, compile_ in compiled.items() if effects.get(name))


def wrong_effects(effects: object) -> Mapping[str, str]:
    """Everything that is wrong with the effects of a policy, of any shape: path (`delay.untilHour`) to sentence.

    A policy without an effect is faulted under `effects`. Deduplication goes with neither delay nor suppression.
    """
    if not isinstance(effects, Mapping):
        return {"effects": "The effects of a policy are an object."}
    faults: dict[str, str] = {}
    if not isinstance(effects.get("suppress") or False, bool):
        faults["suppress"] = "suppress is true or false."
    checks = {
        "deduplication": _wrong_deduplication,
        "delay": lambda delay: wrong_delay(delay, path="delay"),
        "autoRestart": _wrong_restart,
        "autoClose": _wrong_close,
    }
    for name, check in checks.items():
        if effects.get(name) is not None:
            faults.update(check(effects[name]))
    if not any(effects.get(name) for name in ("suppress", *checks)) and not faults:
        faults["effects"] = "Name at least one of suppress, deduplication, delay, autoRestart, autoClose."
    if effects.get("deduplication") and (effects.get("delay") or effects.get("suppress")):
        faults.setdefault("deduplication", "A deduplication can be joined with neither a delay nor a suppression.")
    return faults


def _suppression() -> Effect:
    return lambda effects, _: (replace(effects, suppress=True), "Nobody is told.")


def _deduplication(given: Mapping[str, Any]) -> Effect:
    kind, count = DeduplicationKind(given["deduplicationActionType"]), given["count"]
    if kind is DeduplicationKind.VALUE_BASED:
        within, words = None, f"Its people are told whenever its count reaches a multiple of {count}."
    else:
        within = timedelta_of(given["duration"])
        words = f"Its people are told once {count} of it have come within {exact_words(within)}."
    deduplication = Deduplication(kind, count, within)
    return lambda effects, _: (replace(effects, deduplication=deduplication), words)


def _delay(given: Mapping[str, Any], zone_name: str) -> Effect:
    zone = zone_named(zone_name)
    until = compile_delay(given, zone)

    def add(effects: Effects, now: datetime) -> tuple[Effects, str]:
        end = until(now)
        words = f"Its people are told from {to_local(end, zone):%Y-%m-%d %H:%M} ({zone_name}) on."
        return replace(effects, delay_until=end), words

    return add


def _restart(given: Mapping[str, Any]) -> Effect:
    restart = Restart(after=timedelta_of(given["duration"]), most=given["maxRepeatCount"])
    times = "once" if restart.most == 1 else f"{restart.most} times at most"
    words = f"Unless it is acknowledged, its people are told again every {exact_words(restart.after)}, {times}."
    return lambda effects, _: (replace(effects, restart=restart), words)


def _close(given: Mapping[str, Any]) -> Effect:
    after = timedelta_of(given["duration"])
    words = f"It is closed after {exact_words(after)}."
    return lambda effects, _: (replace(effects, close_after=after), words)


def _wrong_deduplication(given: object) -> Mapping[str, str]:
    if not isinstance(given, Mapping):
        return {"deduplication": "A deduplication is an object with a deduplicationActionType and a count."}
    kind, duration = given.get("deduplicationActionType"), given.get("duration")
    wrong = {
        "deduplication.deduplicationActionType": wrong_choice(
            kind, DeduplicationKind, called="deduplicationActionType"
        ),
        "deduplication.count": wrong_whole_number(
            given.get("count"), called="count", least=FEWEST_TOGETHER, most=MOST_TOGETHER
        ),
    }
    faults = {path: sentence for path, sentence in wrong.items() if sentence}
    if kind == DeduplicationKind.FREQUENCY_BASED and duration is None:
        faults["deduplication.duration"] = "frequency-based needs a duration."
    elif duration is not None:
        faults.update(wrong_duration(duration, path="deduplication.duration"))
    return faults


def _wrong_restart(given: object) -> Mapping[str, str]:
    if not isinstance(given, Mapping):
        return {"autoRestart": "An automatic restart is an object with a duration and a maxRepeatCount."}
    wrong = wrong_whole_number(given.get("maxRepeatCount"), called="maxRepeatCount", least=1, most=MOST_RESTARTS)
    faults = dict(wrong_duration(given.get("duration"), path="autoRestart.duration"))
    return {**faults, "autoRestart.maxRepeatCount": wrong} if wrong else faults


def _wrong_close(given: object) -> Mapping[str, str]:
    if not isinstance(given, Mapping):
        return {"autoClose": "An automatic closing is an object with a duration."}
    return wrong_duration(given.get("duration"), path="autoClose.duration")
