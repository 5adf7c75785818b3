"""Start a postmortem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.engines import wallclock
from bot.engines.documents.document import Adf
from bot.engines.lifecycle.due import draft_due
from bot.engines.templates import Template
from bot.queries import people
from bot.queries.actors import KeyHolder
from bot.queries.history import Happening
from bot.queries.people import Person
from bot.usecases.authors import author_id
from bot.usecases.fields import TITLE_CHARACTERS, Faults, unfit, wrong_name, wrong_times
from bot.usecases.incidents.open_incident import add_incident
from bot.usecases.incidents.showing import show
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems import documents
from bot.usecases.postmortems.held import home_of
from bot.usecases.postmortems.indexing import index
from bot.usecases.postmortems.of_incident import owner_of, report_title, standing_on
from bot.usecases.postmortems.wanted import LONGEST_TITLE
from bot.usecases.reach import own_team
from bot.usecases.reminders.plan import plan
from bot.usecases.roles import authorise_member
from bot.usecases.services.name_services import name_services
from bot.usecases.templates.choose import chosen, wrong_template
from bot.usecases.unit import Unit
from bot.vocabulary import Severity, Verb
from storage import incidents, models, roles


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePostmortem:
    """What a form of a new postmortem says, or a program.

    `incident_id` None makes an incident, resolved where `ended_at` is given. With one, what is None is as the incident
    has it: `title` (its message and " - postmortem report"), `severity`, `started_at` together with `ended_at`,
    `services`. `another`: it may have a postmortem already. `alert_group_id` is the incident in a program's words.
    `owner_id` None: the actor; of a program that acts for nobody, who made the incident, else the key's stand-in.
    `content` is its text, an ADF document, in place of a template. `template` None: what the team begins with.
    `channel` None: its card goes to the owner by direct message. `due_on` None: `POSTMORTEM_DUE_DAYS` working days.
    `team_id` None: the team of the key, else of the incident, else the owner's, where they are in one only.
    """

    title: str | None = None
    severity: Severity | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    incident_id: str | None = None
    another: bool = False
    alert_group_id: str | None = None
    owner_id: str | None = None
    services: tuple[str, ...] | None = None
    responder_ids: tuple[str, ...] = ()
    template: str | None = None
    content: Adf | None = None
    channel: str | None = None
    due_on: date | None = None
    team_id: str | None = None


async def create(unit: Unit, wanted: CreatePostmortem) -> int:
    """The number of a new draft, with its text, or the empty sections of its template, and its card on its way.

    The card goes to its channel, else to its owner.

    Raises:
        NotAllowed: the actor is no member of the workspace.
        BadFields: `title`, `started_at`, `ended_at`, `incident`, `owner`, `services`, `responders`, `template`,
            `due_on`; without `another` an incident has one postmortem at most, and one that was deleted counts while
            it can come back.
    """
    await authorise_member(unit, Verb.CREATE_POSTMORTEM)
    faults = Faults()
    incident = await _incident(unit, wanted, faults)
    owner = await _owner(unit, wanted, incident, faults)
    await _check(unit, wanted, owner, faults)
    assert owner is not None  # noqa: S101  refused by the check
    incident = incident or await _new_incident(unit, wanted)
    row, template = await _add_postmortem(unit, wanted, incident, owner)
    await _add_parts(unit, row, wanted, template)
    await index(unit, row)
    after = {"title": row.title, "severity": str(row.severity), "owner_id": owner.id}
    await unit.event(Happening.CREATED, row.id, after=after)
    home = await home_of(unit, row)
    if home:
        await unit.tell(MessageKind.CARD, row.id, home)
    await plan(unit, row, [])
    await show(unit, incident)
    unit.outcome = f"PM-{row.number}"
    return row.number


async def _incident(unit: Unit, wanted: CreatePostmortem, faults: Faults) -> models.Incident | None:
    if wanted.incident_id is None:
        return None
    incident, fault = await standing_on(unit, wanted.incident_id, another=wanted.another)
    faults.add("incident", fault)
    return incident


async def _owner(
    unit: Unit, wanted: CreatePostmortem, incident: models.Incident | None, faults: Faults
) -> Person | None:
    """Who owns it. Whoever is named must be able to; a key's stand-in, which is a bot, is not named by anybody."""
    if wanted.owner_id is None and unit.author is None:
        owner_id = await owner_of(unit, incident) if incident else await author_id(unit)
        return (await people.by_ids(unit.reading, [owner_id]))[owner_id]
    owner_id = wanted.owner_id or await author_id(unit)
    owner = (await people.by_ids(unit.reading, [owner_id])).get(owner_id)
    faults.add("owner", unfit(owner, task="own a postmortem"))
    return owner


