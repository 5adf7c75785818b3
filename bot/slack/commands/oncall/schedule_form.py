"""Opening the form of a schedule: a new one, one that is there, or what somebody typed last and did not save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import uuid4

from bot.engines.rotation import Participant, Rotation
from bot.engines.wallclock import to_local
from bot.errors import Locked, NotFound
from bot.queries import people, schedules, teams
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.slack.cards.blocks import Block
from bot.slack.cards.schedule_form import schedule_form
from bot.slack.cards.schedule_form_fields import (
    MOST_ROTATIONS,
    RotationFields,
    ScheduleFields,
    fields_from,
    first_rotation,
)
from bot.slack.words.windows import windows_text
from bot.usecases.schedules.kept import last_kept
from bot.usecases.schedules.permission import require_create, require_edit
from bot.vocabulary import ParticipantKind, TurnCounting

NEW_TEAM = "new:"
OLD_TEAM = "team:"


async def new_form(reading: Reading, person: Person) -> Block:
    """The form of a new schedule, filled in with what the person did not save last time, if there is such.

    Raises:
        NotAllowed: they may not make one.
    """
    require_create(person)
    kept = await last_kept(reading, person, None)
    fields = fields_from(kept.content) if kept else blank(reading, person)
    return await drawn(reading, fields, kept=kept is not None)


async def edit_form(reading: Reading, person: Person, schedule_id: str) -> Block:
    """The form of a schedule that is there, filled in likewise.

    Raises:
        NotFound: it is gone.
        NotAllowed: they may not edit it.
        Locked: it has more rotations than a form can show.
    """
    watched = await schedules.by_id(reading, schedule_id)
    if watched is None:
        raise NotFound("That schedule is gone. `/oncall schedules` lists those there are.")
    await require_edit(reading, person, watched)
    kept = await last_kept(reading, person, schedule_id)
    fields = fields_from(kept.content) if kept else await stored(reading, watched)
    return await drawn(reading, fields, kept=kept is not None)


async def drawn(reading: Reading, fields: ScheduleFields, *, kept: bool = False) -> Block:
    """The form with these fields; with `kept` it says that they were typed earlier and not saved."""
    watched = await schedules.by_id(reading, fields.schedule_id) if fields.schedule_id else None
    rotations = watched.schedule.rotations if watched else ()
    known = await _people_of(reading, rotations)
    besides = {rotation.id: _besides(rotation.rule.participants, known) for rotation in rotations}
    return schedule_form(fields, team_label=await _team_label(reading, fields.team), is_kept=kept, besides=besides)


def blank(reading: Reading, person: Person, *, edition: int = 0) -> ScheduleFields:
    """A new schedule in the asker's zone: one weekly rotation from Monday of this week, so that it is in force."""
    today = to_local(reading.now, person.zone).date()
    rotation = first_rotation(1, day=(today - timedelta(days=today.weekday())).isoformat())
    return ScheduleFields(
        schedule_id=None,
        version=None,
        sitting=str(uuid4()),
        edition=edition,
        next_key=2,
        name="",
        timezone=person.zone.key,
        team="",
        rotations=(rotation,),
    )


async def stored(reading: Reading, watched: Watched, *, edition: int = 0) -> ScheduleFields:
    """A schedule as it is now.

    Raises:
        Locked: it has more rotations than a form can show.
    """
    schedule = watched.schedule
    rotations = [rotation for rotation in schedule.rotations if rotation.closed_at is None]
    if len(rotations) > MOST_ROTATIONS:
        raise Locked(f"{schedule.name} has {len(rotations)} rotations; the form in Slack holds {MOST_ROTATIONS}.")
    known = await _people_of(reading, rotations)
    return ScheduleFields(
        schedule_id=schedule.id,
        version=watched.version,
        sitting=str(uuid4()),
        edition=edition,
        next_key=len(rotations) + 1,
        name=schedule.name,
        timezone=schedule.zone.key,
        team=f"{OLD_TEAM}{watched.team_id}" if watched.team_id else "",
        rotations=tuple(_rotation(key, rotation, watched, known) for key, rotation in enumerate(rotations, start=1)),
    )


def shown_in_menu(roster: Sequence[Participant], known: Mapping[str, Person]) -> tuple[str, ...]:
    """The people of a roster as Slack's menu can show them: by their id in Slack, each once, nothing but people."""
    found = (known.get(who.id or "") for who in roster if who.kind is ParticipantKind.USER)
    return tuple(dict.fromkeys(person.slack_id for person in found if person and person.slack_id))


def _rotation(key: int, rotation: Rotation, watched: Watched, known: Mapping[str, Person]) -> RotationFields:
    rule = rotation.rule
    start = to_local(rule.start, watched.schedule.zone)
    return RotationFields(
        key=key,
        id=rotation.id,
        name=rotation.name,
        people=shown_in_menu(rule.participants, known),
        type=rule.type,
        length=str(rule.length),
        day=start.date().isoformat(),
        time=f"{start:%H:%M}",
        windows=windows_text(rule.restriction),
        skips=rule.turns is TurnCounting.ACTIVE,
    )


def _besides(roster: Sequence[Participant], known: Mapping[str, Person]) -> str:
    """What of a roster the menu does not show, in words; empty where it shows all."""
    if len(shown_in_menu(roster, known)) == len(roster):
        return ""
    seen: set[str] = set()
    words: list[str] = []
    for who in roster:
        person = known.get(who.id or "") if who.kind is ParticipantKind.USER else None
        if person is None:
            words.append("a planned gap" if who.kind is ParticipantKind.NONE else f"a {who.kind.value}")
        elif person.slack_id is None or person.id in seen:
            words.append(f"{person.name} once more" if person.id in seen else person.name)
        seen.add(who.id or "")
    return ", ".join(words)


async def _people_of(reading: Reading, rotations: Sequence[Rotation]) -> dict[str, Person]:
    ids = {who.id for rotation in rotations for who in rotation.rule.participants if who.id}
    return await people.by_ids(reading, ids)


async def _team_label(reading: Reading, choice: str) -> str:
    if choice.startswith(NEW_TEAM):
        return f"New team “{choice.removeprefix(NEW_TEAM)}”"
    team_id = choice.removeprefix(OLD_TEAM)
    return (await teams.names(reading, [team_id])).get(team_id, "a team that is gone") if choice else ""
