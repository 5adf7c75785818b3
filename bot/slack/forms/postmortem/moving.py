"""The small forms that move a postmortem, sent."""

from __future__ import annotations

from bot.errors import BadFields
from bot.slack.cards.postmortem_forms import said_view
from bot.slack.cards.typed import has_text
from bot.slack.desk import Desk
from bot.slack.forms.sending import Outcome, Replaced, Sent
from bot.slack.ids import Form
from bot.slack.keeping import Keeping, Typed
from bot.slack.moves import Mover


async def submitted(sent: Sent, desk: Desk) -> Outcome:
    """Ask for review."""
    reviewers, due_on = sent.filled.users("reviewers"), sent.filled.day("due_on")
    return _said(sent, await _mover(sent, desk).submit(sent.about["pm"], reviewers, due_on=due_on))


async def changes_requested(sent: Sent, desk: Desk) -> Outcome:
    """Say what has to change."""
    text, section = sent.filled.text("text"), sent.filled.choice("section")
    return _said(sent, await _mover(sent, desk).request_changes(sent.about["pm"], text, section))


async def commented(sent: Sent, desk: Desk) -> Outcome:
    """Say something about it."""
    text, section = sent.filled.text("text"), sent.filled.choice("section")
    return _said(sent, await _mover(sent, desk).comment(sent.about["pm"], text, section))


async def published(sent: Sent, desk: Desk) -> Outcome:
    """Freeze and announce it, now that it was looked at."""
    return _said(sent, await _mover(sent, desk).publish(sent.about["pm"], sent.filled.channel("channel")))


async def reopened(sent: Sent, desk: Desk) -> Outcome:
    """Make it a draft again."""
    return _said(sent, await _mover(sent, desk).reopen(sent.about["pm"], sent.filled.text("reason")))


async def assigned(sent: Sent, desk: Desk) -> Outcome:
    """Give it to a new owner."""
    owner = sent.filled.user("owner")
    if not owner:
        raise BadFields({"owner": "Choose who owns it from now on."})
    return _said(sent, await _mover(sent, desk).assign(sent.about["pm"], owner))


async def snoozed(sent: Sent, desk: Desk) -> Outcome:
    """Keep quiet until that day."""
    until = sent.filled.day("until")
    if not until:
        raise BadFields({"until": "Choose the day on which to be reminded again."})
    return _said(sent, await _mover(sent, desk).snooze(sent.about["pm"], until, sent.filled.text("reason")))


def worth_keeping(form: Form) -> Keeping:
    """What is worth keeping of such a form when it is refused: the words that were written."""

    def typed(sent: Sent) -> Typed | None:
        values = sent.view["state"]["values"]
        return Typed(form, f"PM-{sent.about['pm']}", {"values": values}) if has_text(values) else None

    return typed


def _mover(sent: Sent, desk: Desk) -> Mover:
    return Mover(sent.person, sent.key_of_text, desk, sent.settles)


def _said(sent: Sent, sentence: str) -> Replaced:
    return Replaced(said_view(f"PM-{sent.about['pm']}", sentence))
