"""What in a text looks like a secret: keys and tokens of well-known shapes, passwords, and long strings of chance.

It warns before a text is shown to everybody, so a false alarm costs a glance, and many of them the attention. What
stands in every second postmortem is therefore no alarm: commits, digests, UUIDs, addresses, names of hosts and of
variables, "password: wrong".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

SHOWN = 4
"""Characters of a secret that a warning repeats: enough to find the place, too few to use it."""
MOST_CHARACTERS = 100_000
"""Of one text, looked through; far more than anybody writes by hand."""
_SHAPES = tuple(
    (called, re.compile(pattern))
    for called, pattern in (
        ("a private key", r"-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
        ("a Slack token", r"\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}"),
        ("a Slack webhook", r"\bhooks\.slack\.com/(?:services|workflows)/T\w+/[\w/]{8,}"),
        ("a GitHub token", r"\bgh[oprsu]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{22,}"),
        ("a GitLab token", r"\bgl(?:pat|ptt|rt)-[\w-]{20,}"),
        ("an AWS key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
        ("a Google key", r"\bAIza[\w-]{35}|\bya29\.[\w-]{20,}"),
        ("a Stripe key", r"\b[rs]k_live_\w{16,}"),
        ("an API key", r"\bsk-(?:[a-z]+-)?[\w-]{32,}|\bnpm_\w{36}\b|\bpypi-[\w-]{50,}|\bSG\.[\w-]{16,}\.[\w-]{16,}"),
        ("a signed token", r"\beyJ[\w-]{8,600}\.eyJ[\w-]{8,2000}\.[\w-]{8,}"),
        ("a bearer token", r"\b[Bb]earer [\w.~+/-]{20,}=*"),
        ("a password in an address", r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@<>]{1,100}:[^\s/@<>$*{}]{3,100}@"),
    )
)
_NAMED = re.compile(
    r"(?i)(?<![a-z])(?:[a-z0-9]{1,30}[_-]){0,4}(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key)"
    r"[\"']?\s{0,3}(?P<mark>=|:)\s{0,3}[\"']?(?P<value>[^\s\"',;<>]{6,200})"
)
_PLACEHOLDER = re.compile(
    r"(?i)^[\[({$%*.x#_-]|\*\*|x{4}|\.\.\.|redacted|removed|example|changeme|your[_-]|null|none|true"
)
_LONG = re.compile(r"(?<![\w/.:@+-])[A-Za-z0-9+/_-]{32,200}={0,2}(?![\w/.@-])")
_HEX = re.compile(r"[0-9a-fA-F-]+")
_LEAST_OF_A_KIND = 4
_LEAST_ENTROPY = 4.1
"""Bits a character: English words joined have less than 4, thirty-two characters of base64 by chance some 4.5."""
_LONGEST_WORD = 7
"""Letters of one case in a row. In a string by chance they hardly come; names of classes and hosts are made of them."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something that looks like a secret: what kind, and how it begins, the rest of it hidden."""

    kind: str
    beginning: str


def suspicions(text: str) -> tuple[Suspicion, ...]:
    """What in a text looks like a secret, in no order, each place once and each secret once."""
    text = text[:MOST_CHARACTERS]
    found: dict[str, Suspicion] = {}
    taken: list[tuple[int, int]] = []
    for kind, start, end in _candidates(text):
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        taken.append((start, end))
        found.setdefault(text[start:end], Suspicion(kind, _masked(text[start:end])))
    return tuple(found.values())


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    """The surest first."""
    for called, shape in _SHAPES:
        for match in shape.finditer(text):
            yield called, match.start(), match.end()
    for match in _NAMED.finditer(text):
        if _may_be_password(match["value"], after=match["mark"]):
            yield "a password or a key", match.start("value"), match.end("value")
    for match in _LONG.finditer(text):
        if _is_of_chance(match[0]):
            yield "a long string that looks like a key", match.start(), match.end()


def _may_be_password(value: str, *, after: str) -> bool:
    """After a colon people write words (`token: expired`), after an equals sign programs write values."""
    if _PLACEHOLDER.search(value) or value.endswith(("()", "(")) or "://" in value:
        return False
    return after == "=" or (any(map(str.isdigit, value)) and any(map(str.isalpha, value)))


def _is_of_chance(text: str) -> bool:
    if _HEX.fullmatch(text):
        return False
    kinds = (sum(map(test, text)) for test in (str.isupper, str.islower, str.isdigit))
    if min(kinds) < _LEAST_OF_A_KIND or re.search(rf"[a-z]{{{_LONGEST_WORD},}}|[A-Z]{{{_LONGEST_WORD},}}", text):
        return False
    return _entropy(text) >= _LEAST_ENTROPY


def _entropy(text: str) -> float:
    """Bits a character, by how often each comes."""
    return -sum(count / len(text) * log2(count / len(text)) for count in Counter(text).values())


def _masked(secret: str) -> str:
    """How it begins; of a short one less, so that most of it stays hidden."""
    return f"{secret[: min(SHOWN, len(secret) // 3)]}…"
