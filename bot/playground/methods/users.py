"""users.*: who is here."""

from __future__ import annotations

from bot.playground.methods.call import Answer, Call, method, paged
from bot.playground.one_shots import Refusal
from bot.playground.people import Person, user_object


def _described(call: Call, person: Person) -> dict[str, object]:
    workspace = call.workspace
    with_email = "users:read.email" in workspace.granted_scopes
    if with_email and person.email:
        workspace.used_scopes.add("users:read.email")
    user = user_object(person, team_id=workspace.team.id, now=workspace.clock.now(), with_email=with_email)
    return user | {"locale": "en-US"} if call.flag("include_locale") else user


def _info(call: Call) -> Answer:
    return {"user": _described(call, call.person())}


def _list(call: Call) -> Answer:
    page, cursor = paged(list(call.workspace.people.values()), call)
    return {
        "members": [_described(call, person) for person in page],
        "cache_ts": int(call.workspace.clock.time()),
        "response_metadata": {"next_cursor": cursor},
    }


def _lookup_by_email(call: Call) -> Answer:
    wanted = call.required("email").casefold()
    for person in call.workspace.people.values():
        if person.email and person.email.casefold() == wanted and not person.deleted:
            return {"user": _described(call, person)}
    raise Refusal("users_not_found")


METHODS = (
    method("users.info", _info, "user", "include_locale"),
    method("users.list", _list, "cursor", "limit", "include_locale"),
    method("users.lookupByEmail", _lookup_by_email, "email"),
)
