"""The choice between a schedule as it stands and what a person typed for it, which somebody overtook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.errors import Locked
from bot.escaping import mrkdwn_within
from bot.queries import people, schedules
from bot.queries.last_change import PartChange
from bot.queries.people import Person
from bot.queries.schedules import Watched
from bot.slack.cards.blocks import Block
from bot.slack.cards.conflict import Choice, changed_meanwhile
from bot.slack.cards.inputs import metadata
from bot.slack.cards.schedule_choice import SaidTwice, choice_form
from bot.slack.cards.schedule_form_fields import MOST_ROTATIONS, ScheduleFields
from bot.slack.commands.oncall.schedule_form import stored
from bot.slack.desk import Desk
from bot.slack.forms.schedule.merging import EXISTENCE, Difference, differences, merged
from bot.slack.forms.schedule.reading import team_name
from bot.slack.words.local import turn_words
from bot.vocabulary import RotationType


async def choice_between(theirs: Watched, mine: ScheduleFields, *, kept: str, person: Person, desk: Desk) -> Block:
    """What differs, field by field, and the choice; `kept` is the kept text that holds `mine`."""
    async with desk.reader() as reading:
        change = await schedules.last_change(reading, theirs.schedule.id)
        now = await stored(reading, theirs)
    base = await _base(mine, desk)
    found = differences(base, mine, now)
    names = await _names(found, desk)
    return choice_form(
        [_said(each, names) for each in found],
        head=changed_meanwhile(
            f"*{mrkdwn_within(theirs.schedule.name, 300)}*",
            PartChange(change.by, change.at) if change else None,
            reader=person,
        ),
        version=theirs.version,
        metadata=metadata(kept=kept, version=theirs.version),
        has_both=base is not None and len(merged(base, mine, now).rotations) <= MOST_ROTATIONS,
    )


async def chosen(mine: ScheduleFields, theirs: Watched, choice: Choice | None, desk: Desk) -> ScheduleFields:
    """What is wanted by that choice, as an edit of what stands there now; without a choice what was typed as it is.

    Raises:
        Locked: both are wanted, and what they began with is not known any more.
    """
    if choice is None:
        return mine
    if choice is not Choice.BOTH:
        return replace(mine, version=theirs.version)
    base = await _base(mine, desk)
    if base is None:
        raise Locked("What stood there before is not known any more. Choose one of the two.")
    async with desk.reader() as reading:
        now = await stored(reading, theirs)
    return replace(merged(base, mine, now), version=theirs.version)


async def _base(mine: ScheduleFields, desk: Desk) -> ScheduleFields | None:
    """The form as it was when it was opened."""
    if mine.schedule_id is None or mine.version is None:
        return None
    async with desk.reader() as reading:
        watched = await schedules.as_of_version(reading, mine.schedule_id, mine.version)
        return await stored(reading, watched) if watched else None


async def _names(found: tuple[Difference, ...], desk: Desk) -> Mapping[str, str]:
    """The names of all people and teams in the differences, by what stands for them in the form."""
    values = [value for each in found for side in (each.theirs, each.mine) for value in side or ()]
    chosen = {slack_id for value in values if isinstance(value, tuple) for slack_id in value}
    async with desk.reader() as reading:
        known = await people.mentioned_in(reading, [f"<@{slack_id}>" for slack_id in chosen])
    sides = [side for each in found if each.part == "Team" for side in (each.theirs, each.mine)]
    chosen_teams = [str(value) for side in sides for value in side or () if value]
    called = {choice: await team_name(choice, desk) or "a team that is gone" for choice in chosen_teams}
    return {slack_id: person.name for slack_id, person in known.items()} | called


def _said(difference: Difference, names: Mapping[str, str]) -> SaidTwice:
    title = f"{difference.rotation}: {difference.part.lower()}" if difference.rotation else difference.part
    return SaidTwice(
        title=title,
        theirs=_words(difference.part, difference.theirs, names),
        mine=_words(difference.part, difference.mine, names),
        whose=_whose(difference),
    )


def _whose(difference: Difference) -> str:
    match difference.changed_by_them, difference.changed_by_me:
        case True, True:
            return "both of you changed it"
        case True, False:
            return "they changed it"
        case False, True:
            return "you changed it"
        case _:
            return ""


def _words(part: str, values: tuple[Any, ...] | None, names: Mapping[str, str]) -> str:
    """What one side has, as one reads it."""
    if values is None:
        return "not there"
    match part, values:
        case "Team", (team,):
            words = names.get(team, "no team")
        case "People in order", (people_,):
            words = ", ".join(names.get(slack_id, slack_id) for slack_id in people_)
        case "Length of a turn", (length, kind):
            words = turn_words(RotationType(kind), int(length)) if length.isdecimal() else f"{length} {kind}"
        case "Only in these hours", (windows,):
            words = windows or "around the clock"
        case "Turns outside them", (skips,):
            words = "skipped" if skips else "counted"
        case _:
            words = "there" if part == EXISTENCE else " ".join(map(str, values))
    return words
