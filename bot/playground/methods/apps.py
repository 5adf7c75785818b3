"""apps.* and blocks.*: opening a socket, and checking what one has."""

from __future__ import annotations

import yaml

from bot.playground.blockkit import answer_blocks_validate
from bot.playground.delivery.over_socket import SocketCarrier
from bot.playground.manifest import check_manifest, manifest_refusal
from bot.playground.methods.call import Answer, Call, method
from bot.playground.one_shots import Refusal


def _connections_open(call: Call) -> Answer:
    workspace = call.workspace
    carrier = workspace.line.carrier if workspace.line is not None else None
    if not isinstance(carrier, SocketCarrier):
        raise Refusal("socket_mode_not_enabled")
    base = workspace.base_url.replace("http://", "ws://", 1)
    return {"url": f"{base}/link/?ticket={carrier.ticket()}&app_id={workspace.app.id}"}


def _blocks_validate(call: Call) -> Answer:
    return answer_blocks_validate(call.args)


def _manifest_validate(call: Call) -> Answer:
    try:
        manifest = yaml.safe_load(call.required("manifest"))
    except yaml.YAMLError:
        raise Refusal("invalid_manifest", errors=[{"message": "not YAML", "pointer": ""}]) from None
    problems = check_manifest(manifest)
    return manifest_refusal(problems) if problems else {"errors": []}


METHODS = (
    method("apps.connections.open", _connections_open),
    method("apps.manifest.validate", _manifest_validate, "manifest", "app_id"),
    method("blocks.validate", _blocks_validate, "blocks", "view", "message"),
)
