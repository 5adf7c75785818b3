"""After a drill: is everything there that was acknowledged, once, and was everybody told, once?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.engines.documents.document import to_plain
from bot.playground.records import Violation, ViolationKind
from bot.queries.history import Happening
from bot.usecases.messages import MessageKind
from bot.vocabulary import PostmortemStatus, Verdict
from storage.models import Delivery, DeliveryState, Event, Postmortem, Reviewer, Section, Snooze, User
from tests.drills.people import Ledger
from tests.drills.script import CHECKOUT, DISK, LEDGER, LOGIN, MAIL, MIA, MORNINGS, RAJ
from tests.drills.world import World, delivery_of

STATUSES = {
    CHECKOUT: PostmortemStatus.DRAFT,
    LEDGER: PostmortemStatus.IN_REVIEW,
    DISK: PostmortemStatus.PUBLISHED,
    LOGIN: PostmortemStatus.DRAFT,
    MAIL: PostmortemStatus.DRAFT,
}
REQUESTS = {(CHECKOUT, RAJ): 1, (CHECKOUT, MIA): 1, (DISK, "U01ANA"): 2, (LEDGER, RAJ): 1}
OWNERS = {CHECKOUT: "U01ANA", LEDGER: MIA, DISK: "U07MAX", LOGIN: "U05LEE", MAIL: "U07MAX"}
NO_LINE = {Happening.CREATED, Happening.SNOOZED}
SLACK_SECONDS = 1.0


@dataclass
class Findings:
    """What a drill came to; `faults` is empty when all is well."""

    kills: int
    acts: int
    acknowledged: int = 0
    found: int = 0
    doubled: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """What was acknowledged and is not there."""
        return self.acknowledged - self.found

    def expect(self, what: str, found: object, wanted: object) -> None:
        """Write down what is not as it should be."""
        if found != wanted:
            self.faults.append(f"{what}: {found}, not {wanted}")


@dataclass(frozen=True, slots=True)
class _State:
    """The database at the end; rows with the title of their postmortem where they are of one."""

    titles: dict[str, str]
    postmortems: list[Postmortem]
    sections: list[Section]
    events: list[Event]
    reviewers: list[Reviewer]
    snoozes: list[Snooze]
    deliveries: list[Delivery]
    people: dict[str, User]


async def checked(world: World, ledger: Ledger) -> Findings:
    """Compare what people saw with what there is."""
    findings = Findings(kills=len(world.outages), acts=ledger.attempts)
    state = await _read(world)
    _check_deeds(findings, state, ledger)
    _check_texts(findings, state, ledger)
    _check_outcome(findings, state)
    _check_messages(findings, state, world)
    _check_kinds(findings, state, world, ledger)
    _check_mornings(findings, state, world)
    findings.faults += [f"violation: {each}" for each in world.workspace.violations if not _is_explained(each, world)]
    return findings


async def _read(world: World) -> _State:
    async with world.database.reading() as session:
        postmortems = list((await session.exec(select(Postmortem))).all())
        titles = {row.id: row.title for row in postmortems}
        return _State(
            titles=titles,
            postmortems=postmortems,
            sections=list((await session.exec(select(Section))).all()),
            events=[row for row in await session.exec(select(Event)) if row.subject_id in titles],
            reviewers=list((await session.exec(select(Reviewer))).all()),
            snoozes=list((await session.exec(select(Snooze))).all()),
            deliveries=list((await session.exec(select(Delivery))).all()),
            people={row.id: row for row in (await session.exec(select(User))).all()},
        )


def _check_deeds(findings: Findings, state: _State, ledger: Ledger) -> None:
    """Every deed that was acknowledged happened as often as it was acknowledged, and nothing else happened."""
    happened = Counter((Happening(row.verb), state.titles[row.subject_id]) for row in state.events)
    findings.acknowledged += ledger.deeds.total()
    findings.found += (ledger.deeds & happened).total()
    findings.expect("deeds acknowledged and not done", dict(ledger.deeds - happened), {})
    findings.expect("deeds done more often than acknowledged", dict(happened - ledger.deeds), {})
    findings.expect("postmortems", Counter(state.titles.values()), Counter(dict.fromkeys(ledger.postmortems, 1)))
    findings.expect("their numbers", sorted(row.number for row in state.postmortems), [1, 2, 3, 4, 5])


def _check_texts(findings: Findings, state: _State, ledger: Ledger) -> None:
    """Each section as it was typed, byte for byte; the others empty."""
    stored = {(state.titles[row.postmortem_id], row.key): to_plain(row.body) for row in state.sections}
    for place, text in stored.items():
        findings.expect(f"the text of {place}", text, ledger.texts.get(place, ""))
    findings.acknowledged += len(ledger.texts)
    findings.found += sum(stored.get(place) == text for place, text in ledger.texts.items())


def _check_outcome(findings: Findings, state: _State) -> None:
    status = {row.title: PostmortemStatus(row.status) for row in state.postmortems}
    findings.expect("the statuses", status, STATUSES)
    owners = {row.title: state.people[row.owner_id].slack_id for row in state.postmortems}
    findings.expect("the owners", owners, OWNERS)
    verdicts = {
        (state.titles[row.postmortem_id], state.people[row.user_id].slack_id): row.verdict for row in state.reviewers
    }
    wanted = {
        (CHECKOUT, RAJ): Verdict.PENDING,  # void since it was reopened
        (CHECKOUT, MIA): Verdict.PENDING,
        (DISK, "U01ANA"): Verdict.APPROVED,
        (LEDGER, RAJ): Verdict.APPROVED,
    }
    findings.expect("the verdicts", verdicts, wanted)
    snoozed = [(state.titles[row.postmortem_id], state.people[row.user_id].slack_id) for row in state.snoozes]
    findings.expect("the snoozes", snoozed, [])  # Raj's ended when it was published


def _check_messages(findings: Findings, state: _State, world: World) -> None:
    """Each delivery is one message, as of its last revision; a second one only where the exception allows it."""
    everything = world.workspace.messages.everything()
    messages = Counter(delivery_of(message.metadata) for message in everything)
    messages.pop("", None)
    known = {row.id: row for row in state.deliveries}
    # An answer by direct message has an id too, and a row only where Slack did not take it at once.
    in_channels = {delivery_of(each.metadata) for each in everything if not each.channel.startswith("D")} - {""}
    findings.expect("messages of no delivery", sorted(in_channels - known.keys()), [])
    answers = {each: count for each, count in messages.items() if each not in known}
    findings.expect("answers given twice", [each for each, count in answers.items() if count > 1], [])
    for row in state.deliveries:
        name = f"{row.kind} to {row.recipient}"
        if row.state not in {DeliveryState.SENT, DeliveryState.CLOSED}:
            findings.faults.append(f"{name} ended as {row.state}: {row.failure}")
        if row.state == DeliveryState.SENT and row.revision != row.sent_revision:
            findings.faults.append(f"{name} stands at revision {row.sent_revision} of {row.revision}")
        count = messages[row.id]
        if count == 0 and row.ts is not None:
            findings.faults.append(f"{name} is not in Slack")
        if count > 1:
            _judge_double(findings, world, row, count - 1)


def _judge_double(findings: Findings, world: World, row: Delivery, extra: int) -> None:
    is_direct = row.channel is not None and row.channel.startswith("D")
    if is_direct or extra > world.in_doubt[row.id]:
        findings.faults.append(f"{row.kind} to {row.recipient} was told {extra + 1} times")
    else:
        findings.doubled += extra


def _check_kinds(findings: Findings, state: _State, world: World, ledger: Ledger) -> None:
    """One card a postmortem, one line an event, one request a reviewer and round."""
    of_kind = {kind: [row for row in state.deliveries if row.kind == kind] for kind in MessageKind}
    told = {row.id for row in state.deliveries if row.ts}
    cards = Counter(state.titles[row.subject] for row in of_kind[MessageKind.CARD] if row.id in told)
    findings.expect("cards", cards, Counter(dict.fromkeys(ledger.postmortems, 1)))
    lines = Counter(int(row.subject) for row in of_kind[MessageKind.HISTORY] if row.id in told)
    events = Counter(row.id for row in state.events if Happening(row.verb) not in NO_LINE)
    findings.expect("lines of history", lines, events)
    requests = Counter(
        (state.titles[row.subject], row.recipient) for row in of_kind[MessageKind.REVIEW_REQUEST] if row.id in told
    )
    findings.expect("requests for a review", requests, Counter(REQUESTS))
    announced = sorted(
        (state.titles[row.subject], row.recipient) for row in of_kind[MessageKind.PUBLISHED_ANNOUNCEMENT] if row.ts
    )
    findings.expect("announcements", announced, [(CHECKOUT, "C01GENERAL"), (DISK, "C04PLATFORM")])
    findings.expect(
        "requests for changes", [row.recipient for row in of_kind[MessageKind.CHANGES_REQUESTED]], ["U07MAX"]
    )
    findings.expect("new owners told", [row.recipient for row in of_kind[MessageKind.ASSIGNED]], ["U07MAX"])


def _check_mornings(findings: Findings, state: _State, world: World) -> None:
    """Who was told on which of their mornings, and that none held two new messages."""
    mornings = {row.id: row for row in state.deliveries if row.kind == MessageKind.MORNING}
    told: dict[str, set[str]] = {}
    new: dict[tuple[str, str], set[str]] = {}
    for call in world.workspace.calls:
        row = mornings.get(delivery_of(_metadata(call.args)))
        if row is None or not call.ok or "wait" not in str(call.args["text"]).split(":")[0]:
            continue
        zone = ZoneInfo(world.workspace.people[row.recipient].tz or "UTC")
        local = datetime.fromtimestamp(call.at, zone)
        is_new = call.method == "chat.postMessage"
        if not is_new and (not 10 <= local.hour < 18 or str(call.args["text"]).startswith("Nothing waits")):
            continue  # what its reader did about it, shown in place: nobody is told by that, at whatever hour
        told.setdefault(row.recipient, set()).add(local.date().isoformat())
        if is_new:
            new.setdefault((row.recipient, local.date().isoformat()), set()).add(call.result["ts"])
        if is_new and not 10 <= local.hour < 18:
            findings.faults.append(f"{row.recipient} was told at {local:%a %H:%M}")
    findings.expect("mornings", {who: tuple(sorted(days)) for who, days in told.items()}, MORNINGS)
    findings.expect("mornings with two messages", [each for each, posts in new.items() if len(posts) > 1], [])
    findings.acknowledged += sum(map(len, MORNINGS.values()))
    findings.found += sum(len(told.get(who, set()) & set(days)) for who, days in MORNINGS.items())


def _metadata(args: dict[str, Any]) -> dict[str, object] | None:
    given = args.get("metadata")
    return json.loads(given) if isinstance(given, str) else given


def _is_explained(violation: Violation, world: World) -> bool:
    """Slack got no acknowledgement from a bot that was dead."""
    return violation.kind is ViolationKind.FAILED_ACK and any(
        outage.began - SLACK_SECONDS <= violation.at <= outage.ended + SLACK_SECONDS for outage in world.outages
    )


def total(all_findings: Iterable[Findings]) -> Findings:
    """Several drills as one."""
    whole = Findings(kills=0, acts=0)
    for each in all_findings:
        whole.kills += each.kills
        whole.acts += each.acts
        whole.acknowledged += each.acknowledged
        whole.found += each.found
        whole.doubled += each.doubled
        whole.faults += each.faults
    return whole
