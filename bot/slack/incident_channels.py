"""A channel of its own for an incident, in Slack: made once, filled with its people, and its topic kept true.

Slack does not know a repeated request: before it makes anything, a second attempt looks for what the first may have
made, by number, maker and time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.refusals import TOO_MANY, problem_of
from bot.usecases.incidents.own_channel import move_in, stay_out
from bot.usecases.unit import Units

log = structlog.get_logger(__name__)
LONGEST_NAME = 80
LONGEST_TOPIC = 250
MOST_NAMES = 9
"""That are tried before it goes without."""
MOST_INVITED = 100
MOST_PAGES = 50
PAGE = 1000
PATIENT_ATTEMPTS = 6
"""How often, some two minutes, Slack may fail to answer before the incident goes on without."""
CLOCKS_APART = timedelta(minutes=5)
"""How far Slack's clock may be behind ours."""
PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
TAKEN = "name_taken"
WRONG_NAMES = frozenset({"invalid_name", "invalid_name_specials", "invalid_name_punctuation", "invalid_name_maxlength"})
THERE_ALREADY = frozenset({"already_in_channel", "cant_invite_self"})
REASONS: Mapping[str, str] = {
    "missing_scope": "Watchbill lacks a permission. Whoever runs it installs the app anew by the manifest that "
    "`python app.py manifest` prints with INCIDENT_CHANNELS=on.",
    "restricted_action": "this workspace does not let Watchbill make channels. An admin of Slack can allow it.",
    TAKEN: "every name for it is taken.",
}
_BLANKS = re.compile(r"[^\w]+|_+")


@dataclass(frozen=True, slots=True)
class WantedChannel:
    """What an incident's channel is to be. `there` is its id in Slack, once it is made.

    `people` are names by ids in Slack. `tried_before`: an earlier attempt may have made it. `is_patient`: Slack may
    still be asked again later.
    """

    incident_id: str
    number: int
    title: str
    topic: str
    since: datetime
    people: Mapping[str, str]
    there: str | None
    tried_before: bool
    is_patient: bool


def names_of(number: int, title: str) -> tuple[str, ...]:
    """The names that a channel may have, the best first: `inc-7-checkout-down`, `inc-7-checkout-down-2`, ….

    Of the title stay letters and digits, in small letters (Slack's rule); of one that has none, nothing.
    """
    words = _BLANKS.sub("-", unicodedata.normalize("NFKC", title).lower()).strip("-")
    room = LONGEST_NAME - len(f"inc-{number}-") - len(f"-{MOST_NAMES}")
    name = f"inc-{number}-{words[:room]}".strip("-")
    return _numbered(name)


async def open_or_keep(wanted: WantedChannel, client: AsyncWebClient, units: Units) -> tuple[str, str] | None:
    """Make the channel, or bring the one that is there up to date; answers its id, and its incident's name.

    None where the incident stays without one, which its thread says.

    Raises:
        SlackApiError, ClientError, TimeoutError: Slack may do it later.
    """
    name = f"INC-{wanted.number}"
    if wanted.there:
        await _invite(wanted, wanted.there, client)
        await _set_topic(wanted, wanted.there, client)
        return wanted.there, name
    try:
        channel = await _made(wanted, client)
    except _Refused as refused:
        async with units.begin(None) as unit:
            await stay_out(unit, wanted.incident_id, refused.sentence)
        return None
    not_invited = await _invite(wanted, channel, client)
    await _set_topic(wanted, channel, client)
    async with units.begin(None) as unit:
        await move_in(unit, wanted.incident_id, channel, not_invited=not_invited)
    return channel, name


