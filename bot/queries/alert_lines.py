"""An alert's notes, and what happened to it, line by line: what its policies did among it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.engines.policies import Tried, read_trail
from bot.queries import people
from bot.queries.alert_log import AlertHappening, CloseReason
from bot.queries.alerts import AlertView
from bot.queries.lines import Line, Lines, cut_to, edited, relabelled
from bot.queries.reading import Reading
from storage import alert_search, stretches
from storage.models import Event
from storage.stretches import Stretch

POLICY = "policy"
"""The kind of a line that tells of a policy."""
PLACES = 1_000
"""How many lines there may be of one event: its place is its id times so many, and theirs follow."""
_PLAIN: Mapping[str, str] = {
    AlertHappening.RAISED: "Alert created",
    AlertHappening.ACKNOWLEDGED: "Alert acknowledged",
    AlertHappening.UNACKNOWLEDGED: "Acknowledgement taken back",
    AlertHappening.WOKE: "Snooze ended",
    AlertHappening.NOTED: "Note added",
    AlertHappening.DELETED: "Alert deleted",
}
_CLOSED: Mapping[str, str] = {
    CloseReason.POLICY: "Alert closed by a policy",
    CloseReason.ESCALATION: "Alert closed at the end of its escalation",
}


async def notes(
    reading: Reading, alert: AlertView, *, limit: int, newest_first: bool, beyond: int | None, backwards: bool
) -> Lines:
    """Some of the notes of an alert: those beyond a place, or, `backwards`, those before it; one statement."""
    stretch = Stretch(limit=limit + 1, newest_first=newest_first, beyond=beyond, backwards=backwards)
    rows = await alert_search.notes(reading.session, alert.number, stretch)
    return cut_to([Line(row.id or 0, row.text, row.author, row.at) for row in rows], limit, backwards=backwards)


async def happenings(
    reading: Reading, alert: AlertView, *, limit: int, newest_first: bool, beyond: int | None, backwards: bool
) -> Lines:
    """Some of what happened to an alert, likewise; two statements. Every policy that was tried has its own line."""
    is_falling = newest_first is not backwards
    stretch = Stretch(
        limit=limit + 2,  # of the event at that place there may be lines beyond it, and one more says that it goes on
        newest_first=newest_first,
        beyond=None if beyond is None else beyond // PLACES + (1 if is_falling else -1),
        backwards=backwards,
    )
    found = await stretches.happenings(reading.session, alert.id, stretch)
    names = await _names(reading, [event for event, _, _ in found])
    lines = [line for event, person, key in found for line in _lines(alert, event, person or key or "", names)]
    beyond_it = [
        each for each in lines if beyond is None or ((each.place < beyond) is is_falling and each.place != beyond)
    ]
    ordered = sorted(beyond_it, key=lambda each: each.place, reverse=newest_first)
    nearest = ordered[-limit - 1 :] if backwards else ordered[: limit + 1]
    return cut_to(nearest, limit, backwards=backwards)


def _lines(alert: AlertView, event: Event, by: str, names: Mapping[str, str]) -> Iterator[Line]:
    place, by = (event.id or 0) * PLACES, event.after.get("user") or by
    yield Line(place, _words(event, names), by, event.at, kind=event.verb)
    if event.verb == AlertHappening.RAISED:
        for number, tried in enumerate(read_trail(alert.policy_trail)[: PLACES - 1], start=1):
            yield Line(place + number, policy_words(tried), "", event.at, kind=POLICY)


def policy_words(tried: Tried) -> str:
    """What came of a policy, in one line: `Policy [night] applied: … Priority [P3] became [P5].`"""
    told = f"Policy [{tried.name}] {tried.outcome.replace('-', ' ')}: {tried.why}" if tried.name else tried.why
    return " ".join([told, *(f"{name} [{old}] became [{new}]." for name, (old, new) in tried.changes.items())])


async def _names(reading: Reading, events: Sequence[Event]) -> Mapping[str, str]:
    """The names of the people whom events speak of by their ids; no statement where they speak of nobody."""
    parts = [part for event in events for part in (event.before, event.after)]
    ids = {part[name] for part in parts for name in ("owner_id", "user_id") if part.get(name)}
    return {id_: person.name for id_, person in (await people.by_ids(reading, ids)).items()} if ids else {}


def _words(event: Event, names: Mapping[str, str]) -> str:
    """What an event tells; of a verb that is not known here, the verb."""
    plain = _PLAIN.get(event.verb) or _labels(event) or _answer(event.verb, event.after, names)
    return plain or _course(event.verb, event.after) or event.verb.replace("-", " ").capitalize()


def _labels(event: Event) -> str:
    match event.verb:
        case AlertHappening.EDITED:
            return edited(event.after)
        case AlertHappening.TAGGED | AlertHappening.UNTAGGED | AlertHappening.DETAILED | AlertHappening.UNDETAILED:
            return relabelled(event.before, event.after)
        case _:
            return ""


def _answer(verb: str, after: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What people and programs have done about it."""
    told: Mapping[str, str] = {
        AlertHappening.CLOSED: _CLOSED.get(after.get("why", ""), "Alert closed"),
        AlertHappening.SNOOZED: f"Snoozed until [{_at(after.get('until'))}]",
        AlertHappening.ASSIGNED: f"Assigned to [{names.get(after.get('owner_id', ''), '')}]",
        AlertHappening.CALLED: f"Responders added: [{_called(after.get('responders', ()))}]",
        AlertHappening.DECLINED: f"[{names.get(after.get('user_id', ''), '')}] passed it on",
        AlertHappening.ACTED: f"Action [{after.get('action', '')}] executed",
        AlertHappening.DECLARED: f"Incident INC-{after.get('incident', '')} declared",
    }
    return told.get(verb, "")


