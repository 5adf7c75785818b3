"""Ids in the form of Grafana OnCall's: a letter for the kind, and twelve capital letters and digits.

A postmortem keeps one of its own (`P...`). Those of messages (`M...`) and people (`U...`) are made of ours: the number
that the SHA-256 of the letter and our id is, read as big-endian, modulo 36 to the twelfth, in base 36. So they are the
same at every start and on every machine, and nothing has to be kept.
"""

from __future__ import annotations

from hashlib import sha256

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LENGTH = 12
MESSAGE, USER = "M", "U"


def short_id(letter: str, ours: str) -> str:
    """The short id of the thing of that kind which has that id here."""
    number = int.from_bytes(sha256(f"{letter}{ours}".encode()).digest(), "big")
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(DIGITS))
        digits.append(DIGITS[digit])
    return letter + "".join(reversed(digits))
