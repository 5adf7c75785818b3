"""What a program wants a postmortem's facts to be, all but its text."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.usecases.fields import Faults, wrong_name, wrong_text
from bot.usecases.references import Ref
from bot.vocabulary import PostmortemStatus, Severity

LONGEST_TITLE = 255
"""Of a postmortem that a program names, or that is named after its incident."""
LONGEST_ROLE = 100
LONGEST_URL = 2_000


@dataclass(frozen=True, slots=True)
class WantedResponder:
    """Somebody who worked on the incident, in a role of any name."""

    who: Ref
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPostmortem:
    """The facts that are to be others; None leaves one as it is. Naming something twice is naming it once."""

    title: str | None = None
    severity: Severity | None = None
    status: PostmortemStatus | None = None
    owner: Ref | None = None
    jira_issues: tuple[str, ...] | None = None
    related_incidents: tuple[Ref, ...] | None = None
    services: tuple[Ref, ...] | None = None
    teams: tuple[Ref, ...] | None = None
    responders: tuple[WantedResponder, ...] | None = None

    @property
    def is_of_status_alone(self) -> bool:
        """Whether nothing but the status is said: all that a published postmortem takes."""
        return self == WantedPostmortem(status=self.status)


def look_at(wanted: WantedPostmortem, faults: Faults) -> None:
    """Note everything that is wrong but for what is named and is not there."""
    if wanted.title is not None:
        faults.add("title", wrong_name(wanted.title, called="title", limit=LONGEST_TITLE))
    for number, url in enumerate(wanted.jira_issues or ()):
        faults.add(f"jira_issues.{number}", _wrong_url(url))
    for number, each in enumerate(wanted.responders or ()):
        faults.add(f"responders.{number}.role", _wrong_role(each.role.strip()))


def _wrong_role(role: str) -> str | None:
    return wrong_name(role, called="role", limit=LONGEST_ROLE) if role else None


def _wrong_url(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    is_address = parts.scheme in {"http", "https"} and parts.netloc and url.isprintable() and " " not in url
    if not is_address:
        return "This must be the URL of an issue, such as https://example.atlassian.net/browse/OPS-101."
    return wrong_text(url, called="URL", limit=LONGEST_URL)
