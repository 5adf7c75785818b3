"""Where a link leads, as a browser would read it: what could run a script, and what a page may link to."""

from __future__ import annotations

import re

SCRIPT_SCHEMES = frozenset({"javascript", "data", "vbscript"})
LINKED_SCHEMES = frozenset({"http", "https", "mailto", "slack"})
# Browsers leave these out of an address before they read it (URL standard, "basic URL parser", steps 1 to 3).
_AROUND = "".join(map(chr, range(0x21)))
_ANYWHERE = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def scheme_of(address: str) -> str:
    """The address's scheme in lower case; empty for one that is relative."""
    found = _SCHEME.match(_ANYWHERE.sub("", address.strip(_AROUND)))
    return found[1].lower() if found else ""


def is_script(address: str) -> bool:
    """Whether following it could run something: `javascript:`, `data:`, `vbscript:`, however they are disguised."""
    return scheme_of(address) in SCRIPT_SCHEMES


def is_linked(address: str) -> bool:
    """Whether a page of ours may link there: `http`, `https`, `mailto` and `slack`, nothing relative."""
    return scheme_of(address) in LINKED_SCHEMES
