"""What is said of a postmortem's file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engines.papers import FileForm
from bot.escaping import mrkdwn
from bot.slack.cards.blocks import Card, actions, button, section
from bot.slack.cards.postmortem import open_page
from bot.slack.ids import Action


def exported_card(name: str, *, others: Sequence[FileForm], line: str) -> Card:
    """To who asked for the file of that name; `line` asks for the `others`, with their form behind it."""
    told = f"{mrkdwn(name)} is in your direct messages with me."
    buttons = [button(f"As {form.words}", f"{Action.RUN}:{form}", f"{line} {form}") for form in others]
    return Card(told, (section(told), actions(*buttons)))


def untaken_card(page: str) -> Card:
    """To who asked for a file, where Slack takes none."""
    told = "Slack took no file from me; an admin allows that by installing the app again. Its page has the same files:"
    return Card(told, (section(told), actions(open_page(page))))
