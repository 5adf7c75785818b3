"""What every request about a postmortem does: find it by its id, and act for the user that the body names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from bot.api.endpoints import Call
from bot.errors import BadFields, NotFound
from bot.queries import people, whole_postmortems
from bot.queries.people import Person
from bot.usecases.fields import Faults
from bot.usecases.references import Ref, missing
from bot.usecases.unit import Unit

WIRE_NAMES = {
    "incident": "incidentId",
    "owner": "ownerId",
    "jira_issues": "jiraIssues",
    "related_incidents": "relatedIncidentIds",
    "services": "affectedServices",
    "teams": "responderTeams",
    "responders": "responderUsers",
}
"""What fields of ours are called in these requests."""


def no_such(identifier: str) -> NotFound:
    """What to say of an id, or a short one, that no postmortem has."""
    return NotFound(f"No postmortem exists with id [{identifier}].")


async def number_of(call: Call[Any, Any]) -> int:
    """The number of the postmortem that the path names.

    Raises:
        NotFound: there is none.
    """
    async with call.desk.reader() as reading:
        number = await whole_postmortems.number_of(reading, call.parts["id"])
    if number is None:
        raise no_such(call.parts["id"])
    return number


@asynccontextmanager
async def acting(
    call: Call[Any, Any], actor_id: str | None, wrong: Mapping[str, str] | None = None
) -> AsyncIterator[Unit]:
    """A unit in which the key acts for a user, or for nobody.

    Raises:
        BadFields: `actorUserId` where there is no such user, together with everything else that is wrong; fields bear
            their names on the wire. `wrong` are those that are known before, by field: nothing is begun then.
    """
    actor = await _user(call, actor_id) if actor_id else None
    faults = Faults()
    if actor_id and actor is None:
        faults.add("actorUserId", missing("user", Ref(id=actor_id)))
    if wrong:
        faults.add_all(wrong)
        faults.refuse()
    try:
        async with call.desk.units.begin(replace(call.key, for_person=actor)) as unit:
            yield unit
            faults.refuse()
    except BadFields as error:
        faults.add_all({_on_the_wire(name): said for name, said in error.fields.items()})
        faults.refuse()


async def _user(call: Call[Any, Any], user_id: str) -> Person | None:
    """The user with that id, unless they have left, or are a guest or a bot."""
    async with call.desk.reader() as reading:
        found = (await people.by_ids(reading, [user_id])).get(user_id)
    return None if found is None or found.has_left or found.is_outsider else found


def _on_the_wire(name: str) -> str:
    field, dot, rest = name.partition(".")
    return f"{WIRE_NAMES.get(field, field)}{dot}{rest}"
