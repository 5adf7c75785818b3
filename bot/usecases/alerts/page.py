"""Reach whoever is on call by a schedule: an alert that a person makes, and whose fate they are told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.engines.policies import Rulebook
from bot.errors import BadFields
from bot.escaping import shortened
from bot.usecases.alerts.asked import keep_answering
from bot.usecases.alerts.create import raise_alert
from bot.usecases.alerts.wanted import LONGEST_MESSAGE, WantedAlert, WantedResponder
from bot.usecases.references import Ref
from bot.usecases.roles import authorise_member
from bot.usecases.unit import Unit
from bot.vocabulary import AlertResponderKind, Severity, Verb
from storage import schedules
from storage.models import Alert

MOST_TEXT = 3000
"""Characters of what is wrong in a form: what a box in Slack takes. Who types may say more."""
SOURCE = "Slack"


class Urgency(StrEnum):
    """Whether somebody is needed now, or may look when they can."""

    URGENT = "urgent"
    CAN_WAIT = "can-wait"


PRIORITIES = {Urgency.URGENT: Severity.P1, Urgency.CAN_WAIT: Severity.P3}


@dataclass(frozen=True, slots=True)
class WantedPage:
    """Whom to reach, and why. `url` and `replaces` are how who pages is answered, see usecases/alerts/asked.py."""

    schedule_id: str
    text: str
    urgency: Urgency = Urgency.URGENT
    url: str = ""
    replaces: bool = False


async def page(unit: Unit, wanted: WantedPage, rulebook: Rulebook) -> Alert:
    """A new alert, brought to who is on call. Its id is the unit's outcome.

    Of a text that is longer than an alert's message the whole becomes its description.

    Raises:
        NotAllowed: the actor is no member of the workspace.
        BadFields: `text` is empty; `schedule` is gone.
    """
    await authorise_member(unit, Verb.PAGE)
    text = wanted.text.strip()
    faults = {} if text else {"text": "What is wrong: say it in a few words."}
    if await schedules.by_id(unit.session, wanted.schedule_id) is None:
        faults["schedule"] = "That schedule is gone; choose another one."
    if faults:
        raise BadFields(faults)
    message = " ".join(text.split())
    raised = await raise_alert(
        unit,
        WantedAlert(
            message=shortened(message, LONGEST_MESSAGE),
            description=text if text != message or len(message) > LONGEST_MESSAGE else "",
            responders=(WantedResponder(AlertResponderKind.SCHEDULE, Ref(id=wanted.schedule_id)),),
            priority=PRIORITIES[wanted.urgency],
            source=SOURCE,
        ),
        rulebook,
    )
    unit.outcome = raised.alert.id
    if raised.is_new and unit.person.slack_id:
        keep_answering(unit, raised.alert, slack_id=unit.person.slack_id, url=wanted.url, replaces=wanted.replaces)
    return raised.alert
