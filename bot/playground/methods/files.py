"""files.*: uploading in the two calls that Slack has kept."""

from __future__ import annotations

from bot.playground.methods.call import Answer, Call, bad_argument, method
from bot.playground.one_shots import Refusal


def _get_upload_url(call: Call) -> Answer:
    name, length = call.required("filename"), call.number("length", 0)
    if length < 1:
        raise bad_argument("must be at least 1: length", "/length")
    file = call.workspace.files.announce(name, length)
    return {"upload_url": f"{call.workspace.base_url}/upload/{file.id}", "file_id": file.id}


def _complete_upload(call: Call) -> Answer:
    """Without a channel the file is the bot's own, for blocks to show; sharing by this call the stand-in has not."""
    listed = call.structure("files")
    if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
        raise bad_argument("missing required field: files", "/files")
    if any("id" not in each for each in listed):
        raise Refusal("file_not_found")
    files = [call.workspace.files.complete(str(each["id"]), str(each.get("title") or "")) for each in listed]
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


METHODS = (
    method("files.getUploadURLExternal", _get_upload_url, "filename", "length", "alt_txt", "snippet_type"),
    method("files.completeUploadExternal", _complete_upload, "files"),
)
