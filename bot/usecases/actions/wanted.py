"""What somebody wants an action to be, as it comes from a form or a line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from bot.usecases.fields import wrong_text
from bot.vocabulary import ActionKind

LONGEST_URL = 2_000
_BREAKS_OUT = frozenset('<>|"\\')
"""What ends a link where one is shown; no address needs it."""


@dataclass(frozen=True, slots=True)
class WantedAction:
    """`owner_id` is a person's id, None: nobody has it yet; `due_on` a day, None: whenever.

    `kind` is what it is for, None where nobody said; `jira_url` the address of its issue, empty where there is none.
    """

    text: str
    owner_id: str | None = None
    due_on: date | None = None
    kind: ActionKind | None = None
    jira_url: str = ""

    def trimmed(self) -> WantedAction:
        """The same without blanks around what was written."""
        return replace(self, text=self.text.strip(), jira_url=self.jira_url.strip())


def wrong_issue(url: str) -> str | None:
    """What is wrong with the address of an issue: a link that everybody who reads the action can follow safely."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return _no_address()
    is_printable = url.isprintable() and not _BREAKS_OUT.intersection(url) and not any(map(str.isspace, url))
    if parts.scheme != "https" or not host or not is_printable:
        return _no_address()
    if parts.username is not None or parts.password is not None:
        return "Jira issue: there is a name or a password in this address. Leave it out: everybody here can read it."
    return wrong_text(url, called="Jira issue", limit=LONGEST_URL)


def _no_address() -> str:
    return "Jira issue: enter its whole address, such as https://example.atlassian.net/browse/OPS-101."
