"""Tell people of alerts: everything that verbs or steps have to tell is gathered first, then written at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.engines.policies import Named
from bot.queries.alert_log import AlertHappening
from bot.queries.last_resort import is_reachable, last_resort
from bot.queries.people import Person
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind, RecipientState
from storage import alert_timers, alerts, events, subject_deliveries
from storage.alert_timers import Planned
from storage.inserting import put_together
from storage.models import Alert
from storage.subject_deliveries import Message

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Telling:
    """Who is to be told, for whom they stand, what happened on the way there, and what is planned for later."""

    people: dict[str, Person] = field(default_factory=dict)
    through: dict[str, Named] = field(default_factory=dict)
    nobody: list[Named] = field(default_factory=list)
    """Those who stand for nobody at this moment."""
    missed: Sequence[str] = ()
    """A sentence for each who was named, and whom there is not."""
    names_nobody: bool = False
    """Whether it is brought to nobody at all: only its channel hears of it."""
    begun: set[str] = field(default_factory=set)
    """The ids of the escalations that begin: each once, also where several responders lead to it."""
    called: list[tuple[AlertResponderKind, str]] = field(default_factory=list)
    """The responders of an alert that has none yet."""
    happened: list[tuple[AlertHappening, Mapping[str, Any]]] = field(default_factory=list)
    timers: list[Planned] = field(default_factory=list)

    def reach(self, people: Iterable[Person], *, for_: Named, through: Named | None = None) -> None:
        """Add the people whom somebody stands for; who is told already is not told twice."""
        found = list(people)
        for person in found:
            if person.id not in self.people:
                self.people[person.id] = person
                self.through[person.id] = through or for_
        if not found:
            self.nobody.append(for_)

    def say(self, what: AlertHappening, **after: Any) -> None:
        """Have it written down."""
        self.happened.append((what, after))


def described(named: Named | None) -> dict[str, str] | None:
    """A responder, as the log has it."""
    return None if named is None else {"kind": named.kind.value, "id": named.id, "name": named.name}


async def write(unit: Unit, alert: Alert, telling: Telling, *, is_first: bool = False) -> None:
    """Write down everything of one alert, as `write_all` does; `is_first`: it was raised in this transaction."""
    await write_all(unit, [(alert, telling)], is_first=is_first)


async def write_all(unit: Unit, tellings: Sequence[tuple[Alert, Telling]], *, is_first: bool = False) -> None:
    """Write down everything, and have the messages sent: to the people, to an alert's channel where it has one.

    Who said that it is not theirs is not told again. Whoever is told again gets a new message: an edit rings for
    nobody. Where nobody at all could be told who was to be, the channel hears that, loudly; of what has no channel the
    leads of its team hear, else the admins. Six statements at most, however many alerts there are, and a few for each
    of which nobody could be told.
    """
    declined = set() if is_first else await _declined(unit, tellings)
    reached = [_Reached(alert, telling, declined) for alert, telling in tellings]
    told = [(each.number, id_) for each in reached for id_ in each.told]
    timers = [(each.number, planned) for each in reached for planned in each.telling.timers]
    called = [row for each in reached for row in alerts.responder_rows(each.number, each.telling.called)]
    paged = [message for each in reached for message in each.pages]
    if not is_first:
        await subject_deliveries.let_go(unit.session, paged)
    cards = [Message(MessageKind.ALERT, each.alert.id, each.alert.channel) for each in reached if each.alert.channel]
    await put_together(
        unit.session,
        [
            (alerts.RESPONDERS, called),
            (alerts.TOLD, alerts.told_rows(told, now=unit.now)),
            (alert_timers.PLANNED, alert_timers.planned_rows(timers)),
            (subject_deliveries.TOUCHED, subject_deliveries.touched_rows([*cards, *paged], now=unit.now)),
            (events.HAPPENED, [entry for each in reached for entry in each.entries(unit)]),
        ],
    )
    for each in reached:
        if each.is_unheard:
            await _say_loudly(unit, each)


class _Reached:
    """Whom one telling reaches: those who did not decline, have not left, and are members in Slack."""

    def __init__(self, alert: Alert, telling: Telling, declined: set[tuple[int, str]]) -> None:
        self.alert, self.telling = alert, telling
        self.number = number_of(alert)
        self.meant = {id_: each for id_, each in telling.people.items() if (self.number, id_) not in declined}
        self.told = {id_: each for id_, each in self.meant.items() if is_reachable(each)}

    @property
    def is_unheard(self) -> bool:
        """Whether somebody was to hear of it and nobody does."""
        telling = self.telling
        is_silent = telling.names_nobody and self.alert.channel is None
        return not self.told and bool(telling.people or telling.nobody or telling.missed or is_silent)

    @property
    def pages(self) -> Iterator[Message]:
        """The direct messages."""
        for id_, person in self.told.items():
            details = {"through": self.telling.through[id_].name}
            yield Message(MessageKind.PAGED, self.alert.id, person.slack_id or "", details)

    def entries(self, unit: Unit) -> Iterator[Mapping[str, Any]]:
        """What is written down."""
        for what, after in self.telling.happened:
            yield unit.entry(what, self.alert.id, after=after)
        for id_, person in self.told.items():
            after = {"user_id": id_, "name": person.name, "through": described(self.telling.through[id_])}
            yield unit.entry(AlertHappening.NOTIFIED, self.alert.id, after=after)


async def _say_loudly(unit: Unit, reached: _Reached) -> None:
    telling, alert = reached.telling, reached.alert
    after = {
        "called": [described(each) for each in telling.nobody],
        "unreachable": [each.name for each in reached.meant.values()],
        "declined": [each.name for id_, each in telling.people.items() if id_ not in reached.meant],
        **({"missed": list(telling.missed)} if telling.missed else {}),
    }
    event_id = await unit.event(AlertHappening.NOBODY_ON_CALL, alert.id, after=after)
    for recipient in await _who_hears(unit, alert):
        await unit.tell(MessageKind.NOBODY_ON_CALL, str(event_id), recipient)


async def _who_hears(unit: Unit, alert: Alert) -> list[str]:
    if alert.channel:
        return [alert.channel]
    people = await last_resort(unit.remembering, alert.owner_team_id)
    if not people:
        log.error("nobody hears of an alert: it has no channel, its team no lead, and we no admin", number=alert.number)
    return [each.slack_id for each in people if each.slack_id]


async def _declined(unit: Unit, tellings: Sequence[tuple[Alert, Telling]]) -> set[tuple[int, str]]:
    numbers = [number_of(alert) for alert, telling in tellings if telling.people]
    states = await alerts.states_of_all(unit.session, numbers)
    return {key for key, state in states.items() if state is RecipientState.DECLINED}


def number_of(alert: Alert) -> int:
    """The number of an alert that is in the database."""
    assert alert.number is not None  # noqa: S101  given by the database
    return alert.number
