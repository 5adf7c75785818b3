"""What a postmortem is found by, line by line: the same for the index and for the line that a search shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.engines.mrkdwn import as_typed
from bot.engines.searching import SearchedLine, lines_of, lines_of_text, words_of
from bot.queries import people
from bot.queries.reading import Reading
from storage import models, search_lines
from storage.search_lines import Gathered, Source


@dataclass(frozen=True, slots=True)
class Searched:
    """All that one postmortem is found by; `names` are those of people mentioned, by their id in Slack."""

    label: str
    title: str
    gathered: Sequence[Gathered]
    jira_issues: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[SearchedLine]:
        """Its lines as people read them, but for its title: the text first, then what was gathered beside it.

        A heading that came with a prompt is a template's: it stands in every postmortem, and finds none.
        """
        sections = (each for each in self.gathered if each.source is Source.SECTION)
        for section in sorted(sections, key=lambda each: each.number):
            yield from lines_of_text(section.text)
            yield from lines_of(json.loads(section.beside))
        services = [each.text for each in self.gathered if each.source is Source.SERVICE]
        yield from lines_of_text(", ".join(services), called="Affected services")
        for each in self.gathered:
            yield from self._lines_beside(each)
        yield from lines_of_text(", ".join(self.jira_issues), called="Jira issues")

    def _lines_beside(self, each: Gathered) -> Iterator[SearchedLine]:
        match each.source:
            case Source.SECTION | Source.SERVICE:
                return
            case Source.ENTRY:
                yield from lines_of_text(as_typed(each.text, self.names), called="Timeline")
                yield from lines_of_text(", ".join(json.loads(each.beside)), called="Timeline, files")
            case Source.ACTION:
                yield from lines_of_text(each.text, called="Action")
                yield from lines_of_text(_last_part(each.beside), called="Jira issue of an action")
            case Source.REMARK:
                yield from lines_of_text(each.text, called="Review")
            case Source.INCIDENT | Source.RELATED_INCIDENT:
                yield from self._lines_of_incident(each)

    def _lines_of_incident(self, incident: Gathered) -> Iterator[SearchedLine]:
        label = f"INC-{incident.number}"
        # Where a postmortem made its incident they are called the same: the title is shown anyway.
        told = "" if incident.text == self.title else incident.text
        yield SearchedLine(f"Incident {label}: {told or self.title}", words_of(f"{label} {told}"))
        yield from lines_of_text(incident.beside, called=f"Incident {label}")


async def searched(reading: Reading, rows: Sequence[models.Postmortem]) -> dict[str, Searched]:
    """What each of these postmortems is found by, by its id, in two statements at most."""
    ids = [row.id for row in rows]
    gathered = await search_lines.gathered(reading.session, ids)
    entries = (each.text for group in gathered.values() for each in group if each.source is Source.ENTRY)
    mentioned = await people.mentioned_in(reading, entries)
    names = {slack_id: person.name for slack_id, person in mentioned.items()}
    return {
        row.id: Searched(
            label=f"PM-{row.number}",
            title=row.title,
            gathered=gathered[row.id],
            jira_issues=row.jira_issues,
            names=names,
        )
        for row in rows
    }


def _last_part(url: str) -> str:
    """Of an issue's address its key, `OPS-12`: every address has the rest."""
    return url.rstrip("/").rpartition("/")[2]
