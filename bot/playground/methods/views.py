"""views.*: modals and home tabs."""

from __future__ import annotations

from typing import Any

from bot.playground import opening
from bot.playground.methods.call import Answer, Call, bad_argument, method
from bot.playground.one_shots import Refusal, Trigger
from bot.playground.views import View


def _view(call: Call, kind: str, *, older: View | None = None) -> dict[str, Any]:
    body = call.structure("view")
    if body is None:
        raise bad_argument("missing required field: view", "/view")
    return opening.checked(call.workspace, body, kind=kind, older=older)


def _trigger(call: Call) -> Trigger:
    return call.workspace.triggers.check(call.args.get("trigger_id") or call.args.get("interactivity_pointer"))


def _answer(call: Call, view: View) -> Answer:
    return {"view": opening.described(call.workspace, view)}


def _open(call: Call) -> Answer:
    trigger = _trigger(call)
    body = _view(call, "modal")
    view = opening.open_view(call.workspace, trigger.user, body)
    trigger.used = True
    return _answer(call, view)


def _push(call: Call) -> Answer:
    trigger = _trigger(call)
    body = _view(call, "modal")
    view = opening.push_view(call.workspace, trigger.user, body)
    trigger.used = True
    return _answer(call, view)


def _update(call: Call) -> Answer:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not (view_id or external_id):
        raise bad_argument("missing required field: view_id", "/view_id")
    older = call.workspace.views.find(view_id=view_id, external_id=external_id)
    if older is None:
        raise Refusal("not_found")
    body = _view(call, older.type)
    _check_hash(call, older)
    return _answer(call, opening.update_view(call.workspace, older, body))


def _publish(call: Call) -> Answer:
    workspace = call.workspace
    person = workspace.people.get(call.required("user_id"))
    if person is None or person.is_bot:
        raise bad_argument("invalid `user_id`", "/user_id")
    if not workspace.manifest.home_tab:
        raise Refusal("not_enabled")
    older = workspace.views.home(person.id)
    body = _view(call, "home", older=older)
    if older:
        _check_hash(call, older)
    return _answer(call, opening.publish_home(workspace, person.id, body))


def _check_hash(call: Call, view: View) -> None:
    given = call.text("hash")
    if given and given != view.hash:
        raise Refusal("hash_conflict")


METHODS = (
    method("views.open", _open, "trigger_id", "interactivity_pointer", "view"),
    method("views.push", _push, "trigger_id", "interactivity_pointer", "view"),
    method("views.update", _update, "view", "view_id", "external_id", "hash"),
    method("views.publish", _publish, "user_id", "view", "hash"),
)
