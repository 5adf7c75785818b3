"""Start a postmortem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.engines import wallclock
from bot.engines.documents.document import empty_document
from bot.engines.lifecycle.due import draft_due
from bot.engines.templates import DEFAULT, TEMPLATES, Template
from bot.queries import deletions, people
from bot.queries.history import Happening
from bot.queries.people import Person
from bot.usecases.fields import TITLE_CHARACTERS, Faults, unfit, wrong_line, wrong_times
from bot.usecases.incidents.open_incident import add_incident
from bot.usecases.messages import MessageKind
from bot.usecases.postmortems.held import home_of
from bot.usecases.postmortems.indexing import index
from bot.usecases.reminders.plan import plan
from bot.usecases.roles import authorise_member
from bot.usecases.services.name_services import name_services
from bot.usecases.unit import Unit
from bot.vocabulary import Severity, Verb
from storage import incidents, models, postmortems, roles


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePostmortem:
    """What a form of a new postmortem says.

    `incident_id` None makes an incident, resolved where `ended_at` is given. `channel` None: its card goes to the
    owner by direct message. `due_on` None: `POSTMORTEM_DUE_DAYS` working days. `team_id` None: the owner's team, where
    they are in one only.
    """

    title: str
    severity: Severity
    started_at: datetime
    ended_at: datetime | None = None
    incident_id: str | None = None
    owner_id: str
    services: tuple[str, ...] = ()
    responder_ids: tuple[str, ...] = ()
    template: str = DEFAULT.key
    channel: str | None = None
    due_on: date | None = None
    team_id: str | None = None


async def create(unit: Unit, wanted: CreatePostmortem) -> int:
    """The number of a new draft, with the empty sections of its template and its card on the way to its channel.

    Raises:
        NotAllowed: the actor is no member of the workspace.
        BadFields: `title`, `started_at`, `ended_at`, `incident`, `owner`, `services`, `responders`, `template`,
            `due_on`; an incident has one postmortem at most, and one that was deleted counts while it can come back.
    """
    await authorise_member(unit, Verb.CREATE_POSTMORTEM)
    wanted = replace(wanted, title=wanted.title.strip())
    known = await people.by_ids(unit.reading, [wanted.owner_id, *wanted.responder_ids])
    await _check(unit, wanted, known)
    owner = known[wanted.owner_id]
    if wanted.incident_id:
        await _clear_deleted(unit, wanted.incident_id)
    row = await _add_postmortem(unit, wanted, owner)
    await _add_parts(unit, row.id, wanted, TEMPLATES[wanted.template])
    await index(unit, row)
    after = {"title": row.title, "severity": str(wanted.severity), "owner_id": owner.id}
    await unit.event(Happening.CREATED, row.id, after=after)
    home = await home_of(unit, row)
    if home:
        await unit.tell(MessageKind.CARD, row.id, home)
    await plan(unit, row)
    unit.outcome = f"PM-{row.number}"
    return row.number


async def _check(unit: Unit, wanted: CreatePostmortem, known: dict[str, Person]) -> None:
    faults = Faults()
    faults.add("title", wrong_line(wanted.title, called="Title", limit=TITLE_CHARACTERS))
    faults.add_all(wrong_times(wanted.started_at, wanted.ended_at, now=unit.now))
    faults.add("incident", await _wrong_incident(unit, wanted.incident_id))
    owner = known.get(wanted.owner_id)
    faults.add("owner", unfit(owner, task="own a postmortem"))
    faults.add("services", _wrong_services(wanted.services))
    if not set(wanted.responder_ids) <= known.keys():
        faults.add("responders", "Responders: somebody chosen is not known here. Choose them anew.")
    if wanted.template not in TEMPLATES:
        faults.add("template", f"Template: there is no “{wanted.template}”. Choose one of {', '.join(TEMPLATES)}.")
    if wanted.due_on and owner and wanted.due_on < wallclock.to_local(unit.now, owner.zone).date():
        faults.add("due_on", "Due: this day is past. Choose today or later.")
    faults.refuse()


async def _wrong_incident(unit: Unit, incident_id: str | None) -> str | None:
    if incident_id is None:
        return None
    # Locked: of two who start a postmortem of one incident at once, the second finds the first's.
    incident = await incidents.by_id(unit.session, incident_id, lock=True)
    if incident is None:
        return "Incident: it is not there any more. Choose another, or none to make a new one."
    row = await postmortems.of_incident(unit.session, incident_id)
    if row is None:
        return None
    deletion = await deletions.of_row(unit.reading, row)
    label = f"PM-{row.number}"
    if deletion is None:
        return f"Incident: INC-{incident.number} has a postmortem already, {label}: `/postmortem show {label}`."
    if deletion.can_be_undone(unit.now):
        until = deletions.clock_words(deletion.undo_until, unit.acting_person)
        back = f"`/postmortem undo {label}` brings it back until {until}; from then on you can start another."
        return f"Incident: {label} of INC-{incident.number} was deleted by {deletion.remover} just now. {back}"
    return None


async def _clear_deleted(unit: Unit, incident_id: str) -> None:
    """Remove a deleted postmortem of the incident for good, now that nobody can bring it back: one stands on each."""
    if (row := await postmortems.of_incident(unit.session, incident_id)) is not None:
        await postmortems.remove(unit.session, [row])


def _wrong_services(names: Iterable[str]) -> str | None:
    faults = (wrong_line(name, called="Affected services", limit=TITLE_CHARACTERS) for name in names)
    return next((fault for fault in faults if fault), None)


async def _add_postmortem(unit: Unit, wanted: CreatePostmortem, owner: Person) -> models.Postmortem:
    incident_id = wanted.incident_id or await _new_incident(unit, wanted)
    due_on = draft_due(
        made=unit.now,
        incident_ended=wanted.ended_at,
        zone=owner.zone,
        working_days=unit.settings.postmortem_due_days,
        chosen=wanted.due_on,
    )
    row = models.Postmortem(
        number=await unit.next_number("PM"),
        title=wanted.title,
        severity=wanted.severity,
        owner_id=owner.id,
        team_id=wanted.team_id or await _only_team(unit, owner),
        incident_id=incident_id,
        started_at=wanted.started_at,
        ended_at=wanted.ended_at,
        draft_due_on=due_on,
        text_changed_at=unit.now,
        channel=wanted.channel,
        created_at=unit.now,
        created_by=unit.person.id,
    )
    unit.session.add(row)
    await unit.session.flush()
    return row


async def _new_incident(unit: Unit, wanted: CreatePostmortem) -> str:
    incident = await add_incident(
        unit,
        message=wanted.title,
        priority=wanted.severity,
        started_at=wanted.started_at,
        resolved_at=wanted.ended_at,
    )
    return incident.id


async def _only_team(unit: Unit, owner: Person) -> str | None:
    teams = await roles.teams_of(unit.session, owner.id)
    return teams[0] if len(teams) == 1 else None


async def _add_parts(unit: Unit, postmortem_id: str, wanted: CreatePostmortem, template: Template) -> None:
    for position, section in enumerate(template.sections):
        unit.session.add(
            models.Section(
                postmortem_id=postmortem_id,
                key=section.key,
                title=section.title,
                prompt=section.prompt,
                position=position,
                body=empty_document(),
                updated_at=unit.now,
            )
        )
    for service in await name_services(unit, wanted.services):
        unit.session.add(models.AffectedService(postmortem_id=postmortem_id, service_id=service.id))
    for user_id in dict.fromkeys(wanted.responder_ids):
        unit.session.add(models.Responder(postmortem_id=postmortem_id, user_id=user_id))
