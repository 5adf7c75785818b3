"""The message of a morning and the digest of a week, as they read now.

What could not be told on its morning (Slack was out of reach, we were) is not told at night: it waits for the next.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.engines.cadence.facts import NudgeKind
from bot.engines.cadence.mornings import next_morning, send_at
from bot.engines.wallclock import zone_of
from bot.queries import actions, people, postmortems, snoozes, waiting
from bot.queries.actions import ActionView
from bot.queries.cadence import cadence_of
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView
from bot.queries.reading import Reading
from bot.queries.waiting import Item
from bot.slack.cards.postmortem_lists import ROWS, Settled, SettledAction, digest_card, morning_card
from bot.slack.rendered import NotYet, Told, in_place_of
from bot.usecases.deliveries.claim import Claimed


async def morning(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """Everything that waits for one person; once all is settled the message there is edited to say so."""
    if "read_at" in claimed.details:
        return await _read_morning(reading, claimed)
    if night := await _night(reading, claimed.subject):
        return night
    items = await waiting.morning(reading, claimed.subject)
    if not items and not claimed.ts:
        return None
    return Told(morning_card(items, to_judge=await _to_judge(reading, items)))


async def _read_morning(reading: Reading, claimed: Claimed) -> Told | None:
    """A message that was read, at any hour of its day: what it told still stands in it, and what was done of it.

    What waits still has its buttons, also where a change of its text keeps the next mornings quiet about it.
    """
    reader = (await people.by_ids(reading, [claimed.subject])).get(claimed.subject)
    read_at = datetime.fromisoformat(claimed.details["read_at"])
    if reader is None or not claimed.ts or await _morning_after(reading, reader.id, read_at) <= reading.now:
        return None
    told = claimed.details.get("told", ())
    waits = await waiting.morning(reading, reader.id)
    items = {item.postmortem.id: item for item in waits if isinstance(item, Item)}
    owed = {action.id: action for action in waits if isinstance(action, ActionView)}
    snoozed = {each: own for each in told if (own := await snoozes.own(reading, each, reader))}
    open_work = {} if reader.is_outsider else await _open_work(reading, reader, told)
    items |= {each: open_work[each] for each in told if each in open_work.keys() - items.keys() - snoozed.keys()}
    settled: list[Settled | SettledAction] = [
        Settled(view, reader, snoozed.get(each))
        for each in dict.fromkeys(told)
        if each not in items and (view := await postmortems.by_id(reading, each))
    ]
    done = [each for each in claimed.details.get("actions", ()) if each not in owed]
    settled.extend(SettledAction(each, reader, reading.now) for each in await actions.by_ids(reading, done, reader))
    both: list[Item | ActionView] = [*items.values(), *owed.values()]
    both.sort(key=waiting.number_of, reverse=True)
    return Told(morning_card(both, to_judge=await _to_judge(reading, both), settled=settled))


async def _open_work(reading: Reading, reader: Person, told: Collection[str]) -> dict[str, Item]:
    """What of these postmortems is still to be written or judged by somebody, by its id, as a morning tells it."""
    work = await waiting.for_person(reading, reader, among=told)
    drafts = [replace(item, kind=NudgeKind.OWNER) for item in work.drafts]
    reviews = [replace(item, kind=NudgeKind.REVIEWER) for item in work.reviews]
    return {item.postmortem.id: item for item in (*drafts, *reviews)}


async def _to_judge(reading: Reading, items: Sequence[Item | ActionView]) -> dict[str, PostmortemView]:
    shown = [item for item in items[:ROWS] if isinstance(item, Item)]
    asked = [item.postmortem.id for item in shown if item.kind is NudgeKind.REVIEWER]
    return {each: view for each in asked if (view := await postmortems.by_id(reading, each))}


async def digest(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """What is long overdue in one channel; where the channel refuses, each owner gets what is theirs of it."""
    if "channel" in claimed.details:
        return await _own_digest(reading, claimed)
    if night := await _night(reading, claimed.recipient):
        return night
    items = await waiting.digest(reading, claimed.recipient)
    owners = dict.fromkeys(owner for each in items if (owner := _owner(each)) and not owner.has_left)
    reachable = tuple(each.slack_id for each in owners if each.slack_id)
    return Told(digest_card(items), instead_each=reachable) if items else None


async def _own_digest(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """What one owner has long overdue in a channel that refused to be told."""
    owner = await people.by_slack_id(reading, claimed.recipient)
    if owner is None:
        return None
    if night := await _night(reading, owner.id):
        return night
    channel = claimed.details["channel"]
    items = [each for each in await waiting.digest(reading, channel) if _is_of(owner, each)]
    if not items:
        return None
    return Told(in_place_of(digest_card(items), channel=channel, problem=claimed.details["problem"]))


def _owner(item: Item | ActionView) -> Person | None:
    return item.postmortem.owner if isinstance(item, Item) else item.owner


def _is_of(person: Person, item: Item | ActionView) -> bool:
    owner = _owner(item)
    return owner is not None and owner.id == person.id


async def _night(reading: Reading, recipient: str) -> NotYet | None:
    """Where this person, by their id, or channel may not be reminded at this hour: until when."""
    morning_at = send_at(reading.now, await _zone(reading, recipient), reading.settings.nudge_hour)
    return NotYet(morning_at) if morning_at > reading.now else None


async def _morning_after(reading: Reading, person_id: str, moment: datetime) -> datetime:
    return next_morning(moment, await _zone(reading, person_id), reading.settings.nudge_hour)


async def _zone(reading: Reading, recipient: str) -> ZoneInfo:
    person = (await people.by_ids(reading, [recipient])).get(recipient)
    known = person.timezone if person else None
    return zone_of(known) if known else (await cadence_of(reading, [])).zones.default
