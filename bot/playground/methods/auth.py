"""auth.test and api.test."""

from __future__ import annotations

from bot.playground.methods.call import Answer, Call, method
from bot.playground.one_shots import Refusal


def _auth_test(call: Call) -> Answer:
    team, app = call.workspace.team, call.workspace.app
    return {
        "url": f"{call.workspace.base_url}/",
        "team": team.name,
        "user": call.workspace.people[app.user_id].name,
        "team_id": team.id,
        "user_id": app.user_id,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "is_enterprise_install": False,
    }


def _api_test(call: Call) -> Answer:
    given = {name: value for name, value in call.args.items() if name != "token"}
    if error := call.text("error"):
        raise Refusal(error, args=given)
    return {"args": given}


METHODS = (method("auth.test", _auth_test), method("api.test", _api_test, "error", "foo"))
