"""Why an alert is as it is: whom it was brought to, what each policy made of it, and all that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.engines.policies import Outcome, Tried
from bot.escaping import mrkdwn_within
from bot.queries.alerts import AlertView, ResponderView
from bot.slack.cards.alert_words import NAME, origin_words, said
from bot.slack.cards.blocks import TEXT_LIMIT, Block, context, divider, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import modal
from bot.slack.cards.sentences import listed
from bot.slack.cards.typed import quoted, verbatim
from bot.slack.ids import Form
from bot.vocabulary import AlertResponderKind, PolicyGroup

MOST_AT_LENGTH, MOST_BRIEF = 30, 60
"""Of policies that did something, and of those that did not, in one view."""
BRIEF_IN_A_BLOCK = 15
VALUE, SENTENCE = 150, 300
"""Characters of a value that was changed, and of a reason, once they are escaped."""
GROUPS = {
    PolicyGroup.MODIFY: "changes alerts",
    PolicyGroup.NOTIFICATION: "decides when people are told",
    PolicyGroup.AUTO_RESTART: "tells people again",
    PolicyGroup.AUTO_CLOSE: "closes alerts by itself",
}
OUTCOMES = {
    Outcome.APPLIED: ":white_check_mark: *applied*",
    Outcome.BROKEN: ":warning: *broken*, passed over",
    Outcome.NO_MATCH: "did not fit",
    Outcome.OFF: "is off",
    Outcome.OUTSIDE_HOURS: "outside its hours",
}
_DID_SOMETHING = frozenset({Outcome.APPLIED, Outcome.BROKEN})


def why_view(view: AlertView, tried: Sequence[Tried], *, teams: Mapping[str, str]) -> Block:
    """In order: where it came from, whom it was brought to, the policies, and the whole of its text.

    `teams` are the names of teams whose policies were tried, by id.
    """
    blocks = [section(_origin(view)), divider(), *_policies(tried, teams), *_whole(view)]
    return modal(Form.SAID, f"Why {view.label}?"[:24], blocks, close="Close")


def _origin(view: AlertView) -> str:
    brought = listed([_responder(each) for each in view.responders]) or "nobody"
    came = f"{said(view)} came from {origin_words(view)} {day_and_time(view.created_at)}."
    return f"{came} It is brought to {brought}."


def _responder(each: ResponderView) -> str:
    name = mrkdwn_within(each.name, NAME)
    if each.kind is AlertResponderKind.USER:
        return name or "somebody who is gone"
    return f"the {each.kind} {name}" if name else f"a {each.kind} that is gone"


def _policies(tried: Sequence[Tried], teams: Mapping[str, str]) -> Iterator[Block]:
    if not tried:
        yield section("No policy was tried: it is as it was sent.")
        return
    told = [each for each in tried if each.outcome in _DID_SOMETHING]
    others = [each for each in tried if each.outcome not in _DID_SOMETHING]
    if not told:
        yield section("No policy fitted: it is as it was sent.")
    for each in told[:MOST_AT_LENGTH]:
        yield section(_at_length(each, teams))
    if len(told) > MOST_AT_LENGTH:
        yield context(f"{len(told) - MOST_AT_LENGTH} more did something; its log in the API names them all.")
    for start in range(0, min(len(others), MOST_BRIEF), BRIEF_IN_A_BLOCK):
        shown = others[start : min(start + BRIEF_IN_A_BLOCK, MOST_BRIEF)]
        yield context(mrkdwn_lines([_briefly(each, teams) for each in shown]))
    if len(others) > MOST_BRIEF:
        yield context(f"{len(others) - MOST_BRIEF} more were tried and did not fit.")


def _at_length(each: Tried, teams: Mapping[str, str]) -> str:
    if not each.policy_id:
        return f":warning: {mrkdwn_within(each.why, SENTENCE)}"
    head = f"{OUTCOMES[each.outcome]}: {_policy(each, teams)}, which {GROUPS[each.group]}"
    changes = [
        f"• {mrkdwn_within(name, NAME)}: {_value(was)} → {_value(now)}" for name, (was, now) in each.changes.items()
    ]
    return mrkdwn_lines([head, mrkdwn_within(each.why, SENTENCE), *changes])


def _briefly(each: Tried, teams: Mapping[str, str]) -> str:
    why = mrkdwn_within(each.why, VALUE)
    if not each.policy_id:
        return why
    return f"{_policy(each, teams)} {OUTCOMES[each.outcome]}{f': {why}' if why else ''}"


def _policy(each: Tried, teams: Mapping[str, str]) -> str:
    whose = f" of the team {mrkdwn_within(teams.get(each.team_id, 'that is gone'), NAME)}" if each.team_id else ""
    return f"“{mrkdwn_within(each.name, NAME)}”{whose}"


def _value(text: str) -> str:
    return f"“{mrkdwn_within(text, VALUE)}”" if text else "nothing"


def mrkdwn_lines(lines: Sequence[str]) -> str:
    """As many of these escaped lines as one block takes."""
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line])) > TEXT_LIMIT - 1:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)


def _whole(view: AlertView) -> Iterator[Block]:
    if view.description.strip():
        yield divider()
        yield section("*All of its description*")
        yield from quoted(view.description)
    if view.details:
        yield section("*Details*")
        yield from verbatim("\n".join(f"{name}: {value}" for name, value in view.details.items()))
