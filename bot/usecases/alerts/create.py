"""Raise an alert, or count one more occurrence of an open one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.engines.policies import Decision, Effects, Named, Outcome, Rulebook, Tried, decide, trail
from bot.escaping import shortened
from bot.queries import responders
from bot.queries.actors import KeyHolder
from bot.queries.alert_log import AlertHappening
from bot.queries.responders import Asked
from bot.usecases.alerts.calling import call
from bot.usecases.alerts.channel import channel_for
from bot.usecases.alerts.flow import begin, pass_on_timer, restart_timer
from bot.usecases.alerts.held import write_note
from bot.usecases.alerts.often import comes_often, kept_rule, not_before, restart_of
from bot.usecases.alerts.policed import signal_of, what_policies_did
from bot.usecases.alerts.telling import Telling, described, write
from bot.usecases.alerts.wanted import WantedAlert, cut_message, look_at
from bot.usecases.fields import Faults, is_storable
from bot.usecases.messages import MessageKind
from bot.usecases.reach import own_team
from bot.usecases.references import missing
from bot.usecases.roles import authorise_member
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind, AlertStatus, AlertStep, PolicyGroup, Verb
from storage import alert_timers, alerts, events, subject_deliveries
from storage.alert_timers import Planned
from storage.models import Alert
from storage.models.base import new_id

LONGEST_SENTENCE = 200
"""Of one who was named and is not there."""
COUNT_SHOWN_AFTER = timedelta(minutes=1)
"""How soon an alert's message shows that it came again: once for all that came until then. Slack takes fifty edits a
minute, from all of us."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What became of a signal: a new alert, or one that was open already and counts one more."""

    alert: Alert
    is_new: bool


async def raise_alert(unit: Unit, wanted: WantedAlert, rulebook: Rulebook) -> Raised:
    """The alert, its people told as the policies have it; everything that follows from it is planned.

    An alert that comes by a key that acts for a team is that team's, and is brought to it where nobody is named. Else
    it is of the first team among its responders, or of the team of the first schedule or escalation among them. An
    alias is one for each team's keys, and one for all other keys: what another team has open under the same alias is
    another alert. A new alert takes eight statements, and a few that are remembered; one more where a policy may ask
    for its number.

    Policies do not touch the alias of what a person raises: a page must not end as one more of an alert that is open.

    Raises:
        NotAllowed: the actor is no member of the workspace.
        BadFields: with every field that is wrong.
    """
    await authorise_member(unit, Verb.PAGE)
    faults = Faults()
    look_at(wanted, faults)
    called, missed = await _looked_up(unit, wanted, faults)
    faults.refuse()
    number = await alerts.next_number(unit.session) if rulebook.wants_number else None
    signal = signal_of(unit, wanted, called, alert_id=new_id(), number=number)
    decision = decide(rulebook, signal, now=unit.now, team_id=own_team(unit))
    called = await _all_called(unit, decision)
    is_told = not decision.effects.suppress and not _waits(unit, decision.effects)
    owner_team_id = own_team(unit) or await _team_of(unit, called)
    channel = await channel_for(unit, called, owner_team_id) if is_told else None
    new = _values(unit, wanted, decision, owner_team_id=owner_team_id, channel=channel)
    new["policy_trail"] = trail([*_as_tried(missed), *decision.tried])
    alert = await alerts.count_in(unit.session, new)
    is_new = alert.id == new["id"]
    if is_new:
        await _raise_new(unit, alert, wanted, decision, called=called, missed=missed, is_told=is_told)
    else:
        await _count(unit, alert, wanted)
    await write_note(unit, alert, wanted.note, user=wanted.user)
    unit.outcome = alert.id
    return Raised(alert, is_new)


async def _raise_new(
    unit: Unit,
    alert: Alert,
    wanted: WantedAlert,
    decision: Decision,
    *,
    called: Sequence[Named],
    missed: Sequence[str],
    is_told: bool,
) -> None:
    telling = Telling(called=[(each.kind, each.id) for each in called], missed=missed)
    telling.say(
        AlertHappening.RAISED,
        message=alert.message,
        alias=alert.alias,
        priority=str(alert.priority),
        source=alert.source,
        responders=[described(each) for each in called],
        **({"user": wanted.user} if wanted.user else {}),
    )
    telling.happened += what_policies_did(decision)
    telling.timers += _planned(unit, decision.effects)
    if is_told:
        telling.timers += [*restart_timer(unit, restart_of(decision.effects)), *pass_on_timer(unit, alert)]
        await call(unit, alert, called, telling)
    await write(unit, alert, telling, is_first=True)


async def _count(unit: Unit, alert: Alert, wanted: WantedAlert) -> None:
    """One more of an open alert. Nobody is told of that by itself: its message shows it after a while."""
    after = {"count": alert.count, "source": wanted.source} | ({"user": wanted.user} if wanted.user else {})
    await events.add_all(unit.session, [unit.entry(AlertHappening.COUNTED, alert.id, after=after)])
    if alert.deduplication and comes_often(unit, alert) and not alert.acknowledged and alert.snoozed_until is None:
        await _tell_of_often(unit, alert)
        return
    await subject_deliveries.renew_later(
        unit.session, kind=MessageKind.ALERT, subject=alert.id, at=unit.now + COUNT_SHOWN_AFTER
    )


