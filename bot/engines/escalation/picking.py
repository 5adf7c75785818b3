"""Which one of several is told, where a step asks for one at random."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b


def pick(among: Sequence[str], *, seed: str) -> str | None:
    """One of them; the same for the same seed, so that a step that is done again tells the same one."""
    if not among:
        return None
    return among[int.from_bytes(blake2b(seed.encode(), digest_size=8).digest()) % len(among)]
