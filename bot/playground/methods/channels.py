"""conversations.*: channels as they are made, named and filled with people."""

from __future__ import annotations

from bot.playground.administration import invite
from bot.playground.channels import Channel, ChannelKind, channel_object
from bot.playground.methods.call import Answer, Call, bad_argument, method
from bot.playground.one_shots import Refusal
from bot.playground.screens import Kind

LONGEST_NAME = 80
LONGEST_TOPIC = 250
MOST_INVITED = 100


def _create(call: Call) -> Answer:
    name, workspace = call.text("name"), call.workspace
    _check_name(name)
    if any(each.name == name for each in workspace.channels.values()):
        raise Refusal("name_taken")
    bot = workspace.app.user_id
    channel = Channel(
        id=workspace.mint.next("C"),
        name=name,
        kind=ChannelKind.PRIVATE if call.flag("is_private") else ChannelKind.PUBLIC,
        members={bot},
        created=int(workspace.clock.time()),
        creator=bot,
    )
    workspace.channels[channel.id] = channel
    workspace.broadcast(Kind.CHANNELS)
    workspace.changed()
    return {"channel": channel_object(channel, bot_user_id=bot)}


def _check_name(name: str) -> None:
    if not name:
        raise Refusal("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise Refusal("invalid_name_maxlength")
    if not all(each in "-_" or (each.isalnum() and each == each.lower()) for each in name):
        raise Refusal("invalid_name_specials")
    if not name.strip("-_"):
        raise Refusal("invalid_name_punctuation")


def _invite(call: Call) -> Answer:
    channel = _own(call)
    users = [each for each in (part.strip() for part in call.text("users").split(",")) if each]
    if not users:
        raise Refusal("no_user")
    if len(users) > MOST_INVITED:
        raise bad_argument(f"no more than {MOST_INVITED} items allowed", "/users")
    wrong = {user: problem for user in users if (problem := _why_not(call, channel, user))}
    errors = [{"user": user, "ok": False, "error": problem} for user, problem in wrong.items()]
    welcome = [user for user in users if user not in wrong]
    if wrong and not (call.flag("force") and welcome):
        raise Refusal(next(iter(wrong.values())), errors=errors)
    for user in welcome:
        invite(call.workspace, channel.id, user)
    answer: Answer = {"channel": channel_object(channel, bot_user_id=call.workspace.app.user_id)}
    return answer | {"errors": errors} if errors else answer


def _why_not(call: Call, channel: Channel, user: str) -> str | None:
    """Why this user cannot be invited there, in Slack's word."""
    person = call.workspace.people.get(user)
    if person is None:
        return "user_not_found"
    if user == call.workspace.app.user_id:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    if person.deleted:
        return "cant_invite"
    return "user_is_restricted" if person.is_restricted or person.is_ultra_restricted else None


def _set_topic(call: Call) -> Answer:
    channel = _own(call)
    if "topic" not in call.args:
        raise bad_argument("missing required field: topic", "/topic")
    if len(call.text("topic")) > LONGEST_TOPIC:
        raise Refusal("too_long")
    channel.topic = call.text("topic")
    call.workspace.broadcast(Kind.CHANNELS)
    call.workspace.changed()
    return {"channel": channel_object(channel, bot_user_id=call.workspace.app.user_id)}


def _own(call: Call) -> Channel:
    """The channel that is meant, in which the bot is. Refusal: why nothing can be changed there."""
    channel = call.channel()
    if channel.kind is ChannelKind.DM:
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    if call.workspace.app.user_id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


METHODS = (
    method("conversations.create", _create, "name", "is_private"),
    method("conversations.invite", _invite, "channel", "users", "force"),
    method("conversations.setTopic", _set_topic, "channel", "topic"),
)
