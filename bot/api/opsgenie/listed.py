"""Several things in one parameter of a query."""

from __future__ import annotations

from bot.errors import BadFields


def listed(name: str, text: str) -> list[str]:
    """What stands between the commas; and the whole, since a name may have a comma itself.

    Raises:
        BadFields: nothing does.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise BadFields({name: "Name at least one."})
    return [*parts, text]
