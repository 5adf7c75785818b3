"""Why something cannot go: what still stands on it, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.errors import InUse

MOST_NAMED = 5


def require_unused(subject: str, uses: Mapping[str, Sequence[str]]) -> None:
    """Go on only when nothing stands on it. `uses` holds what does, by what it is: `{"rotations of": ["Web"]}`.

    Raises:
        InUse: something does; all of it is named, the first MOST_NAMED of each kind.
    """
    named = [f"{kind} {_few(names)}" for kind, names in uses.items() if names]
    if named:
        raise InUse(f"{subject} is still in use: {'; '.join(named)}. Take it out there first.")


def _few(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
