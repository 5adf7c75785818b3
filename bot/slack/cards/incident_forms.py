"""The forms of incidents. Block ids are the names of the fields, the same that the use cases complain of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.queries.incident_cards import IncidentCardView
from bot.queries.teams import TeamName
from bot.slack.cards.blocks import Block, button, context, option, plain
from bot.slack.cards.incident import ROLE_WORDS, incident_card
from bot.slack.cards.inputs import (
    channel_select,
    checkboxes,
    external_select,
    field,
    modal,
    multi_external_select,
    select,
    text_input,
    user_select,
)
from bot.slack.cards.links import place_name
from bot.slack.cards.postmortem_forms import SEVERITIES
from bot.slack.ids import Action, Form
from bot.vocabulary import IncidentRole, Severity

OWN_CHANNEL = "own_channel"
OWN_CHANNEL_CHOICE = option("Open a channel of its own", OWN_CHANNEL)


def level(severity: Severity) -> Block:
    """A severity as a menu says it."""
    return option(f"{severity}, {SEVERITIES[severity]}", severity)


def declare_form(
    *,
    commander: str,
    channel: str | None,
    severity: Severity,
    team: TeamName | None,
    offers_channel: bool,
    there: IncidentCardView | None,
    metadata: str,
) -> Block:
    """A new incident. `commander` and `channel` are Slack's ids, guessed from who asks and where.

    `there` is the incident to which its alert belongs already: it is shown first.
    """
    blocks = [
        *already_declared(there),
        field("title", "Title", text_input(placeholder="What is broken, in a few words")),
        field("severity", "Severity", select([level(each) for each in Severity], initial=level(severity))),
        field(
            "services",
            "Affected services",
            multi_external_select(Action.LOOK_UP_SERVICES, placeholder="Type a name; a new one is made"),
            optional=True,
        ),
        field("commander", "Commander", user_select(initial=commander), hint="Who leads it. You can give it away."),
        field("description", "What is known", text_input(multiline=True), optional=True),
        field("channel", "Announce in", channel_select(initial=channel), optional=True),
        *_own_channel(offers_channel=offers_channel),
        field(
            "team",
            "Team",
            external_select(
                Action.LOOK_UP_ANY_TEAM,
                initial=option(team.name, team.id) if team else None,
                placeholder="That of its services",
            ),
            optional=True,
        ),
    ]
    return modal(Form.DECLARE, "Declare an incident", blocks, submit="Declare", metadata=metadata)


def already_declared(there: IncidentCardView | None) -> list[Block]:
    """What is said first where there is an incident of it, and the way to read it."""
    if there is None:
        return []
    words = f"{there.label} was declared of this alert already: {there.title}. What you declare here is another one."
    opens = button(f"Open {there.label}", Action.LOOK_AT_INCIDENT, there.label)
    return [{"type": "section", "text": plain(words), "accessory": opens}]


def incident_view(view: IncidentCardView) -> Block:
    """An incident to read, on top of a form."""
    shown = [block for block in incident_card(view).blocks if block["type"] != "actions"]
    if view.channel:
        shown.append(context(f"Its card is in {place_name(view.channel)}."))
    return modal(Form.SAID, view.label, shown, close="Back")


def _own_channel(*, offers_channel: bool) -> Sequence[Block]:
    if not offers_channel:
        return ()
    hint = "Whoever was called is invited. The card where you announce it leads there."
    return (field(OWN_CHANNEL, "Channel", checkboxes([OWN_CHANNEL_CHOICE]), optional=True, hint=hint),)


def note_form(*, label: str, metadata: str) -> Block:
    """What is new of an incident."""
    hint = "It stands on the card as the last update, and in its thread for good."
    blocks = [field("note", "What is new", text_input(multiline=True), hint=hint)]
    return modal(Form.INCIDENT_NOTE, f"Update {label}", blocks, submit="Update", metadata=metadata)


def roles_form(*, label: str, held: Mapping[IncidentRole, str], metadata: str) -> Block:
    """Who does what; `held` are Slack's ids of those who have a role."""
    hints = {
        IncidentRole.COMMANDER: "Leads it and decides.",
        IncidentRole.COMMUNICATIONS: "Tells those who wait for it.",
        IncidentRole.SCRIBE: "Keeps notes while it goes on.",
    }
    blocks = [
        field(role, words, user_select(initial=held.get(role)), optional=True, hint=hints[role])
        for role, words in ROLE_WORDS.items()
    ]
    return modal(Form.INCIDENT_ROLES, f"Roles in {label}", blocks, submit="Save", metadata=metadata)