class _Refused(Exception):
    """There will be no channel; `sentence` says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.sentence = REASONS.get(problem, f"Slack refused it ({problem}).")


async def _made(wanted: WantedChannel, client: AsyncWebClient) -> str:
    """The id of its channel: of an earlier attempt, or a new one, without its title where Slack does not take that."""
    if wanted.tried_before and (ours := await _found(wanted, client)):
        return ours
    plain = _numbered(f"inc-{wanted.number}")
    channel = await _named(names_of(wanted.number, wanted.title), wanted, client) or await _named(plain, wanted, client)
    if channel is None:
        raise _Refused("invalid_name")
    return channel


async def _named(names: Sequence[str], wanted: WantedChannel, client: AsyncWebClient) -> str | None:
    """The id of a channel with the first of these names that is free; None where in them is what Slack does not take.

    The best one may be taken by ourselves: of an attempt in whose middle Slack was too busy nobody has kept a count.
    """
    for name in names:
        problem, channel = await _created(name, wanted, client)
        found = channel or (await _found(wanted, client) if problem == TAKEN and name == names[0] else None)
        if found:
            return found
        if problem in WRONG_NAMES:
            return None
    raise _Refused(TAKEN)


async def _created(name: str, wanted: WantedChannel, client: AsyncWebClient) -> tuple[str, str]:
    """The problem with that name, or the id of the channel that has it now."""
    try:
        answer = await client.conversations_create(name=name)
    except SlackApiError as error:
        problem = problem_of(error)
        if problem == TAKEN or problem in WRONG_NAMES:
            return problem, ""
        raise _judged(error, wanted) from error
    except (ClientError, TimeoutError) as error:
        raise _judged(error, wanted) from error
    return "", str(answer["channel"]["id"])


async def _found(wanted: WantedChannel, client: AsyncWebClient) -> str | None:
    """The channel that an earlier attempt made: of its number, by us, since the incident was declared."""
    number = f"inc-{wanted.number}"
    since = (wanted.since - CLOCKS_APART).timestamp()
    try:
        ourselves = (await client.auth_test())["user_id"]
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await client.conversations_list(
                types="public_channel", exclude_archived=True, limit=PAGE, **({"cursor": cursor} if cursor else {})
            )
            for each in page["channels"]:
                is_its_own = each["name"] == number or each["name"].startswith(f"{number}-")
                if is_its_own and each.get("creator") == ourselves and each.get("created", 0) >= since:
                    return str(each["id"])
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
    except (SlackApiError, ClientError, TimeoutError) as error:
        raise _judged(error, wanted) from error
    return None


async def _invite(wanted: WantedChannel, channel: str, client: AsyncWebClient) -> list[str]:
    """Put its people into it; answers the names of those whom Slack did not let in."""
    users = list(wanted.people)[:MOST_INVITED]
    if not users:
        return []
    missed = await _carried_out(
        lambda: client.conversations_invite(channel=channel, users=users, force=True), wanted, all_=users
    )
    return [wanted.people[each] for each in missed if each in wanted.people]


async def _set_topic(wanted: WantedChannel, channel: str, client: AsyncWebClient) -> None:
    await _carried_out(
        lambda: client.conversations_setTopic(channel=channel, topic=wanted.topic[:LONGEST_TOPIC]), wanted, all_=[]
    )


async def _carried_out(call: Callable[[], Awaitable[Any]], wanted: WantedChannel, *, all_: Sequence[str]) -> list[str]:
    """Ask for what the channel can do without; answers which of `all_` it was refused for."""
    try:
        answer = (await call()).data
    except SlackApiError as error:
        problem = problem_of(error)
        if _is_passing(problem) and wanted.is_patient:
            raise
        log.info("incident's channel not quite as it should be", problem=problem, incident=wanted.number)
        said = getattr(error.response, "data", None)
        answer = said if isinstance(said, dict) and said.get("errors") else {"errors": _each(all_, problem)}
    except (ClientError, TimeoutError):
        if wanted.is_patient:
            raise
        answer = {"errors": _each(all_, "no answer")}
    return [each["user"] for each in answer.get("errors", ()) if each.get("error") not in THERE_ALREADY]


def _judged(error: Exception, wanted: WantedChannel) -> Exception:
    """What to raise for a failure: itself where trying again may help, else that there will be no channel."""
    if not isinstance(error, SlackApiError):
        return error if wanted.is_patient else _Refused("no answer")
    problem = problem_of(error)
    return error if _is_passing(problem) and (wanted.is_patient or problem in TOO_MANY) else _Refused(problem)


def _is_passing(problem: str) -> bool:
    return problem in PASSING | TOO_MANY or problem.startswith("HTTP ")


def _each(users: Sequence[str], problem: str) -> list[dict[str, str]]:
    return [{"user": user, "error": problem} for user in users]


def _numbered(name: str) -> tuple[str, ...]:
    return (name, *(f"{name}-{number}" for number in range(2, MOST_NAMES + 1)))
