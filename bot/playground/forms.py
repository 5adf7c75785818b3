"""Modals sent and closed: what the bot is told, and what its answer does to the stack."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground import opening, payloads, rules
from bot.playground.delivery.acks import Ack, Envelope
from bot.playground.elements import HOLDINGS, NotOnScreen, client_problem, in_blocks
from bot.playground.interactions import Done, notify, response_address, send
from bot.playground.one_shots import Refusal
from bot.playground.records import ViolationKind
from bot.playground.surfaces import Surface
from bot.playground.views import View
from bot.playground.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """How a form went. Exactly one of: `closed`; `view` (updated, or pushed on top); `errors` by block_id, found by
    Slack's client (`by_client`, nothing was sent) or by the bot; `trouble`, Slack's red line.
    """

    ack: Ack | None = None
    closed: bool = False
    view: View | None = None
    errors: dict[str, str] | None = None
    by_client: bool = False
    trouble: str | None = None

    @property
    def ok(self) -> bool:
        """True when the bot took what was typed."""
        return not self.errors and self.trouble is None


async def submit(surface: Surface) -> Submitted:
    """Send a modal's form, if Slack's client lets it go, and do what the bot's answer says."""
    workspace, person, view = surface.workspace, surface.person, surface.shown
    if not isinstance(view, View) or view.type != "modal" or not view.body.get("submit"):
        raise NotOnScreen("there is no submit button")
    if errors := _client_errors(surface):
        return Submitted(errors=errors, by_client=True)
    payload = {
        "type": "view_submission",
        **payloads.common(workspace, person),
        "trigger_id": workspace.triggers.make(person.id),
        "view": opening.described(workspace, view),
        "response_urls": _response_urls(surface),
    }
    about = f"submission of {view.body.get('callback_id') or view.id}"
    ack = await send(workspace, payload, about=about, envelope=Envelope.INTERACTIVE)
    if not ack.ok:
        return Submitted(ack=ack, trouble=notify(workspace, person, TROUBLE))
    try:
        return _after_submission(workspace, view, ack, about)
    except Refusal as refusal:
        workspace.violate(ViolationKind.BAD_REPLY, f"{about}: {refusal.error}")
        return Submitted(ack=ack, trouble=notify(workspace, person, TROUBLE))


async def close(surface: Surface) -> Done:
    """Close a modal by hand; the bot hears of it only where it asked to. `clear_on_close` takes the whole stack."""
    workspace, person, view = surface.workspace, surface.person, surface.shown
    if not isinstance(view, View) or view.type != "modal":
        raise NotOnScreen("only a modal can be closed")
    clears = bool(view.body.get("clear_on_close"))
    going = workspace.views.stack(person.id)[::-1] if clears else (view,)
    told = [each for each in going if each.body.get("notify_on_close")]
    described = {each.id: opening.described(workspace, each) for each in told}
    if clears:
        opening.clear_views(workspace, person.id)
    else:
        opening.close_view(workspace, view)
    done = Done(Ack())
    for each in told:
        payload = {
            "type": "view_closed",
            **payloads.common(workspace, person),
            "view": described[each.id],
            "is_cleared": clears,
        }
        ack = await send(workspace, payload, about=f"closing of {each.id}", envelope=Envelope.INTERACTIVE)
        done = Done(ack)
    return done


def _client_errors(surface: Surface) -> dict[str, str]:
    errors: dict[str, str] = {}
    for block, element in in_blocks(surface.blocks):
        if block["type"] != "input" or element["type"] not in HOLDINGS:
            continue
        state = surface.values[block["block_id"]][element["action_id"]]
        if problem := client_problem(block, element, state):
            errors[block["block_id"]] = problem
    return errors


def _response_urls(surface: Surface) -> list[dict[str, str]]:
    workspace, made = surface.workspace, []
    for block, element in in_blocks(surface.blocks):
        if not element.get("response_url_enabled"):
            continue
        state = surface.values[block["block_id"]][element["action_id"]]
        channel = state[HOLDINGS[element["type"]].key]
        if channel in workspace.channels:
            url_id = workspace.response_urls.make(user=surface.person.id, channel=channel)
            made.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                    "response_url": response_address(workspace, url_id),
                }
            )
    return made


def _after_submission(workspace: Workspace, view: View, ack: Ack, about: str) -> Submitted:
    if ack.body is None:
        if workspace.views.find(view_id=view.id) is not None:
            opening.close_view(workspace, view)
        return Submitted(ack=ack, closed=True)
    if problems := rules.submission_reply_problems(opening.described(workspace, view), ack.body):
        about_errors = isinstance(ack.body, dict) and ack.body.get("response_action") == "errors"
        kind = ViolationKind.WRONG_ERROR_KEYS if about_errors else ViolationKind.BAD_REPLY
        workspace.violate(kind, f"{about}: {'; '.join(problems)}")
        return Submitted(ack=ack, trouble=notify(workspace, workspace.people[view.user], TROUBLE))
    match ack.body["response_action"]:
        case "errors":
            return Submitted(ack=ack, errors=dict(ack.body["errors"]))
        case "clear":
            opening.clear_views(workspace, view.user)
            return Submitted(ack=ack, closed=True)
        case "update":
            current = workspace.views.find(view_id=view.id) or view
            body = opening.checked(workspace, ack.body["view"], kind="modal")
            return Submitted(ack=ack, view=opening.update_view(workspace, current, body))
        case _:
            body = opening.checked(workspace, ack.body["view"], kind="modal")
            return Submitted(ack=ack, view=opening.push_view(workspace, view.user, body))
