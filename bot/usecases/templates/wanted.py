"""What may be wrong with a template: each check answers with the sentence to show under the field, or None."""

from __future__ import annotations

from bot.engines.templates import NAME_CHARACTERS, parse
from bot.errors import Unreadable
from bot.usecases.fields import is_storable, wrong_name


def wrong_markdown(markdown: str) -> str | None:
    """Why no sections can be made of a text."""
    if not is_storable(markdown):
        return "Text: it holds an invisible character that cannot be kept. Type it anew instead of pasting it."
    try:
        parse(markdown)
    except Unreadable as error:
        return f"Text: {error.sentence}"
    return None


def wrong_template_name(name: str) -> str | None:
    """Why a template cannot be called so: people type its name."""
    wrong = wrong_name(name, called="Name", limit=NAME_CHARACTERS)
    if wrong is None and not any(map(str.isalnum, name)):
        return "Name: it needs a letter or a digit, since people type it."
    return wrong
