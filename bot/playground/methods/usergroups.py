"""usergroups.list: the workspace's user groups."""

from __future__ import annotations

from bot.playground.methods.call import Answer, Call, method


def _list(call: Call) -> Answer:
    with_users = call.flag("include_users")
    groups: list[Answer] = []
    for group in call.workspace.groups.values():
        shown: Answer = {
            "id": group.id,
            "team_id": call.workspace.team.id,
            "is_usergroup": True,
            "name": group.name,
            "handle": group.handle,
            "description": "",
            "date_delete": 0,
        }
        if with_users:
            shown["users"] = list(group.users)
        if call.flag("include_count"):
            shown["user_count"] = len(group.users)
        groups.append(shown)
    return {"usergroups": groups}


METHODS = (method("usergroups.list", _list, "include_users", "include_count", "include_disabled"),)
