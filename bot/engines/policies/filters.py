"""Which alerts a policy, or a team's routing rule, is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.engines.conditions import ConditionField, Operation, wrong_condition
from bot.engines.expressions import Patience
from bot.engines.policies.facts import Facts
from bot.engines.policies.faults import told_together, wrong_choice
from bot.engines.policies.matching import Ask, CompiledCondition, Gate, compile_condition
from bot.engines.policies.signals import Signal
from bot.vocabulary import CriteriaKind

Told = TypeVar("Told")

MOST_CONDITIONS = 100
LONGEST_EXPECTED_VALUE = 15_000
MOST_CHARACTERS = 100_000
"""Of all keys and expected values of a filter together: every process keeps all policies in its memory."""
MOST_OF_EXPRESSIONS = 10_000
"""Characters of all its regular expressions: the first alert after a start waits until all policies are compiled."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter, compiled. One that is `broken`, as that sentence says, fits no alert."""

    kind: CriteriaKind
    conditions: tuple[CompiledCondition, ...]
    """In the order in which they are judged: that of their `order`, expressions after all others."""
    broken: str | None = None

    def holds(self, signal: Signal) -> bool:
        """Whether it is for that alert."""
        return self.broken is None and self.refusal(str)(Facts(signal, Patience())) is None

    def refusal(self, tell: Callable[[str], Told]) -> Callable[[Facts], Told | None]:
        """What judges alerts: it answers None for one that fits, else why not, in a sentence that went through `tell`.

        All that may be answered is made beforehand, so that an alert that does not fit costs next to nothing.
        """
        if self.kind is CriteriaKind.MATCH_ALL:
            return lambda _: None
        if self.kind is CriteriaKind.ANY_CONDITION:
            return _unless_any([each.gate for each in self.conditions], tell(self._why_none))
        return _unless_all([(*each.gate, tell(_sentence(each.failure))) for each in self.conditions])

    @property
    def why(self) -> str:
        """Why it fits the alerts it fits, in a sentence."""
        if self.kind is CriteriaKind.MATCH_ALL:
            return "It is for every alert."
        if len(self.conditions) == 1:
            return _sentence(self.conditions[0].success)
        if self.kind is CriteriaKind.ANY_CONDITION:
            return f"One at least of its {len(self.conditions)} conditions holds."
        return f"All of its {len(self.conditions)} conditions hold."

    @property
    def _why_none(self) -> str:
        failure = self.conditions[0].failure
        if len(self.conditions) == 1:
            return _sentence(failure)
        return f"None of its {len(self.conditions)} conditions holds: {failure}, and so on."


def compile_filter(filter_: Mapping[str, Any]) -> Filter:
    """A filter in the form of the API (`type`, `conditions`), ready to be asked of many alerts. Never raises."""
    faults = wrong_filter(filter_)
    if faults:
        return Filter(CriteriaKind.MATCH_ALL, (), broken=told_together(faults))
    kind = CriteriaKind(filter_["type"])
    ordered = sorted(filter_.get("conditions") or (), key=lambda each: each.get("order") or 0)
    conditions = sorted((compile_condition(each) for each in ordered), key=lambda each: each.is_costly)
    return Filter(kind, tuple(conditions))


def wrong_filter(filter_: object, *, plain_lists: bool = False) -> Mapping[str, str]:
    """Everything that is wrong with a filter, path (`filter.conditions.0.operation`) to sentence.

    It may be of any shape at all. `plain_lists`: as the first version of the Policy API, see `operations_of`.
    """
    if not isinstance(filter_, Mapping):
        return {"filter": "A filter is an object with a type."}
    conditions = filter_.get("conditions")
    faults = {}
    kind = filter_.get("type")
    wrong = wrong_choice(kind, CriteriaKind, called="The type of a filter")
    if wrong:
        faults["filter.type"] = wrong
    if conditions is not None and not isinstance(conditions, (list, tuple)):
        return {**faults, "filter.conditions": "The conditions of a filter are a list."}
    conditions = conditions or ()
    if kind == CriteriaKind.MATCH_ALL and conditions:
        faults["filter.conditions"] = "match-all has no conditions."
    if not wrong and kind != CriteriaKind.MATCH_ALL and not conditions:
        faults["filter.conditions"] = f"{kind} needs at least one condition."
    if len(conditions) > MOST_CONDITIONS:
        return {**faults, "filter.conditions": f"A filter has at most {MOST_CONDITIONS} conditions."}
    for place, condition in enumerate(conditions):
        for part, sentence in _wrong_parts(condition, plain_lists=plain_lists).items():
            faults[f"filter.conditions.{place}{part}"] = sentence
    wrong_length = None if faults else _wrong_length(conditions)
    return {**faults, "filter.conditions": wrong_length} if wrong_length else faults


def _unless_any(gates: Sequence[Gate], told: Told) -> Callable[[Facts], Told | None]:
    def refusal(facts: Facts) -> Told | None:
        values = facts.values
        for place, ask, wanted, answer in gates:
            if ask(values[place], wanted) is answer:
                return None
        return told

    return refusal


def _unless_all(
    gates: Sequence[tuple[int, Ask, Any, bool, Told]],
) -> Callable[[Facts], Told | None]:
    def refusal(facts: Facts) -> Told | None:
        values = facts.values
        for place, ask, wanted, answer, told in gates:
            if ask(values[place], wanted) is not answer:
                return told
        return None

    return refusal


def _wrong_parts(condition: object, *, plain_lists: bool) -> Mapping[str, str]:
    """What is wrong with a condition of any shape, by the end of its path."""
    if not isinstance(condition, Mapping):
        return {"": "A condition is an object with a field and an operation."}
    field, operation = condition.get("field"), condition.get("operation")
    key, expected = condition.get("key") or None, condition.get("expectedValue")
    order = condition.get("order") or 0
    wrong = {
        ".field": wrong_choice(field, ConditionField, called="The field of a condition"),
        ".operation": wrong_choice(operation, Operation, called="The operation of a condition"),
        ".key": None if key is None or isinstance(key, str) else "A key is a text.",
        ".not": None if isinstance(condition.get("not") or False, bool) else "not is true or false.",
        ".order": None if isinstance(order, int) else "order is a whole number.",
        ".expectedValue": _wrong_expected_value(expected),
    }
    faults = {part: sentence for part, sentence in wrong.items() if sentence}
    if faults:
        return faults
    unfit = wrong_condition(
        ConditionField(str(field)), Operation(str(operation)), key=key, expected_value=expected, plain_lists=plain_lists
    )
    return {f".{part}": sentence for part, sentence in unfit.items()}


def _wrong_length(conditions: Sequence[Mapping[str, Any]]) -> str | None:
    """What is wrong with the length of conditions that are right, each by itself."""
    keys = sum(len(each.get("key") or "") for each in conditions)
    expected = [(each["operation"], len(each.get("expectedValue") or "")) for each in conditions]
    if keys + sum(length for _, length in expected) > MOST_CHARACTERS:
        return f"The conditions of a filter have at most {MOST_CHARACTERS:,} characters in all."
    if sum(length for operation, length in expected if operation == Operation.MATCHES) > MOST_OF_EXPRESSIONS:
        return f"The regular expressions of a filter have at most {MOST_OF_EXPRESSIONS:,} characters in all."
    return None


def _wrong_expected_value(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        return "What a condition expects is a text."
    if value and len(value) > LONGEST_EXPECTED_VALUE:
        return f"What a condition expects has at most {LONGEST_EXPECTED_VALUE:,} characters."
    return None


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
