"""The Home tab: who is on call, and everything that is its reader's, with the buttons and words of the answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.queries.home import ALERTS, Home
from bot.slack.cards.blocks import Block, Card, actions, button, context, divider, header, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import modal
from bot.slack.cards.on_call import Serves, now_rows, shift_rows
from bot.slack.cards.own_alerts import own_alert_rows
from bot.slack.cards.postmortem_lists import mine_card
from bot.slack.ids import Action, Form

STEPS = (
    ("*1. Make a schedule.* Who takes turns, and when the turn passes on.", "Make a schedule", Action.NEW_SCHEDULE),
    ("*2. Link a channel.* Its schedules come first when somebody asks there.", "Link a channel", Action.LINK_CHANNEL),
    ("*3. Invite the bot.* Postmortems are posted where it is a member.", "How to invite", Action.INVITE),
)
"""What an admin does first, each with its button."""


def home_view(home: Home) -> Block:
    """The whole tab. Nothing in it pings anybody: a Home tab is read by one person."""
    alerts = own_alert_rows(home.alerts, most=ALERTS, now=home.at)
    blocks = [*_first_steps(home), *alerts, *_on_call(home)]
    if home.work is not None:
        work = mine_card(home.work).blocks
        blocks += [divider(), header("Your work"), *(work if home.total else map(_plainer, work))]
    blocks += [divider(), context(f"Times are yours ({home.person.zone.key}). As of {day_and_time(home.at)}.")]
    return {"type": "home", "blocks": blocks}


def answer_view(card: Card) -> Block:
    """An answer where there is no channel to give it in: on top of the Home tab."""
    blocks = _without_channel(card.blocks) if card.blocks else [section(card.text)]
    return modal(Form.ANSWER, "Watchbill", blocks, close="Close")


def invite_view(bot: str) -> Block:
    """How to get the bot into a channel; only a person can do that."""
    words = (
        f"Write `/invite` and <@{bot}> in a channel, and send it. From then on Watchbill can post there.\n"
        "Commands work everywhere, also in channels it is not in."
    )
    return modal(Form.SAID, "Invite Watchbill", [section(words)], close="Close")


def _first_steps(home: Home) -> list[Block]:
    """For whoever administers the workspace, while there is no schedule."""
    if home.total or not home.person.is_admin:
        return []
    steps = [
        section(words, accessory=button(label, action_id, style="primary" if action_id == STEPS[0][2] else None))
        for words, label, action_id in STEPS
    ]
    return [header("Three steps, and your team can ask who is on call"), *steps, divider()]


def _on_call(home: Home) -> list[Block]:
    if not home.total:
        offer = [] if home.person.is_outsider or home.person.is_admin else [actions(_new_schedule())]
        return [header("On call now"), section("There is no schedule yet."), *offer]
    buttons = [button("My shifts", f"{Action.RUN}:me", "oncall me")]
    if home.total > len(home.standings):
        buttons.insert(0, button(f"All {home.total} schedules", f"{Action.RUN}:now", "oncall now"))
    if not home.person.is_outsider:
        buttons.append(button("Page", f"{Action.RUN}:page", "oncall page"))
        buttons.append(button("Edit schedules", f"{Action.RUN}:schedules", "oncall schedules"))
    serves = Serves(may_act=not home.person.is_outsider)
    rows = now_rows(home.standings, at=home.at, public=False, serves=serves)
    return [header("On call now"), *rows, header("Your shifts"), *_shifts(home), actions(*buttons)]


def _shifts(home: Home) -> Sequence[Block]:
    return shift_rows(home.shifts, now=home.at) or [section("You are not on call in the next four weeks.")]


def _plainer(block: Block) -> Block:
    """The block without a green button: the first schedule comes before all else."""
    if block["type"] != "actions":
        return block
    return {**block, "elements": [_unstyled(each) for each in block["elements"]]}


def _unstyled(element: Block) -> Block:
    return {name: value for name, value in element.items() if name != "style"}


def _new_schedule() -> Block:
    return button("New schedule", Action.NEW_SCHEDULE, style="primary")


def _without_channel(blocks: Sequence[Block]) -> list[Block]:
    """Without the buttons that show the answer to a channel: here there is none."""
    kept = []
    for block in blocks:
        if block["type"] == "actions":
            elements = [each for each in block["elements"] if each.get("action_id") != Action.SHOW]
            if elements:
                kept.append({**block, "elements": elements})
        else:
            kept.append(block)
    return kept
