"""What a modify policy makes of an alert's own fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.engines.policies import limits
from bot.engines.policies.facts import Facts
from bot.engines.policies.faults import shortened
from bot.engines.policies.signals import Named, Signal
from bot.engines.policies.templating import Template, asks_number, compile_template
from bot.errors import Unreadable
from bot.vocabulary import AlertResponderKind, Severity

LONGEST_TOLD = 200
"""Of what was there and what is there now, in the trail."""

NOBODY, EVERYBODY = "none", "all"
"""Words that stand among the responders for nobody at all, and for every member of the account."""

_TEXTS = {
    "message": limits.MESSAGE,
    "alias": limits.ALIAS,
    "description": limits.DESCRIPTION,
    "entity": limits.ENTITY,
    "source": limits.SOURCE,
}
_TIDIED: Mapping[str, Callable[[str], str]] = {"message": lambda text: " ".join(text.split()), "alias": str.strip}
"""What has to say something: a message is one line, and no blanks stand around either."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An alert as a policy leaves it, what changed (field to before and after, shortened), and what could not."""

    signal: Signal
    changes: Mapping[str, tuple[str, str]]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """New values of some fields, and what could not be done."""

    values: dict[str, Any]
    notes: list[str]


_Step = Callable[[Facts, _Wanted], None]
"""Puts what one part of the changes asks for to the new values."""


def compile_changes(changes: Mapping[str, Any]) -> Callable[[Facts], Changed]:
    """What changes an alert, of changes in the form of the API, in which `wrong_changes` finds no fault.

    All texts look at the alert as it was before. A field that is left out or empty stays; so does one whose text cannot
    be made of this alert, and a message or alias of which nothing would be left. What is too long or too many is cut.
    """
    steps = tuple(
        step
        for step in (
            *(_text(name, changes.get(name), limit) for name, limit in _TEXTS.items()),
            _priority(changes),
            _list("tags", changes, changes.get("ignoreOriginalTags"), most=limits.TAGS, longest=limits.TAG),
            _list("actions", changes, changes.get("ignoreOriginalActions"), most=limits.ACTIONS, longest=limits.ACTION),
            _details(changes),
            _responders(changes),
        )
        if step is not None
    )

    def change(facts: Facts) -> Changed:
        wanted = _Wanted({}, [])
        for step in steps:
            step(facts, wanted)
        before = facts.signal
        values = {name: value for name, value in wanted.values.items() if value != getattr(before, name)}
        if not values:
            return Changed(before, {}, tuple(wanted.notes))
        after = replace(before, **values)
        told = {name: (_told(name, before), _told(name, after)) for name in values if name != "everyone"}
        if "everyone" in values:
            told["responders"] = (_told("responders", before), _told("responders", after))
        return Changed(after, told, tuple(wanted.notes))

    return change


def wants_number(changes: Mapping[str, Any]) -> bool:
    """Whether a text of such changes may ask for the number of the alert."""
    return any(asks_number(changes.get(name) or "") for name in _TEXTS)


def details_of(given: Mapping[str, Any] | Sequence[str] | None) -> dict[str, str]:
    """Details as they are sent: a map, or (Go's client, when it creates) a list of `key: value` or `key=value`."""
    if isinstance(given, Mapping):
        return {key: value if isinstance(value, str) else _plain(value) for key, value in given.items()}
    details = {}
    for each in given or ():
        colon, equals = each.find(":"), each.find("=")
        place = min((at for at in (colon, equals) if at >= 0), default=len(each))
        details[each[:place].strip()] = each[place + 1 :].strip()
    return details


def _plain(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _text(name: str, given: str | None, limit: int) -> _Step | None:
    if not given or given == f"{{{{{name}}}}}":
        return None
    template: Template = compile_template(given)

    def put(facts: Facts, wanted: _Wanted) -> None:
        try:
            text = template.written(facts)
        except Unreadable as error:
            wanted.notes.append(f"{name} is left as it was: {error.sentence}")
            return
        text = _TIDIED.get(name, str)(text)
        if name in _TIDIED and not text:
            wanted.notes.append(f"{name} is left as it was: nothing would be left of it.")
            return
        if len(text) > limit:
            wanted.notes.append(f"{name} is cut at {limit:,} characters.")
        wanted.values[name] = text[:limit].rstrip() if name in _TIDIED else text[:limit]

    return put


def _priority(changes: Mapping[str, Any]) -> _Step | None:
    if not changes.get("priority"):
        return None
    priority = Severity(changes["priority"])
    return lambda _, wanted: wanted.values.__setitem__("priority", priority)


def _list(name: str, changes: Mapping[str, Any], replaces: bool | None, *, most: int, longest: int) -> _Step | None:
    added: Sequence[str] = changes.get(name) or ()
    if not added and not replaces:
        return None

    def put(facts: Facts, wanted: _Wanted) -> None:
        together = (*(() if replaces else getattr(facts, name)), *added)
        wanted.values[name] = kept = limits.fitting_list(together, most=most, longest=longest)
        if len(kept) < len(dict.fromkeys(together)):
            wanted.notes.append(f"Of its {name} the first {most} are kept.")

    return put


def _details(changes: Mapping[str, Any]) -> _Step | None:
    added, replaces = details_of(changes.get("details")), changes.get("ignoreOriginalDetails")
    if not added and not replaces:
        return None

    def put(facts: Facts, wanted: _Wanted) -> None:
        together = {**({} if replaces else facts.details), **added}
        wanted.values["details"] = kept = limits.fitting_details(together)
        if kept != together:
            wanted.notes.append(f"Of its details the first {limits.DETAILS:,} characters are kept.")

    return put


def _responders(changes: Mapping[str, Any]) -> _Step | None:
    given: Iterable[Mapping[str, str]] = changes.get("responders") or ()
    kinds = frozenset(each["type"] for each in given)
    added = tuple(_named(each) for each in given if each["type"] not in (NOBODY, EVERYBODY))
    replaces, drops_teams = changes.get("ignoreOriginalResponders"), changes.get("ignoreOriginalTeams")
    if not kinds and not replaces and not drops_teams:
        return None

    def put(facts: Facts, wanted: _Wanted) -> None:
        clears = replaces or NOBODY in kinds
        kept = [
            each
            for each in (() if clears else facts.signal.responders)
            if not (drops_teams and each.kind is AlertResponderKind.TEAM)
        ]
        wanted.values["responders"] = _each_once([*kept, *added])
        wanted.values["everyone"] = EVERYBODY in kinds or (facts.signal.everyone and not clears)

    return put


def _each_once(responders: Iterable[Named]) -> tuple[Named, ...]:
    unique: dict[tuple[AlertResponderKind, str], Named] = {}
    for each in responders:
        unique.setdefault((each.kind, each.id), each)
    return tuple(unique.values())


def _named(responder: Mapping[str, str]) -> Named:
    """Somebody as a policy keeps them; one that is only named is yet to be looked up, which is not done here."""
    name = responder.get("name") or responder.get("username") or ""
    if not responder.get("id"):
        raise Unreadable(f"The {responder['type']} “{name}” has no id.")
    return Named(AlertResponderKind(responder["type"]), responder["id"], name or responder["id"])


def _told(name: str, signal: Signal) -> str:
    value = getattr(signal, name)
    if name == "responders":
        words = [each.name for each in signal.responders] + ["everybody"] * signal.everyone
        text = ", ".join(words) or "nobody"
    elif name == "details":
        text = ", ".join(f"{key}: {each}" for key, each in value.items())
    else:
        text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return shortened(text, LONGEST_TOLD)
