"""Schemathesis against a house: requests made up from its own description, and answers held against it."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.api.conftest import Api
from tests.api.incidents import opened

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "allow_header_conformance",
    "unsupported_method",
    "ignored_auth",
)
SEEDED = 4


@dataclass
class Seeds:
    """What there is, by the word before it in a path: names and ids that requests may find something by."""

    of: dict[str, list[str]] = field(default_factory=dict)

    def add(self, word: str, *names: str) -> None:
        """These are such things."""
        self.of.setdefault(word, []).extend(names)


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its status, and all that it printed."""

    status: int
    text: str


async def seeded(api: Api) -> Seeds:
    """Some people, teams and schedules with everything in them, made as a program makes them."""
    seeds = Seeds()
    for number in range(SEEDED):
        await _seed(api, seeds, number)
    return seeds


async def _seed(api: Api, seeds: Seeds, number: int) -> None:
    async def make(path: str, body: dict[str, Any]) -> Any:
        answer = await api.post(path, body)
        assert answer.status in {200, 201}, (path, answer.text)
        return answer.data

    username = f"person{number}@example.com"
    user = await make("/v2/users", {"username": username, "fullName": f"Person {number}", "role": {"name": "User"}})
    seeds.add("users", user["id"], username)
    team = (await make("/v2/teams", {"name": f"team{number}", "members": [{"user": {"id": user["id"]}}]}))["id"]
    seeds.add("teams", team)
    seeds.add("members", username)
    rights = [{"right": "manage-members", "granted": True}]
    seeds.add("roles", (await make(f"/v2/teams/{team}/roles", {"name": "helper", "rights": rights}))["id"])
    routing = {"name": "rest", "notify": {"type": "none"}}
    seeds.add("routing-rules", (await make(f"/v2/teams/{team}/routing-rules", routing))["id"])
    step = {
        "condition": "if-not-acked",
        "notifyType": "default",
        "delay": {"timeAmount": 5, "timeUnit": "minutes"},
        "recipient": {"type": "user", "username": username},
    }
    seeds.add("escalations", (await make("/v2/escalations", {"name": f"Escalation {number}", "rules": [step]}))["id"])
    seeds.add("services", (await make("/v1/services", {"name": f"Service {number}", "teamId": team}))["id"])
    everyone = [{"type": "user", "username": username}, {"type": "none"}]
    rotation = {"name": "Days", "startDate": "2026-11-02T09:00:00Z", "type": "weekly", "participants": everyone}
    schedule = await make("/v2/schedules", {"name": f"Schedule {number}", "rotations": [rotation]})
    at = f"/v2/schedules/{schedule['id']}"
    seeds.add("schedules", schedule["id"])
    second = await make(f"{at}/rotations", {**rotation, "name": "Nights"})
    seeds.add("rotations", second["id"])
    times = {"startDate": "2026-11-18T08:00:00Z", "endDate": "2026-11-19T08:00:00Z"}
    override = await make(f"{at}/overrides", {"alias": "cover", "user": everyone[0], **times})
    seeds.add("overrides", override["alias"])
    alias = f"db/{number}"
    assert (await api.post("/v2/alerts", {"message": "db is down", "alias": alias, "actions": ["ping"]})).status == 202
    seeds.add("alerts", (await api.get(f"/v2/alerts/{number + 1}?identifierType=tiny")).data["id"])
    seeds.add("actions", "ping")
    policy = {"type": "auto-close", "name": "p", "enabled": True, "duration": {"timeAmount": 5}}
    seeds.add("policies", (await make("/v1/policies", policy))["id"])
    alerts = {"type": "alert", "name": "p", "enabled": True, "message": "{{message}}"}
    seeds.add("policies", (await make(f"/v2/policies?teamId={team}", alerts))["id"])
    incident = await opened(api.units, f"Outage {number}")
    seeds.add("incidents", incident.id, f"INC-{incident.number}")
    report = {"alert_group_id": incident.id, "text": "## Leadup\n\nIt broke."}
    bare = {"Authorization": api.key}
    seeds.add("postmortems", (await api.post("/api/v1/postmortems/", report, key=None, headers=bare)).body["id"])
    if number:
        other = {"username": "person0@example.com"}
        forwarding = {"fromUser": {"username": username}, "toUser": other, "alias": f"away{number}", **times}
        seeds.add("forwarding-rules", (await make("/v2/forwarding-rules", forwarding))["id"])


def with_seeds(description: dict[str, Any], seeds: Seeds) -> dict[str, Any]:
    """The description, in which a part of a path is mostly something that there is.

    Without what is not built: any status from 500 on is a fault of ours to whoever makes up requests.
    """
    for path, methods in description["paths"].items():
        parts = path.split("/")
        for method in [each for each, operation in methods.items() if "501" in operation["responses"]]:
            del methods[method]
        for operation in methods.values():
            for parameter in operation["parameters"]:
                place = next((at for at, part in enumerate(parts) if part.startswith(f"{{{parameter['name']}}}")), 0)
                if known := seeds.of.get(parts[place - 1]) if parameter["in"] == "path" else None:
                    parameter["schema"] = {"anyOf": [{"enum": known}, parameter["schema"]]}
    return description


async def fuzzed(api: Api, folder: Path, *, examples: int, phases: str) -> Outcome:
    """What schemathesis finds in that house with so many requests made up for each endpoint.

    The folder is for its files; the same requests are made each time.
    """
    description = (await api.get("/openapi.json", key=None)).body
    file = folder / "openapi.json"
    file.write_text(json.dumps(with_seeds(description, await seeded(api))))
    _write_keys(api, folder)
    asked = (f"--max-examples={examples}", f"--phases={phases}")
    others = await _run(api, file, "--exclude-method=DELETE", *asked)
    deleting = await _run(api, file, "--include-method=DELETE", *asked)  # last: what is deleted is found by nobody
    return Outcome(max(others.status, deleting.status), f"{others.text}\n{deleting.text}")


def _write_keys(api: Api, folder: Path) -> None:
    """How each vendor's clients show the key, in the file where schemathesis looks for it."""
    shown = {"key": f"GenieKey {api.key}", "bare-key": api.key, "api-key": api.key}
    lines = (f'[auth.openapi.{scheme}]\napi_key = "{text}"\n' for scheme, text in shown.items())
    (folder / "schemathesis.toml").write_text("".join(lines))


async def _run(api: Api, file: Path, *options: str) -> Outcome:
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).parent / "schemathesis",
        "run",
        str(file),
        f"--url={api.address}",
        f"--checks={','.join(CHECKS)}",
        "--generation-deterministic",
        "--suppress-health-check=all",
        "--warnings=off",
        "--no-color",
        *options,
        cwd=file.parent,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        printed, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode is not None
    return Outcome(process.returncode, printed.decode())