async def _check(unit: Unit, wanted: CreatePostmortem, owner: Person | None, faults: Faults) -> None:
    if wanted.title is not None or wanted.incident_id is None:
        limit = LONGEST_TITLE if isinstance(unit.actor, KeyHolder) else TITLE_CHARACTERS
        faults.add("title", wrong_name((wanted.title or "").strip(), called="Title", limit=limit))
    if wanted.started_at is not None:
        faults.add_all(wrong_times(wanted.started_at, wanted.ended_at, now=unit.now))
    faults.add("services", _wrong_services(wanted.services or ()))
    known = await people.by_ids(unit.reading, wanted.responder_ids)
    if not set(wanted.responder_ids) <= known.keys():
        faults.add("responders", "Responders: somebody chosen is not known here. Choose them anew.")
    faults.add("template", await wrong_template(unit, wanted.template))
    if wanted.due_on and owner and wanted.due_on < wallclock.to_local(unit.now, owner.zone).date():
        faults.add("due_on", "Due: this day is past. Choose today or later.")
    faults.refuse()


def _wrong_services(names: Iterable[str]) -> str | None:
    faults = (wrong_name(name.strip(), called="Affected services", limit=TITLE_CHARACTERS) for name in names)
    return next((fault for fault in faults if fault), None)


async def _add_postmortem(
    unit: Unit, wanted: CreatePostmortem, incident: models.Incident, owner: Person
) -> tuple[models.Postmortem, Template]:
    as_incident = wanted.started_at is None
    ended_at = incident.resolved_at if as_incident else wanted.ended_at
    due_on = draft_due(
        made=unit.now,
        incident_ended=ended_at,
        zone=owner.zone,
        working_days=unit.settings.postmortem_due_days,
        chosen=wanted.due_on,
    )
    made_by = await author_id(unit)
    team_id = wanted.team_id or own_team(unit) or incident.owner_team_id or await _only_team(unit, owner)
    began = await chosen(unit, wanted.template, team_id=team_id)
    row = models.Postmortem(
        number=await unit.next_number("PM"),
        title=report_title(incident) if wanted.title is None else wanted.title.strip(),
        severity=wanted.severity or incident.priority,
        owner_id=owner.id,
        team_id=team_id,
        incident_id=incident.id,
        alert_group_id=wanted.alert_group_id,
        template_version_id=began.version_id if wanted.content is None else None,
        started_at=wanted.started_at or incident.started_at,
        ended_at=ended_at,
        draft_due_on=due_on,
        text_changed_at=unit.now,
        channel=wanted.channel,
        created_at=unit.now,
        created_by=made_by,
    )
    unit.session.add(row)
    await unit.session.flush()
    return row, began.template


async def _new_incident(unit: Unit, wanted: CreatePostmortem) -> models.Incident:
    return await add_incident(
        unit,
        message=wanted.title or "",
        priority=wanted.severity or Severity.P3,
        started_at=wanted.started_at or unit.now,
        resolved_at=wanted.ended_at,
    )


async def _only_team(unit: Unit, owner: Person) -> str | None:
    teams = await roles.teams_of(unit.session, owner.id)
    return teams[0] if len(teams) == 1 else None


async def _add_parts(unit: Unit, row: models.Postmortem, wanted: CreatePostmortem, template: Template) -> None:
    for section in await _sections(unit, row.id, wanted, template):
        unit.session.add(section)
    for service_id in await _services(unit, row, wanted):
        unit.session.add(models.AffectedService(postmortem_id=row.id, service_id=service_id))
    for position, user_id in enumerate(dict.fromkeys(wanted.responder_ids)):
        unit.session.add(models.Responder(postmortem_id=row.id, user_id=user_id, position=position))


async def _sections(
    unit: Unit, postmortem_id: str, wanted: CreatePostmortem, template: Template
) -> list[models.Section]:
    if wanted.content is not None:
        return await documents.from_document(unit, postmortem_id, wanted.content)
    return documents.from_template(unit, postmortem_id, template)


async def _services(unit: Unit, row: models.Postmortem, wanted: CreatePostmortem) -> list[str]:
    """The ids of the services it affected: those named, or those that its incident strikes."""
    if wanted.services is None:
        struck = await incidents.services_of(unit.session, [row.incident_id])
        return [service.id for service in struck[row.incident_id]]
    return [service.id for service in await name_services(unit, wanted.services)]
