"""Whom an alert's responders stand for at this moment: routing rules and escalations are followed to the people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.engines.escalation import Rule, afterwards, counts, read_rule, steps, written
from bot.engines.policies import Named, Signal, within
from bot.queries import on_duty, responders
from bot.queries.alert_log import AlertHappening
from bot.queries.responders import EscalationPlan
from bot.usecases.alerts.telling import Telling, described
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind, AlertStatus, AlertStep, Severity
from storage import alerts
from storage.alert_timers import Planned
from storage.models import Alert


async def responders_of(unit: Unit, alert: Alert) -> list[Named]:
    """Whom an alert is brought to, in order; of what is gone the name is empty."""
    rows = (await alerts.responders_of(unit.session, [alert.number or 0]))[alert.number or 0]
    asked = [(AlertResponderKind(row.kind), row.responder_id, None) for row in rows]
    known = await responders.known(unit.remembering, asked)
    return [known[each].named if each in known else Named(each[0], each[1], "") for each in asked]


async def call(unit: Unit, alert: Alert, called: Sequence[Named], telling: Telling) -> None:
    """Gather whom these stand for now, what their escalations plan, and what was decided on the way.

    A person who forwards what comes to them at this moment stands for whom they forward it to.
    """
    telling.names_nobody = not called
    for each in called:
        match each.kind:
            case AlertResponderKind.USER:
                telling.reach(await on_duty.of_user(unit.remembering, each.id, at=unit.now), for_=each)
            case AlertResponderKind.SCHEDULE:
                telling.reach(await on_duty.of_schedule(unit.remembering, each.id, at=unit.now), for_=each)
            case AlertResponderKind.ESCALATION:
                await _escalate(unit, alert, each, telling)
            case AlertResponderKind.TEAM:
                await _route(unit, alert, each, called, telling)


async def begin_round(unit: Unit, alert: Alert, plan: EscalationPlan, telling: Telling, *, round_: int) -> None:
    """An escalation from its beginning: what is due at once is gathered, the rest is planned."""
    for step in steps(plan.plan, began_at=unit.now):
        if step.at <= unit.now:
            await take_step(unit, alert, plan.named, step.rule, telling, place=step.place, round_=round_)
            continue
        details = {
            "escalation": described(plan.named),
            "step": step.place,
            "round": round_,
            "rule": written(step.rule),
        }
        telling.timers.append(Planned(AlertStep.ESCALATE, step.at, details))
    following = afterwards(plan.plan, began_at=unit.now, round_=round_)
    if following is not None:
        after = {"escalation": described(plan.named), "round": following.round}
        telling.timers.append(Planned(AlertStep.REPEAT, following.at, after))


async def take_step(
    unit: Unit,
    alert: Alert,
    escalation: Named,
    rule: Rule,
    telling: Telling,
    *,
    place: int,
    round_: int,
    is_asked_for: bool = False,
) -> None:
    """Gather whom a step tells; nobody where its condition does not hold, unless somebody has asked for the step."""
    is_open = alert.status == AlertStatus.OPEN
    if not is_asked_for and not counts(rule.condition, is_open=is_open, acknowledged=alert.acknowledged):
        return
    seed = f"{alert.id} {escalation.id} {place} {round_}"
    people = await on_duty.of_recipient(
        unit.remembering, rule.kind, rule.recipient_id, rule.notifies, at=unit.now, seed=seed
    )
    telling.say(AlertHappening.ESCALATED, escalation=described(escalation), step=place, round=round_)
    told = await _named(unit, AlertResponderKind(rule.kind.value), rule.recipient_id)
    telling.reach(people, for_=told, through=escalation)


async def take_planned(
    unit: Unit, alert: Alert, planned: Planned, telling: Telling, *, is_asked_for: bool = False
) -> None:
    """The same of a step that was planned by `begin_round`."""
    details = planned.details
    await take_step(
        unit,
        alert,
        as_named(details["escalation"]),
        read_rule(details["rule"]),
        telling,
        place=details["step"],
        round_=details["round"],
        is_asked_for=is_asked_for,
    )


async def next_on_call(unit: Unit, alert: Alert, called: Iterable[Named]) -> Telling:
    """Who comes next on call by the schedules that an alert is brought to, and was not told of it yet."""
    told = await alerts.states_of(unit.session, alert.number or 0)
    telling = Telling()
    for each in called:
        for led in await _schedules_of(unit, alert, each, called):
            people = await on_duty.next_of_schedule(unit.remembering, led.id, at=unit.now, besides=told.keys())
            if people:
                telling.reach(people, for_=led)
    return telling


def as_named(kept: dict[str, str]) -> Named:
    """The responder that was `described`."""
    return Named(AlertResponderKind(kept["kind"]), kept["id"], kept["name"])


async def _escalate(unit: Unit, alert: Alert, escalation: Named, telling: Telling) -> None:
    if escalation.id in telling.begun:
        return
    telling.begun.add(escalation.id)
    plan = await responders.escalation_plan(unit.remembering, escalation.id)
    if plan is None:
        telling.nobody.append(escalation)
        return
    await begin_round(unit, alert, plan, telling, round_=0)


async def _route(unit: Unit, alert: Alert, team: Named, called: Iterable[Named], telling: Telling) -> None:
    """To whatever the first of the team's rules that fits leads; without one, to its own schedules, else its members.

    A team that was made in Slack has no rules, nor the default one that Opsgenie makes.
    """
    rule, to = await _led_to(unit, alert, team, called)
    telling.say(AlertHappening.ROUTED, team=described(team), rule=rule, to=described(to))
    if to is not None:
        await call(unit, alert, [to], telling)
    elif rule is None and (own := await _own_schedules(unit, team)):
        await call(unit, alert, own, telling)  # at night nobody may be on call, which is no reason to wake them all
    elif rule is None:
        telling.reach(await on_duty.of_team(unit.remembering, team.id, at=unit.now), for_=team)


async def _schedules_of(unit: Unit, alert: Alert, called: Named, all_: Iterable[Named]) -> Sequence[Named]:
    """The schedules by which people are called for a responder: itself, or of a team where its rule leads, or all."""
    led: Named | None = called
    if called.kind is AlertResponderKind.TEAM:
        rule, led = await _led_to(unit, alert, called, all_)
        if rule is None:
            return await _own_schedules(unit, called)
    return [led] if led is not None and led.kind is AlertResponderKind.SCHEDULE else []


async def _own_schedules(unit: Unit, team: Named) -> list[Named]:
    own = await on_duty.schedules_of_team(unit.remembering, team.id)
    return [Named(AlertResponderKind.SCHEDULE, each.schedule.id, each.schedule.name) for each in own]


async def _led_to(unit: Unit, alert: Alert, team: Named, called: Iterable[Named]) -> tuple[str | None, Named | None]:
    signal = _signal_of(alert, called)
    for route in await responders.routes(unit.remembering, team.id):
        if within(route.restriction, route.zone, unit.now) and route.filter.holds(signal):
            return route.name, route.to
    return None, None


async def _named(unit: Unit, kind: AlertResponderKind, id_: str) -> Named:
    found = await responders.known(unit.remembering, [(kind, id_, None)])
    return found[kind, id_, None].named if found else Named(kind, id_, "")


def _signal_of(alert: Alert, called: Iterable[Named]) -> Signal:
    return Signal(
        message=alert.message,
        alias=alert.alias,
        description=alert.description,
        entity=alert.entity,
        source=alert.source,
        priority=Severity(alert.priority),
        tags=tuple(alert.tags),
        actions=tuple(alert.actions),
        details=alert.details,
        responders=tuple(called),
        created_at=alert.created_at,
        id=alert.id,
        number=alert.number,
    )