async def _tell_of_often(unit: Unit, alert: Alert) -> None:
    """So many have come: its people are told, but not before the end of a delay."""
    if await alert_timers.pending(unit.session, alert.number or 0, AlertStep.BEGIN):
        return
    rule = alert.deduplication or {}
    restart, until = rule.get("restart"), not_before(alert)
    alert.deduplication = {**rule, "restart": None}  # armed once, then it goes on by itself
    if until is None or until <= unit.now:
        await begin(unit, alert, restart=restart, escalations_go_on=True)
        return
    await alert_timers.add(
        unit.session, alert.number or 0, [Planned(AlertStep.BEGIN, until, {"restart": restart} if restart else {})]
    )


def _waits(unit: Unit, effects: Effects) -> bool:
    """Whether its people are not told at once, but later or when it has come often."""
    if effects.deduplication is not None:
        return True
    return effects.delay_until is not None and effects.delay_until > unit.now


def _planned(unit: Unit, effects: Effects) -> list[Planned]:
    planned = []
    if effects.close_after is not None:
        seconds = effects.close_after.total_seconds()
        planned.append(Planned(AlertStep.CLOSE, unit.now + effects.close_after, {"seconds": seconds}))
    is_delayed = not effects.suppress and effects.deduplication is None and _waits(unit, effects)
    if is_delayed and effects.delay_until is not None:
        restart = restart_of(effects)
        planned.append(Planned(AlertStep.BEGIN, effects.delay_until, {"restart": restart} if restart else {}))
    return planned


def _values(
    unit: Unit, wanted: WantedAlert, decision: Decision, *, owner_team_id: str | None, channel: str | None
) -> dict[str, Any]:
    """The row of a new alert."""
    signal, rule = decision.signal, kept_rule(decision.effects)
    is_frequency = rule is not None and rule["seconds"] is not None
    return {
        **({"number": signal.number} if signal.number else {}),
        "id": signal.id,
        "alias": (wanted.alias if unit.acting_person else signal.alias) or signal.id,
        "alias_scope": own_team(unit) or "",
        "message": signal.message or cut_message(wanted.message),
        "description": signal.description,
        "entity": signal.entity,
        "source": signal.source,
        "priority": signal.priority,
        "status": AlertStatus.OPEN,
        "acknowledged": False,
        "is_seen": False,
        "count": 1,
        "tags": list(signal.tags),
        "details": dict(signal.details),
        "actions": list(signal.actions),
        "visible_to": [dict(each) for each in wanted.visible_to],
        "owner_team_id": owner_team_id,
        "key_id": unit.actor.id if isinstance(unit.actor, KeyHolder) else None,
        "created_by": unit.acting_person.id if unit.acting_person else None,
        "deduplication": rule,
        "recent": [unit.now.isoformat()] if is_frequency else [],
        "channel": channel,
        "created_at": unit.now,
        "updated_at": unit.now,
        "last_occurred_at": unit.now,
    }


async def _looked_up(unit: Unit, wanted: WantedAlert, faults: Faults) -> tuple[list[Named], list[str]]:
    """Who is named, each once; and a sentence for each whom there is not. One without a name is a fault.

    As with Opsgenie, who is not there is left out: a team that was renamed must cost no alert. A key that acts for a
    team knows nothing but what is that team's, and people; where it names nobody it knows, its team is meant.
    """
    asked: list[Asked] = [(each.kind, each.ref.id, each.ref.name) for each in wanted.responders]
    team_id = own_team(unit)
    itself: list[Asked] = [(AlertResponderKind.TEAM, team_id, None)] if team_id else []
    known = await responders.known(unit.remembering, [*asked, *itself])
    found: dict[Named, None] = {}
    missed: list[str] = []
    for place, each in enumerate(asked):
        one = known.get(each)
        is_within_reach = one is not None and (
            each[0] is AlertResponderKind.USER or team_id is None or one.team_id == team_id
        )
        if one is not None and is_within_reach:
            found[one.named] = None
            continue
        ref = wanted.responders[place].ref
        sentence = shortened(missing(each[0], ref), LONGEST_SENTENCE)
        if ref.is_empty or not is_storable(sentence):
            faults.add(f"responders.{place}", sentence)
        else:
            missed.append(sentence)
    return list(found) or [known[each].named for each in itself if each in known], missed


def _as_tried(missed: Sequence[str]) -> list[Tried]:
    """Who was named and is not there, at the head of what people read of an alert's course."""
    if not missed:
        return []
    why = " ".join([*missed, "It is not brought there."])
    return [Tried("", "", PolicyGroup.MODIFY, None, Outcome.BROKEN, why)]


async def _all_called(unit: Unit, decision: Decision) -> list[Named]:
    """Its responders as the policies have them, each once, and everybody where one says so."""
    found = dict.fromkeys(decision.signal.responders)
    if decision.signal.everyone:
        people = await responders.everybody(unit.remembering)
        found |= dict.fromkeys(Named(AlertResponderKind.USER, each.id, each.name) for each in people)
    return list({(each.kind, each.id): each for each in found}.values())


async def _team_of(unit: Unit, called: Sequence[Named]) -> str | None:
    """Whose alert it is by its responders."""
    teams = [each.id for each in called if each.kind is AlertResponderKind.TEAM]
    if teams:
        return teams[0]
    known = await responders.known(unit.remembering, [(each.kind, each.id, None) for each in called])
    return next((each.team_id for each in known.values() if each.team_id), None)