def _course(verb: str, after: Mapping[str, Any]) -> str:
    """What the house has done about it."""
    policy = f"policy [{after.get('policy', '')}]"
    match verb:
        case AlertHappening.COUNTED:
            return f"Came again, {after.get('count', '')} times by now"
        case AlertHappening.ROUTED:
            return _routed(after)
        case AlertHappening.NOTIFIED:
            through = after.get("through")
            return f"Notified [{after.get('name', '')}]" + (f", who stands for {_called([through])}" if through else "")
        case AlertHappening.NOBODY_ON_CALL:
            return _unheard(after)
        case AlertHappening.ESCALATED:
            return f"Step {after.get('step', '')} of {_called([after.get('escalation')])}"
        case _:
            told: Mapping[str, str] = {
                AlertHappening.REPEATED: f"Repeated {_called([after.get('escalation')])}",
                AlertHappening.RESTARTED: f"Told again, {after.get('times', '')} of {after.get('most', '')} times",
                AlertHappening.SUPPRESSED: f"Nobody is told, by {policy}",
                AlertHappening.DELAYED: f"People are told at [{_at(after.get('until'))}], by {policy}",
                AlertHappening.HELD_BACK: f"People are told when it comes often, by {policy}",
                AlertHappening.POLICIES_BROKEN: f"Passed over more policies that are broken: {after.get('more', '')}",
                AlertHappening.POLICY_BROKEN: f"Passed over {policy}, which is broken: {after.get('why', '')}",
            }
            return told.get(verb, "")


def _unheard(after: Mapping[str, Any]) -> str:
    called, unreachable, declined = (after.get(name) or () for name in ("called", "unreachable", "declined"))
    reasons = [
        *([f"nobody is on call for [{_called(called)}]"] if called else []),
        *([f"[{', '.join(unreachable)}] cannot be told in Slack"] if unreachable else []),
        *([f"[{', '.join(declined)}] passed it on"] if declined else []),
        *(each.rstrip(".") for each in after.get("missed", ())),
    ]
    return f"Nobody could be told: {'; '.join(reasons) or 'no responder is named'}"


def _routed(after: Mapping[str, Any]) -> str:
    rule, to = after.get("rule"), after.get("to")
    if rule is None:
        return f"{_called([after.get('team')])} has no routing rule for it: brought to who is on call for the team"
    where = f"to {_called([to])}" if to else "to nobody"
    return f"{_called([after.get('team')])} routed it {where}" + (f" by the rule [{rule}]" if rule else "")


def _called(responders: Sequence[Mapping[str, Any] | None]) -> str:
    """Responders as a line names them: `team core, schedule night`."""
    return ", ".join(f"{each.get('kind', '')} {each.get('name', '')}".strip() for each in responders if each)


def _at(written: str | None) -> str:
    """An instant as replies tell it, without parts of a second."""
    return f"{datetime.fromisoformat(written):%Y-%m-%dT%H:%M:%SZ}" if written else ""
