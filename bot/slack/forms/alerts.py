"""The forms of an alert, sent: handed over to somebody, or snoozed until a time."""

from __future__ import annotations

from bot.errors import BadFields, NotFound
from bot.queries import alerts, on_duty
from bot.queries.alerts import AlertRef, AlertView
from bot.queries.reading import Reading
from bot.slack.actions.alerts import GONE
from bot.slack.cards.alert_answers import handed_card, unheard_card
from bot.slack.cards.blocks import Card
from bot.slack.desk import Desk
from bot.slack.forms.sending import Answered, Outcome, Sent
from bot.usecases.alerts.add_responder import add_responder
from bot.usecases.alerts.assign import assign
from bot.usecases.alerts.snooze import snooze
from bot.usecases.alerts.wanted import WantedResponder
from bot.usecases.references import Ref
from bot.vocabulary import AlertResponderKind, RecipientState

WHOM = "Choose a person, or a schedule."
ONE = "Choose one of the two: a person or a schedule."


async def handed_over(sent: Sent, desk: Desk) -> Outcome:
    """Call them, and say so where the form was opened."""
    slack_id, schedule_id = sent.filled.user("person"), sent.filled.choice("schedule")
    if not slack_id and not schedule_id:
        raise BadFields({"person": WHOM})
    if slack_id and schedule_id:
        raise BadFields({"schedule": ONE})
    try:
        card = await _to_person(sent, slack_id, desk) if slack_id else await _to_schedule(sent, schedule_id or "", desk)
    except NotFound:
        raise NotFound(GONE) from None
    return Answered(card, sent.about["url"], replace=sent.about["replaces"])


async def snoozed(sent: Sent, desk: Desk) -> Outcome:
    """Leave its people alone until then."""
    until = sent.filled.moment("until")
    if until is None:
        raise BadFields({"until": "Choose until when."})
    try:
        async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
            await snooze(unit, AlertRef(sent.about["alert"]), until)
    except BadFields as error:
        raise _placed(error, {"endTime": "until"}) from None
    except NotFound:
        raise NotFound(GONE) from None
    return None


async def _to_person(sent: Sent, slack_id: str, desk: Desk) -> Card:
    person = await desk.people.person(slack_id)
    try:
        async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
            await assign(unit, AlertRef(sent.about["alert"]), Ref(id=person.id), note=sent.filled.text("note"))
    except BadFields as error:
        raise _placed(error, {"owner": "person"}) from None
    async with desk.reader() as reading:
        return handed_card(await _view(reading, sent), [person])


async def _to_schedule(sent: Sent, schedule_id: str, desk: Desk) -> Card:
    """Who is called by it; the others hear in the channel that nobody is, who hands it over is told so too."""
    wanted = WantedResponder(AlertResponderKind.SCHEDULE, Ref(id=schedule_id))
    async with desk.units.begin(sent.person, key=sent.key_of_text) as unit:
        ref, note = AlertRef(sent.about["alert"]), sent.filled.text("note")
        await add_responder(unit, ref, wanted, field="schedule", note=note)
    async with desk.reader() as reading:
        view = await _view(reading, sent)
        called = {each.person.id for each in view.recipients if each.state is not RecipientState.DECLINED}
        on_call = await on_duty.of_schedule(reading, schedule_id, at=reading.now)
    to = [each for each in on_call if each.id in called]
    return handed_card(view, to) if to else unheard_card(view, on_call)


async def _view(reading: Reading, sent: Sent) -> AlertView:
    view = await alerts.by_id(reading, sent.about["alert"])
    if view is None:
        raise NotFound(GONE)
    return view


def _placed(error: BadFields, places: dict[str, str]) -> BadFields:
    """The same under the names of the form's own fields, without those of the request."""
    return BadFields({places.get(name, name): _without(name, said) for name, said in error.fields.items()})


def _without(name: str, sentence: str) -> str:
    said = sentence.removeprefix(f"{name}: ")
    return said[:1].upper() + said[1:]
