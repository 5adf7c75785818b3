"""A company in which every role is somebody, and the things that each case of the matrix finds fresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

from sqlmodel import SQLModel

from bot.playground import opening, posting
from bot.playground.hands import Hands
from bot.playground.messages import Message
from bot.playground.screens import Appearance, Kind
from bot.playground.views import View
from bot.queries.people import Person
from bot.slack.cards.blocks import Card
from bot.usecases.channels.link import link
from bot.usecases.postmortems.approve import approve
from bot.usecases.postmortems.create import CreatePostmortem, create
from bot.usecases.postmortems.publish import publish
from bot.usecases.postmortems.submit import submit
from bot.usecases.schedules.create import create as create_schedule
from bot.usecases.teams.name_team import name_team
from bot.usecases.templates.create import create as create_template
from bot.vocabulary import PostmortemStatus, Role, Severity, TeamRole
from storage import models
from storage.models.base import name_key
from tests.slack.conftest import Town
from tests.usecases.overrides.watch import wanted_schedule, weekly

INCIDENTS, PAYMENTS = "C02INCIDENTS", "C03PAYMENTS"
TEAM = "Harbour"
CAST: Mapping[Role, str] = {
    Role.OUTSIDER: "U08SAM",
    Role.MEMBER: "U11TOM",
    Role.TEAMMATE: "U07MAX",
    Role.LEAD: "U04ZOE",
    Role.OWNER: "U02RAJ",
    Role.REVIEWER: "U06NOUR",
    Role.ADMIN: "U03MIA",
}
"""Who is what in the company, by their id in Slack."""
KIM = "U10KIM"
"""Somebody else, who is nothing in particular: put on call, given a postmortem, having changed a schedule."""
WRITTEN = (
    *(models.Event, models.Postmortem, models.Section, models.Reviewer, models.Snooze, models.TimelineEntry),
    *(models.ActionItem, models.Schedule, models.Rotation, models.RotationVersion, models.ChannelLink),
    *(models.Override, models.Template, models.TemplateVersion, models.Remark, models.DefaultReviewer),
    *(models.Alert, models.AlertRecipient),
    *(models.Incident, models.IncidentNote, models.IncidentPart),
)
"""The tables in which something changed is seen to have changed."""


@dataclass
class Company:
    """The town, everybody in it, and their one team. Nothing is told to anybody: the clockwork stands still."""

    town: Town
    people: Mapping[str, Person]
    team_id: str
    _number: count[int] = field(default_factory=count)

    def hands(self, role: Role) -> Hands:
        """Whoever plays that role."""
        return self.town.person(CAST[role])

    def person(self, role: Role) -> Person:
        """The same, as the house knows them."""
        return self.people[CAST[role]]

    async def postmortem(self, status: PostmortemStatus = PostmortemStatus.DRAFT, *, approved: bool = False) -> str:
        """A new one of the team's in that state, its reviewer named where it has one; what it is called."""
        units, owner, reviewer = self.town.house.units, self.person(Role.OWNER), self.person(Role.REVIEWER)
        began = self.town.clock.now() - timedelta(hours=2)
        wanted = CreatePostmortem(
            title=f"Outage {next(self._number)}",
            severity=Severity.P2,
            started_at=began,
            ended_at=began + timedelta(hours=1),
            owner_id=owner.id,
            team_id=self.team_id,
        )
        async with units.begin(owner) as unit:
            number = await create(unit, wanted)
            if status is not PostmortemStatus.DRAFT:
                await submit(unit, number, [reviewer.id])
        if approved or status is PostmortemStatus.PUBLISHED:
            async with units.begin(reviewer) as unit:
                await approve(unit, number)
        if status is PostmortemStatus.PUBLISHED:
            async with units.begin(owner) as unit:
                await publish(unit, number)
        return f"PM-{number}"

    async def template(self, *, has_team: bool) -> str:
        """A new one, with which the team begins, or nobody: what people type for it."""
        number = next(self._number)
        async with self.town.house.units.begin(self.person(Role.ADMIN)) as unit:
            row = await create_template(
                unit, name=f"Log {number}", markdown="## Fault", team_id=self.team_id if has_team else None
            )
        return row.key

    async def service(self, *, has_team: bool) -> str:
        """A new one, of the team or of nobody: its name."""
        name = f"Pier {next(self._number)}"
        row = models.Service(name=name, name_key=name_key(name), team_id=self.team_id if has_team else None)
        async with self.town.house.units.begin(self.person(Role.ADMIN)) as unit:
            unit.session.add(row)
        return name

    async def schedule(self, *, has_team: bool) -> tuple[str, str]:
        """A new one, around the clock, of the team or of nobody: its id and its name."""
        number = next(self._number)
        name = f"Tide{''.join(chr(ord('a') + int(digit)) for digit in f'{number:03}')}"
        wanted = wanted_schedule(weekly(self.person(Role.OWNER)), name=name, team=TEAM if has_team else None)
        async with self.town.house.units.begin(self.person(Role.LEAD)) as unit:
            return await create_schedule(unit, wanted), name

    async def linked(self, slack_id: str, *, has_team: bool) -> int:
        """A schedule that they just linked to a channel: the id of that change.

        An outsider did so while they were none.
        """
        schedule_id, _ = await self.schedule(has_team=has_team)
        async with self.town.house.units.begin(replace(self.people[slack_id], is_outsider=False)) as unit:
            event_id = await link(unit, PAYMENTS, schedule_id)
        assert event_id is not None
        return event_id

    def standing(self, card: Card | Appearance) -> Message:
        """A card, or what somebody else was shown, as a message that everybody sees in the channel of incidents."""
        workspace = self.town.workspace
        shown = card.payload if isinstance(card, Card) else _content(card)
        return posting.post(workspace, workspace.channels[INCIDENTS], user=workspace.app.user_id, **shown)

    def handed(self, role: Role, view: View) -> View:
        """A form that somebody else opened, in front of whoever plays that role."""
        return opening.open_view(self.town.workspace, CAST[role], view.body)

    async def shown(self, role: Role, line: str, *, kind: Kind | None = None) -> Appearance:
        """What somebody sees who types that line."""
        hands = self.hands(role)
        command, _, text = line.partition(" ")
        assert (await hands.command(command, text, channel=INCIDENTS)).ok
        return await hands.sees(kind=kind, where=self.is_said, within=15)

    def is_said(self, each: Appearance) -> bool:
        """Whether it comes from the bot."""
        return each.message is None or each.message.user == self.town.workspace.app.user_id

    async def rows(self) -> dict[str, list[str]]:
        """Everything that is written where a change is seen."""
        async with self.town.house.reader() as reading:
            return {each.__name__: await _rows(reading.session, each) for each in WRITTEN}

    async def settled(self) -> None:
        """Return when the bot has nothing in hand."""
        await self.town.playground.settled()
        await self.town.house.in_hand.settled()


async def founded(town: Town) -> Company:
    """The company: everybody met, and a team with one who leads it and one who does not."""
    await town.house.clockwork.stop()
    people = {each: await town.house.desk.people.person(each) for each in (*CAST.values(), KIM)}
    async with town.house.units.begin(people[CAST[Role.LEAD]]) as unit:
        team = await name_team(unit, TEAM)
        mate = models.Membership(team_id=team.id, user_id=people[CAST[Role.TEAMMATE]].id, role=TeamRole.USER)
        unit.session.add(mate)
        return Company(town, people, team.id)


def _content(shown: Appearance) -> dict[str, Any]:
    assert shown.message is not None
    return {"text": shown.message.text, "blocks": shown.message.blocks}


async def _rows(session: Any, table: type[SQLModel]) -> list[str]:
    found = await session.exec(SQLModel.metadata.tables[str(table.__tablename__)].select())
    return sorted(map(repr, found.all()))
