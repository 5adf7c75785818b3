"""Buttons of an alert that stand in more than one kind of message."""

from __future__ import annotations

from bot.slack.cards.blocks import Block, button, confirm
from bot.slack.ids import Action


def close_button(alert_id: str, number: int) -> Block:
    """Ends an alert, for everybody and for good: one tap more, since none brings it back."""
    sure = confirm(
        f"Close #{number}?",
        "Nobody is called to it any more, and it cannot be opened again. If it comes again, it is a new alert.",
        yes="Close it",
    )
    return button("Close", f"{Action.ALERT}:close", alert_id, confirm=sure)
