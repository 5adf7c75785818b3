"""Putting views on people's screens: what views.* and the answers to submissions share."""

from __future__ import annotations

from typing import Any

from bot.playground import rules
from bot.playground.elements import in_blocks, slot, values
from bot.playground.files import NotYet
from bot.playground.one_shots import Refusal
from bot.playground.records import ViolationKind
from bot.playground.rendering import blocks_text
from bot.playground.screens import Appearance, Kind
from bot.playground.views import STACK_LIMIT, View, updated, view_object
from bot.playground.workspace import Workspace


def checked(workspace: Workspace, body: Any, *, kind: str, older: View | None = None) -> dict[str, Any]:
    """The view the bot sent, if Slack would take it on that surface. Refusal: invalid_arguments, view_too_large.

    What is refused is a violation too. Blocks that stood in the `older` one keep their made-up ids.
    """
    try:
        rules.check_view(body, kind=kind)
        workspace.files.check(body["blocks"])
    except NotYet:
        raise
    except Refusal as refusal:
        workspace.violate(ViolationKind.INVALID_BLOCKS, f"{kind} view: {refusal}")
        raise
    before = older.blocks if older else ()
    return {**body, "blocks": workspace.with_ids(body["blocks"], before=before)}


def open_view(workspace: Workspace, user: str, body: dict[str, Any]) -> View:
    """Start a new stack with a checked view. Refusal: duplicate_external_id."""
    _check_external_id(workspace, body)
    view = _made(workspace, user, body)
    for older in workspace.views.stack(user):
        workspace.screen(user).typed.pop(older.id, None)
    workspace.views.open(view)
    show_view(workspace, Kind.VIEW_OPENED, view)
    return view


def push_view(workspace: Workspace, user: str, body: dict[str, Any]) -> View:
    """Put a checked view on top of the stack. Refusal: not_found, push_limit_reached, duplicate_external_id."""
    stack = workspace.views.stack(user)
    if not stack:
        raise Refusal("not_found")
    if len(stack) >= STACK_LIMIT:
        raise Refusal("push_limit_reached")
    _check_external_id(workspace, body)
    view = _made(workspace, user, body, below=stack[-1])
    workspace.views.push(view)
    show_view(workspace, Kind.VIEW_PUSHED, view)
    return view


def update_view(workspace: Workspace, view: View, body: dict[str, Any]) -> View:
    """Replace a live view by a checked one; what was typed stays where block_id, action_id and type are the same."""
    _check_external_id(workspace, body, but=view)
    newer = updated(view, body, _new_hash(workspace))
    workspace.views.put(newer)
    _forget_what_is_gone(workspace, newer)
    show_view(workspace, Kind.HOME if newer.type == "home" else Kind.VIEW_UPDATED, newer)
    return newer


def publish_home(workspace: Workspace, user: str, body: dict[str, Any]) -> View:
    """Show a checked view on that person's home tab, in the place of an older one. Refusal: duplicate_external_id."""
    older = workspace.views.home(user)
    if older is not None:
        view = update_view(workspace, older, body)
    else:
        _check_external_id(workspace, body)
        view = _made(workspace, user, body)
        workspace.views.put(view)
        show_view(workspace, Kind.HOME, view)
    workspace.changed()
    return view


def close_view(workspace: Workspace, view: View) -> None:
    """Take a view off the screen, with what was typed into it."""
    workspace.views.close(view)
    workspace.screen(view.user).typed.pop(view.id, None)
    show_view(workspace, Kind.VIEW_CLOSED, view)


def clear_views(workspace: Workspace, user: str) -> None:
    """Take a person's whole stack off the screen."""
    screen = workspace.screen(user)
    for view in workspace.views.stack(user):
        screen.typed.pop(view.id, None)
    workspace.views.clear(user)
    screen.show(Appearance(kind=Kind.VIEWS_CLEARED))


def show_view(workspace: Workspace, kind: Kind, view: View) -> None:
    """Put what happened to a view on its person's screen."""
    text = view_text(workspace, view)
    workspace.screen(view.user).show(Appearance(kind=kind, text=text, view=view))


def view_text(workspace: Workspace, view: View) -> str:
    """A view's words, title first, as its person reads them."""
    words = blocks_text(view.blocks, workspace.reader(view.user))
    return f"{view.title}\n{words}" if view.title else words


def described(workspace: Workspace, view: View) -> dict[str, Any]:
    """The view object with what its inputs hold now."""
    typed = workspace.screen(view.user).typed.get(view.id, {})
    app = workspace.app
    state = values(view.blocks, typed)
    return view_object(view, values=state, team_id=workspace.team.id, app_id=app.id, bot_id=app.bot_id)


def _made(workspace: Workspace, user: str, body: dict[str, Any], *, below: View | None = None) -> View:
    view_id = workspace.mint.next("V")
    return View(
        id=view_id,
        user=user,
        body=body,
        hash=_new_hash(workspace),
        root_id=below.root_id if below else view_id,
        previous_id=below.id if below else None,
    )


def _new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.clock.time())}.{workspace.mint.next('h')}"


def _check_external_id(workspace: Workspace, body: dict[str, Any], *, but: View | None = None) -> None:
    external_id = body.get("external_id")
    if not external_id:
        return
    holder = workspace.views.find(external_id=external_id)
    if holder is not None and (but is None or holder.id != but.id):
        raise Refusal("duplicate_external_id")


def _forget_what_is_gone(workspace: Workspace, view: View) -> None:
    typed = workspace.screen(view.user).typed.get(view.id, {})
    there = {slot(block, element): element["type"] for block, element in in_blocks(view.blocks)}
    for key in [key for key, state in typed.items() if there.get(key) != state["type"]]:
        del typed[key]
