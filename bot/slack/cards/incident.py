"""The card of an incident: one message, edited in place, which says how it stands and offers what can be done now."""

from __future__ import annotations

from datetime import timedelta

from bot.escaping import mrkdwn, mrkdwn_within
from bot.queries.incident_cards import AlertLine, IncidentCardView, Update
from bot.slack.cards.alert_words import state_in_brief
from bot.slack.cards.blocks import (
    FIELD_LIMIT,
    HEADER_LIMIT,
    TEXT_LIMIT,
    Block,
    Card,
    actions,
    button,
    context,
    fields,
    header,
    plain,
    section,
)
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.links import place_name
from bot.slack.cards.people import named
from bot.slack.cards.quotations import quotation
from bot.slack.ids import Action
from bot.slack.words.local import duration_words
from bot.vocabulary import IncidentRole, IncidentStatus

MOST_ALERTS = 5
DESCRIPTION_CHARACTERS = 600
UPDATE_CHARACTERS = 1200
ALERT_CHARACTERS = 150
LONGEST_LINK = 500
"""Slack's own links to messages are shorter; programs may write anything there."""
STATES = {
    IncidentStatus.OPEN: (":red_circle:", "Open"),
    IncidentStatus.RESOLVED: (":large_green_circle:", "Resolved"),
    IncidentStatus.CLOSED: (":white_circle:", "Closed"),
}
"""The colours of the states. Each stands beside the word that says the same."""
ROLE_WORDS = {
    IncidentRole.COMMANDER: "Commander",
    IncidentRole.COMMUNICATIONS: "Communications",
    IncidentRole.SCRIBE: "Scribe",
}


def incident_card(view: IncidentCardView, *, place: str = "") -> Card:
    """The card, for the channel with that id in Slack: elsewhere it says where the incident goes on. Nobody is pinged.

    Without a `place` it is an answer to somebody, who may be anywhere.
    """
    blocks = [header(_headline(view))]
    if len(_headline(view)) > HEADER_LIMIT:
        blocks.append({"type": "section", "text": plain(view.title)})
    blocks += [section(_state(view)), fields(*_facts(view))]
    if view.has_own_channel and view.channel and view.channel != place:
        blocks.append(section(f"It goes on in {place_name(view.channel)}."))
    if view.description.strip() and view.description.strip() != view.title.strip():
        blocks.append(section(quotation(view.description, DESCRIPTION_CHARACTERS)))
    if view.update:
        blocks.append(section(_last_update(view.update)))
    small = (_alerts(view), _origin(view))
    blocks += [*(context(each) for each in small if each), actions(*buttons(view))]
    return Card(plain_words(view), tuple(blocks))


def there_card(view: IncidentCardView, alert_id: str) -> Card:
    """The incident of an alert, for whoever asks for one: it is there already. Another one can be declared."""
    words = f"{view.label} was declared of this alert already."
    another = button("Declare another", f"{Action.ALERT_DECLARE_INCIDENT}:another", alert_id)
    return Card(words, (section(words), *incident_card(view).blocks, actions(another)))


def gone_card(label: str) -> Card:
    """What becomes of the card of an incident that was deleted."""
    words = f"{label} was deleted."
    return Card(words, (section(words),))


def plain_words(view: IncidentCardView) -> str:
    """What it is and how it stands, for a notification."""
    commander = view.roles.get(IncidentRole.COMMANDER)
    led = f" Commander: {commander.name}." if commander else ""
    return mrkdwn_within(f"{_headline(view)}. Status: {view.status}. Severity: {view.severity}.{led}", TEXT_LIMIT)


def state_value(view: IncidentCardView) -> str:
    """What a button carries: `INC-7:open`, the incident and the state that was shown."""
    return f"{view.label}:{view.status}"


def buttons(view: IncidentCardView) -> list[Block]:
    """What can be done with it now; the likeliest is the primary one."""
    value = state_value(view)
    update = button("Update status", f"{Action.INCIDENT}:note", value)
    roles = button("Roles", f"{Action.INCIDENT}:roles", value)
    close = button("Close", f"{Action.INCIDENT}:close", value)
    reopen = button("Reopen", f"{Action.INCIDENT}:reopen", value)
    match view.status:
        case IncidentStatus.OPEN:
            resolve = button("Resolve", f"{Action.INCIDENT}:resolve", value, style="primary")
            return [resolve, update, roles, close, postmortem_button(view)]
        case IncidentStatus.RESOLVED:
            return [postmortem_button(view, is_next=True), update, reopen, close]
        case IncidentStatus.CLOSED:
            return [postmortem_button(view, is_next=True), reopen]


def postmortem_button(view: IncidentCardView, *, is_next: bool = False) -> Block:
    """Leads to its postmortem, or to the form of a new one; that is what `is_next` where there is none yet."""
    if view.postmortem:
        return button(f"Open PM-{view.postmortem}", f"{Action.RUN}:postmortem", f"postmortem show PM-{view.postmortem}")
    style = "primary" if is_next else None
    return button("Start postmortem", f"{Action.INCIDENT}:postmortem", state_value(view), style=style)


def _headline(view: IncidentCardView) -> str:
    return f"{view.label} {view.title}"


def _state(view: IncidentCardView) -> str:
    """Its state by colour and by word, since when or for how long, and how bad it is."""
    colour, word = STATES[view.status]
    if view.resolved_at is None:
        return f"{colour} *{word}* since {day_and_time(view.started_at)} · {view.severity}"
    ended = day_and_time(view.closed_at or view.resolved_at)
    return f"{colour} *{word}* {ended} · lasted {_lasted(view.resolved_at - view.started_at)} · {view.severity}"


def _facts(view: IncidentCardView) -> list[str]:
    unled = [] if IncidentRole.COMMANDER in view.roles else ["*Commander:* nobody yet"]
    facts = unled + [f"*{ROLE_WORDS[role]}:* {named(person)}" for role, person in view.roles.items()]
    if view.services:
        facts.append(mrkdwn_within(f"*Services:* {', '.join(view.services)}", FIELD_LIMIT))
    if view.team:
        facts.append(mrkdwn_within(f"*Team:* {view.team}", FIELD_LIMIT))
    if view.postmortem:
        facts.append(f"*Postmortem:* PM-{view.postmortem}")
    return facts


def _lasted(lasted: timedelta) -> str:
    return duration_words(lasted) if lasted >= timedelta(minutes=1) else "less than a minute"


def _last_update(update: Update) -> str:
    by = f" by {mrkdwn(update.author)}" if update.author else ""
    return f"*Last update*{by}, {day_and_time(update.at)}\n{quotation(update.text, UPDATE_CHARACTERS)}"


def _alerts(view: IncidentCardView) -> str:
    shown = [_alert(each) for each in view.alerts[:MOST_ALERTS]]
    more = len(view.alerts) - len(shown)
    rest = f"and {more:,} more alert{'s' if more > 1 else ''}"
    return "\n".join([*shown, *([rest] if more > 0 else [])])


def _alert(alert: AlertLine) -> str:
    colour, state = state_in_brief(alert)
    return f"{colour} Alert {alert.label} {mrkdwn_within(alert.message, ALERT_CHARACTERS)}: {state}"


def _origin(view: IncidentCardView) -> str:
    by = f" by {named(view.declared_by)}" if view.declared_by else ""
    is_link = view.link.startswith("https://") and len(view.link) <= LONGEST_LINK
    of = f" of <{mrkdwn(view.link)}|this message>" if is_link else ""
    return f"Declared{by}{of}" if by or of else ""
