"""Databases of a chosen size, filled by the armful: every table in use, with texts that look like texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any, TypeVar

from sqlalchemy import insert
from sqlmodel import SQLModel

from bot.engines.cadence.facts import NudgeKind
from bot.engines.documents.document import empty_document, from_plain
from bot.engines.templates import DEFAULT
from bot.queries.searched import Searched
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.indexing import words_in
from bot.vocabulary import PostmortemStatus, RotationType, Severity, TeamRole, TurnCounting, Verdict
from storage import models, search
from storage.database import Database
from storage.models.base import name_key
from storage.search_lines import Gathered, Source
from tests.bench.prose import line, word
from tests.bench.sizes import AREAS, CHANNELS, Purpose, Sizes, channel_id, id_of, schedule_name, slack_id

ZONES = (
    *("Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Sydney", "America/Los_Angeles", "UTC"),
    *("Africa/Casablanca", "Europe/Vienna", "Europe/London", "Europe/Warsaw", "Asia/Tokyo", "America/Sao_Paulo"),
    *("Asia/Singapore", "Europe/Madrid", "Europe/Paris", "Asia/Dubai", "Africa/Lagos", "Africa/Nairobi"),
    *("America/Chicago", "America/Denver", "America/Bogota", "America/St_Johns", "Asia/Kathmandu", "Asia/Manila"),
    *("Asia/Seoul", "Pacific/Auckland", "Europe/Kyiv", "Europe/Lisbon", "Asia/Tehran", "America/Halifax"),
)
SYMPTOMS = ("was down", "answered slowly", "lost messages", "refused customers", "sent mails twice", "ran out of disk")
CAUSES = ("after a deployment", "under load", "for customers in Asia", "for an hour", "after a certificate expired")
LINES_A_SECTION = 2
SERVICES_EACH, ENTRIES_EACH, ACTIONS_EACH, EVENTS_EACH = 2, 4, 2, 4
BATCH = 20_000
Row = dict[str, Any]
Thing = TypeVar("Thing")
STATUS = {
    Purpose.APPROVE: PostmortemStatus.IN_REVIEW,
    Purpose.CHANGES: PostmortemStatus.IN_REVIEW,
    Purpose.PUBLISH: PostmortemStatus.IN_REVIEW,
    Purpose.REOPEN: PostmortemStatus.PUBLISHED,
}
"""The others are drafts."""


async def fill(database: Database, sizes: Sizes, now: datetime) -> None:
    """Fill a migrated, empty database; the same sizes and instant make the same rows."""
    await fill_with(database, Filling(sizes, now))


async def fill_with(database: Database, filling: Filling) -> None:
    """The same with other rows."""
    async with database.writing() as session:
        connection = await session.connection()
        for model, rows in filling.tables():
            for batch in _batches(rows):
                await connection.execute(insert(model), batch)
        for texts in _batches(filling.texts()):
            await search.put_many(session, texts)


def _batches(rows: Iterator[Thing]) -> Iterator[list[Thing]]:
    batch: list[Thing] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(eq=False)
class Filling:
    """Every table's rows, parents first. What is random is so by a seed."""

    sizes: Sizes
    now: datetime
    chance: Random = field(default_factory=lambda: Random(2026))

    def tables(self) -> Iterator[tuple[type[SQLModel], Iterator[Row]]]:
        yield models.User, self._people()
        yield models.Team, self._teams()
        yield models.Membership, self._memberships()
        yield models.Schedule, self._schedules()
        yield models.Rotation, self._rotations()
        yield models.RotationVersion, self._versions()
        yield models.Override, self._overrides()
        yield models.ChannelLink, self._links()
        yield models.Service, self._services()
        yield models.Incident, self._incidents()
        yield models.Postmortem, self._postmortems()
        yield models.Section, self._sections()
        yield models.Reviewer, self._reviewers()
        yield models.AffectedService, self._affected()
        yield models.Responder, self._responders()
        yield models.TimelineEntry, self._entries()
        yield models.ActionItem, self._actions()
        yield models.Reminder, self._reminders()
        yield models.Delivery, self._cards()
        yield models.Event, self._events()
        yield models.Draft, self._drafts()
        yield models.HomeTab, self._homes()
        yield (
            models.Counter,
            iter([{"name": name, "value": self.sizes.postmortems} for name in ("postmortem", "incident")]),
        )

    def _people(self) -> Iterator[Row]:
        for n in range(self.sizes.people):
            is_asker = n < self.sizes.askers
            yield {
                "id": id_of("user", n),
                "slack_id": slack_id(n),
                "email": f"person{n}@example.com",
                "name": f"{word(n).title()} {word(n * 7).title()}",
                "timezone": ZONES[n % len(ZONES)],
                "is_bot": not is_asker and n % 100 == 99,
                "is_outsider": not is_asker and n % 50 == 49,
                "is_workspace_admin": not is_asker and n % 500 == 20,
                "has_left": not is_asker and n % 20 == 19,
                "refreshed_at": self.now,
            }

    def _teams(self) -> Iterator[Row]:
        for n in range(self.sizes.teams):
            name = f"Team {AREAS[n % len(AREAS)]} {n}"
            yield {"id": id_of("team", n), "name": name, "name_key": name_key(name), "created_at": self.now}

    def _memberships(self) -> Iterator[Row]:
        for n in range(self.sizes.teams):
            members = {n * 10 % self.sizes.people, *((n * 10 + k) % self.sizes.people for k in range(10))}
            for place, person in enumerate(sorted(members)):
                role = TeamRole.USER if place else TeamRole.ADMIN
                yield {"team_id": id_of("team", n), "user_id": id_of("user", person), "role": role}

    def _schedules(self) -> Iterator[Row]:
        for n in range(self.sizes.schedules):
            yield {
                "id": id_of("schedule", n),
                "version": 1,
                "name": schedule_name(n),
                "name_key": name_key(schedule_name(n)),
                "timezone": ZONES[n % len(ZONES)],
                "enabled": n % 50 != 49,
                "team_id": id_of("team", n % self.sizes.teams) if n % 3 == 0 else None,
                "created_at": self.now - timedelta(days=400),
            }

    def _rotations(self) -> Iterator[Row]:
        for n in range(self.sizes.schedules):
            for place, name in enumerate(("Primary", "Secondary")[: 1 + n % 2]):
                yield {
                    "id": id_of(f"rotation{place}", n),
                    "schedule_id": id_of("schedule", n),
                    "name": name,
                    "position": place,
                    "closed_at": None,
                }

    def _versions(self) -> Iterator[Row]:
        for n in range(self.sizes.schedules):
            for place in range(1 + n % 2):
                roster = [(n * 5 + place + k) % self.sizes.active for k in range(5)]
                yield {
                    "rotation_id": id_of(f"rotation{place}", n),
                    "sequence": 0,
                    "holds_from": None,
                    "start": (self.now - timedelta(days=400)).replace(hour=8, minute=0, second=0, microsecond=0),
                    "end": None,
                    "type": RotationType.WEEKLY if n % 4 else RotationType.DAILY,
                    "length": 1,
                    "participants": [{"type": "user", "id": id_of("user", k)} for k in roster],
                    "restriction": None,
                    "turns": TurnCounting.ALL,
                    "counted_from": None,
                    "place": 0,
                    "skipped_seconds": 0,
                    "timezone": None,
                }

    def _overrides(self) -> Iterator[Row]:
        for n in range(self.sizes.schedules * 2):
            start = self.now + timedelta(days=n % 400 - 380, hours=n % 24)
            yield {
                "id": id_of("override", n),
                "schedule_id": id_of("schedule", n % self.sizes.schedules),
                "user_id": id_of("user", n % self.sizes.active),
                "start": start,
                "end": start + timedelta(hours=10),
                "rotation_ids": [],
                "sequence": n,
                "created_by": id_of("user", 0),
                "created_at": start,
            }

    def _links(self) -> Iterator[Row]:
        for n in range(CHANNELS):
            for k in {(n * 3 + k) % self.sizes.schedules for k in range(3)}:
                link = {"channel": channel_id(n), "schedule_id": id_of("schedule", k)}
                yield {**link, "created_at": self.now, "created_by": id_of("user", 0)}

    def _services(self) -> Iterator[Row]:
        for n in range(self.sizes.services):
            name = f"{AREAS[n % len(AREAS)]} {word(n)}"
            yield {"id": id_of("service", n), "name": name, "name_key": f"{name_key(name)} {n}"}

    def _incidents(self) -> Iterator[Row]:
        for number in self._numbers():
            yield {
                "id": id_of("incident", number),
                "number": number,
                "message": self._title(number),
                "message_key": name_key(self._title(number)),
                "priority": Severity.P2,
                "status": "resolved",
                "started_at": self._began(number),
                "resolved_at": self._began(number) + timedelta(minutes=40),
                "created_at": self._began(number),
                "updated_at": self._began(number),
            }

    def _postmortems(self) -> Iterator[Row]:
        for number in self._numbers():
            owner, purpose = self.sizes.purpose(number)
            status, began = self._status(number), self._began(number)
            if purpose in {Purpose.APPROVE, Purpose.CHANGES}:
                owner = (owner + 1) % self.sizes.askers if self.sizes.askers > 1 else owner + 1
            yield {
                "id": id_of("postmortem", number),
                "version": 1,
                "number": number,
                "short_id": f"P{number:012}",
                "title": self._title(number),
                "severity": [*Severity][number % 5],
                "status": status,
                "owner_id": id_of("user", owner),
                "team_id": id_of("team", number % self.sizes.teams) if number % 3 else None,
                "incident_id": id_of("incident", number),
                "started_at": began,
                "ended_at": began + timedelta(minutes=40),
                "draft_due_on": (self.now + timedelta(days=number % 30 - 10)).date(),
                "review_due_on": (self.now + timedelta(days=number % 9)).date() if _in_review(status) else None,
                "review_asked_at": self.now - timedelta(days=2) if _in_review(status) else None,
                "published_at": began + timedelta(days=9) if status is PostmortemStatus.PUBLISHED else None,
                "text_changed_at": self.now - timedelta(days=3),
                "channel": channel_id(number),
                "created_at": began + timedelta(hours=1),
                "created_by": id_of("user", owner),
                "deleted_at": None,
            }

    def _sections(self) -> Iterator[Row]:
        for number in self._numbers():
            yield from self._sections_of(number)

    def _sections_of(self, number: int) -> Iterator[Row]:
        for place, section in enumerate(DEFAULT.sections):
            yield {
                "postmortem_id": id_of("postmortem", number),
                "key": section.key,
                "version": 1,
                "title": section.title,
                "prompt": section.prompt,
                "position": place,
                "body": self._body(number, place),
                "updated_at": self.now - timedelta(days=3),
                "updated_by": id_of("user", number % self.sizes.active),
            }

    def texts(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The words that each postmortem is found by, by its number."""
        for number in self._numbers():
            found_by = Searched(
                label=f"PM-{number}",
                title=self._title(number),
                gathered=[*self._gathered(number)],
                jira_issues=(),
            )
            yield number, words_in(found_by)

    def _gathered(self, number: int) -> Iterator[Gathered]:
        for row in self._sections_of(number):
            heading = "" if row["prompt"] else row["title"]
            yield Gathered(Source.SECTION, heading, json.dumps(row["body"]), row["position"])
        for n in self._affected_by(number):
            yield Gathered(Source.SERVICE, f"{AREAS[n % len(AREAS)]} {word(n)}", "", 0)
        for place in range(ENTRIES_EACH):
            yield Gathered(Source.ENTRY, line(number * ENTRIES_EACH + place), "[]", 0)
        for place in range(ACTIONS_EACH):
            yield Gathered(Source.ACTION, line(number + place), "", 0)
        yield Gathered(Source.INCIDENT, self._title(number), "", number)

    def _reviewers(self) -> Iterator[Row]:
        for number in self._numbers():
            asker, purpose = self.sizes.purpose(number)
            is_asked = purpose in {Purpose.APPROVE, Purpose.CHANGES}
            named = [asker] if is_asked else [(asker + 1 + k) % self.sizes.active for k in range(2)]
            for place, person in enumerate(named if self._status(number) is not PostmortemStatus.DRAFT else ()):
                yield {
                    "postmortem_id": id_of("postmortem", number),
                    "user_id": id_of("user", person),
                    "position": place,
                    "verdict": Verdict.PENDING if is_asked or (purpose is None and place) else Verdict.APPROVED,
                    "asked_at": self.now - timedelta(days=2),
                    "said_at": None if is_asked else self.now - timedelta(days=1),
                    "note": "",
                }

    def _affected_by(self, number: int) -> list[int]:
        return sorted({(number + k * 17) % self.sizes.services for k in range(SERVICES_EACH)})

    def _affected(self) -> Iterator[Row]:
        for number in self._numbers():
            for service in self._affected_by(number):
                yield {"postmortem_id": id_of("postmortem", number), "service_id": id_of("service", service)}

    def _responders(self) -> Iterator[Row]:
        for number in self._numbers():
            for person in {(number * 3 + k) % self.sizes.active for k in range(2)}:
                yield {"postmortem_id": id_of("postmortem", number), "user_id": id_of("user", person)}

    def _entries(self) -> Iterator[Row]:
        for number in self._numbers():
            for place in range(ENTRIES_EACH):
                n = number * ENTRIES_EACH + place
                author = id_of("user", (n + self.sizes.active // 2) % self.sizes.active)  # none of those on call for it
                yield {
                    "id": id_of("entry", n),
                    "version": 1,
                    "postmortem_id": id_of("postmortem", number),
                    "at": self._began(number) + timedelta(minutes=7 * place),
                    "text": line(n),
                    "author_id": author,
                    "author_name": "",
                    "channel": None,
                    "message_ts": None,
                    "permalink": "",
                    "file_names": [],
                    "added_by": author,
                    "added_at": self._began(number) + timedelta(hours=2),
                }

    def _actions(self) -> Iterator[Row]:
        for number in self._numbers():
            owner, purpose = self.sizes.purpose(number)
            for place in range(ACTIONS_EACH):
                is_open = purpose is not None or number % 4 == 0
                yield {
                    "id": id_of("action", number * ACTIONS_EACH + place),
                    "version": 1,
                    "postmortem_id": id_of("postmortem", number),
                    "text": line(number + place),
                    "owner_id": id_of("user", owner),
                    "due_on": (self.now + timedelta(days=number % 40 - 10)).date(),
                    "status": "open" if is_open else "done",
                    "settled_at": None if is_open else self.now - timedelta(days=5),
                    "created_by": id_of("user", owner),
                    "created_at": self._began(number) + timedelta(hours=3),
                }

    def _reminders(self) -> Iterator[Row]:
        for number in self._numbers():
            if self._status(number) is not PostmortemStatus.PUBLISHED:
                at = self.now + timedelta(days=1 + number % 20)
                yield {
                    "postmortem_id": id_of("postmortem", number),
                    "recipient": id_of("user", self.sizes.purpose(number)[0]),
                    "kind": NudgeKind.OWNER,
                    "planned_at": at,
                    "due_at": at,
                }

    def _cards(self) -> Iterator[Row]:
        for number in self._numbers():
            yield {
                "id": id_of("delivery", number),
                "kind": MessageKind.CARD,
                "subject": id_of("postmortem", number),
                "recipient": channel_id(number),
                "details": {},
                "state": models.DeliveryState.SENT,
                "revision": 3,
                "sent_revision": 3,
                "due_at": self._began(number),
                "attempts": 0,
                "lease_until": None,
                "channel": channel_id(number),
                "ts": f"1700000000.{number:06}",
                "failure": "",
                "created_at": self._began(number),
            }

    def _events(self) -> Iterator[Row]:
        for n in range(self.sizes.schedules):
            facts = {"name": schedule_name(n), "timezone": "UTC", "enabled": True, "team": None, "rotations": []}
            yield self._event(n, "create-schedule", id_of("schedule", n), self.now - timedelta(days=400), facts)
        for number in self._numbers():
            for place in range(EVENTS_EACH):
                at = self._began(number) + timedelta(hours=2 + place)
                yield self._event(number, "edit-section", id_of("postmortem", number), at, {"section": "fault"})

    def _event(self, actor: int, verb: str, subject: str, at: datetime, after: Mapping[str, Any]) -> Row:
        actor_id = id_of("user", actor % self.sizes.active)
        return {"at": at, "actor_id": actor_id, "verb": verb, "subject_id": subject, "before": {}, "after": dict(after)}

    def _drafts(self) -> Iterator[Row]:
        for n in range(min(self.sizes.people, 200)):
            yield {
                "id": id_of("draft", n),
                "user_id": id_of("user", n),
                "form": "postmortem_create",
                "subject": "",
                "content": {"title": line(n)},
                "why": "Somebody changed this section while you wrote.",
                "at": self.now - timedelta(days=n % 30),
            }

    def _homes(self) -> Iterator[Row]:
        for n in range(min(200, self.sizes.people)):
            yield {"user_id": id_of("user", n), "opened_at": self.now}

    def _numbers(self) -> range:
        return range(1, self.sizes.postmortems + 1)

    def _began(self, number: int) -> datetime:
        return self.now - timedelta(hours=2 + 2 * (self.sizes.postmortems - number))

    def _status(self, number: int) -> PostmortemStatus:
        purpose = self.sizes.purpose(number)[1]
        if purpose is not None:
            return STATUS.get(purpose, PostmortemStatus.DRAFT)
        return {0: PostmortemStatus.DRAFT, 1: PostmortemStatus.IN_REVIEW}.get(number % 8, PostmortemStatus.PUBLISHED)

    def _title(self, number: int) -> str:
        parts = AREAS[number % len(AREAS)], SYMPTOMS[number % len(SYMPTOMS)], CAUSES[number % len(CAUSES)]
        return f"{' '.join(parts)} ({word(number)})"

    @cache  # noqa: B019  the filling lives no longer than it is needed
    def _body(self, number: int, place: int) -> dict[str, Any]:
        if (number + place) % 3 == 2:
            return empty_document()
        lines = (line(number * 97 + place * 31 + n) for n in range(LINES_A_SECTION))
        return from_plain("\n".join(lines))


def _in_review(status: PostmortemStatus) -> bool:
    return status is PostmortemStatus.IN_REVIEW
