"""The order in which a team's routing rules are tried: places are kept as programs give them, gaps and all."""

from __future__ import annotations

from collections.abc import Mapping


def placed(places: Mapping[str, int], rule: str, at: int) -> dict[str, int]:
    """Every rule's place once `rule` stands at `at`.

    Who stood there moves one further, and so does who is pushed by that, as far as the next gap. Gaps are kept, so that
    rules made at once, in any order, stand where each was meant to; and a rule that nobody pushed stays.
    """
    others = {place: name for name, place in places.items() if name != rule}
    moved = {rule: at}
    pushed, place = others.pop(at, None), at + 1
    while pushed is not None:
        moved[pushed] = place
        pushed, place = others.pop(place, None), place + 1
    return {**{name: place for place, name in others.items()}, **moved}
