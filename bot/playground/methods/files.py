"""files.*: uploading in the two calls that Slack has kept."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground import posting
from bot.playground.channels import Channel
from bot.playground.files import File
from bot.playground.methods.call import Answer, Call, bad_argument, method
from bot.playground.one_shots import Refusal


def _get_upload_url(call: Call) -> Answer:
    name, length = call.required("filename"), call.number("length", 0)
    if length < 1:
        raise bad_argument("must be at least 1: length", "/length")
    file = call.workspace.files.announce(name, length)
    return {"upload_url": f"{call.workspace.base_url}/upload/{file.id}", "file_id": file.id}


def _complete_upload(call: Call) -> Answer:
    """Without a channel the file is the bot's own, for blocks to show; with one the bot posts it there, by its name."""
    listed = call.structure("files")
    if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
        raise bad_argument("missing required field: files", "/files")
    if any("id" not in each for each in listed):
        raise Refusal("file_not_found")
    channel = call.channel("channel_id") if call.text("channel_id") else None
    if channel is not None and call.workspace.app.user_id not in channel.members:
        raise Refusal("not_in_channel")
    files = [call.workspace.files.complete(str(each["id"]), str(each.get("title") or "")) for each in listed]
    if channel is not None:
        _post(call, channel, files)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def _post(call: Call, channel: Channel, files: Sequence[File]) -> None:
    """The message in which the files come; what is in them is shown as text, which is what the stand-in can."""
    shown = [f"{file.title}\n```{file.content.decode('utf-8-sig', 'replace')}```" for file in files]
    text = "\n".join([call.text("initial_comment"), *shown]).strip()
    posting.post(call.workspace, channel, user=call.workspace.app.user_id, text=text, blocks=[])


METHODS = (
    method("files.getUploadURLExternal", _get_upload_url, "filename", "length", "alt_txt", "snippet_type"),
    method("files.completeUploadExternal", _complete_upload, "files", "channel_id", "initial_comment"),
)
