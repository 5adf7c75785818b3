"""What is wrong with the changes of a modify policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from bot.engines.policies import limits
from bot.engines.policies.changes import EVERYBODY, NOBODY, details_of
from bot.engines.policies.faults import shortened, wrong_choice
from bot.engines.policies.templating import wrong_template
from bot.vocabulary import AlertResponderKind, Severity

LONGEST_TEMPLATE = 1_000
"""Of the short texts: methods may make little of much, so it is more than what the alert can hold."""
MOST_RESPONDERS = 50

_TEMPLATES = {
    "message": LONGEST_TEMPLATE,
    "alias": LONGEST_TEMPLATE,
    "description": limits.DESCRIPTION,
    "entity": LONGEST_TEMPLATE,
    "source": LONGEST_TEMPLATE,
}
_FLAGS = (
    "ignoreOriginalActions",
    "ignoreOriginalDetails",
    "ignoreOriginalResponders",
    "ignoreOriginalTags",
    "ignoreOriginalTeams",
)
_NAMELESS = "Give each detail a name."
_RESPONDERS = (*AlertResponderKind, NOBODY, EVERYBODY)


def wrong_changes(changes: object) -> Mapping[str, str]:
    """Everything that is wrong with changes of any shape, path (`responders.0.type`) to sentence.

    Names are those of the second version. A message is needed, all else may be left out, null or empty. Texts may be
    templates. Who is among the responders is named by `id`, or by `name` or `username` until they are looked up.
    """
    if not isinstance(changes, Mapping):
        return {"changes": "The changes of a policy are an object."}
    faults = {name: _wrong_text(changes.get(name), limit) for name, limit in _TEMPLATES.items()}
    if not changes.get("message"):
        faults["message"] = "A policy says what becomes of the message: {{message}} leaves it."
    if changes.get("priority"):
        faults["priority"] = wrong_choice(changes["priority"], Severity, called="A priority")
    for name in _FLAGS:
        if not isinstance(changes.get(name) or False, bool):
            faults[name] = f"{name} is true or false."
    return {
        **{name: sentence for name, sentence in faults.items() if sentence},
        **_wrong_list("tags", changes.get("tags"), most=limits.TAGS, longest=limits.TAG),
        **_wrong_list("actions", changes.get("actions"), most=limits.ACTIONS, longest=limits.ACTION),
        **_wrong_details(changes.get("details")),
        **_wrong_responders(changes.get("responders")),
    }


def _wrong_text(given: object, limit: int) -> str | None:
    if not given and (given is None or isinstance(given, str)):
        return None
    if not isinstance(given, str):
        return "This is a text."
    if len(given) > limit:
        return f"At most {limit:,} characters, this has {len(given):,}."
    return wrong_template(given)


def _wrong_list(name: str, given: object, *, most: int, longest: int) -> Mapping[str, str]:
    if given is None:
        return {}
    if not _is_list(given):
        return {name: f"{name} are a list of texts."}
    if len(given) > most:
        return {name: f"At most {most} {name}, here are {len(given)}."}
    return {
        f"{name}.{place}": f"A text of 1 to {longest} characters."
        for place, each in enumerate(given)
        if not isinstance(each, str) or not each.strip() or len(each) > longest
    }


def _wrong_details(given: object) -> Mapping[str, str]:
    if given is None:
        return {}
    if isinstance(given, Mapping):
        parts = [(key, value) for key, value in given.items()]
        wrong = {
            f"details.{shortened(str(key))}": "Details are texts, numbers, true or false."
            for key, value in parts
            if not isinstance(key, str) or not isinstance(value, (str, int, float, bool, type(None)))
        }
        if not all(str(key).strip() for key, _ in parts):
            wrong["details"] = _NAMELESS
        length = sum(len(str(key)) + len(str(value)) for key, value in parts)
    elif _is_list(given):
        wrong = {
            f"details.{place}": "A text such as key: value."
            for place, each in enumerate(given)
            if not isinstance(each, str) or not all(name.strip() for name in details_of([each]))
        }
        length = sum(len(each) for each in given if isinstance(each, str))
    else:
        return {"details": "Details are an object, or a list of texts such as key: value."}
    if length > limits.DETAILS:
        return {"details": f"At most {limits.DETAILS:,} characters in all, here are {length:,}.", **wrong}
    return wrong


def _wrong_responders(given: object) -> Mapping[str, str]:
    if given is None:
        return {}
    if not _is_list(given):
        return {"responders": "Responders are a list of objects with a type."}
    if len(given) > MOST_RESPONDERS:
        return {"responders": f"At most {MOST_RESPONDERS} responders, here are {len(given)}."}
    faults: dict[str, str] = {}
    for place, each in enumerate(given):
        faults.update({f"responders.{place}{part}": wrong for part, wrong in _wrong_responder(each).items()})
    kinds = [each.get("type") for each in given if isinstance(each, Mapping)]
    if len(kinds) > 1 and NOBODY in kinds:
        faults.setdefault("responders", "Where none is named nobody else can be.")
    return faults


def _wrong_responder(given: object) -> Mapping[str, str]:
    """What is wrong with one of them, by the end of its path."""
    if not isinstance(given, Mapping):
        return {"": "A responder is an object with a type."}
    kind = given.get("type")
    if not isinstance(kind, str) or kind not in _RESPONDERS:
        return {".type": f"The type of a responder is one of {', '.join(_RESPONDERS)}."}
    names = [given.get(name) for name in ("id", "name", "username")]
    if any(name is not None and not isinstance(name, str) for name in names):
        return {".id": "Ids and names are texts."}
    if kind not in (NOBODY, EVERYBODY) and not any(names):
        return {".id": f"Say which {kind} by its id or name."}
    return {}


def _is_list(given: object) -> TypeGuard[Sequence[object]]:
    return isinstance(given, (list, tuple))
