"""Uploads, as Slack takes them: announced, sent, completed, and only then shown."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.manifest import Manifest
from bot.playground.records import ViolationKind
from bot.playground.server import Playground
from bot.playground.workspace import Workspace
from tests.playground.conftest import MANIFEST

PNG = b"\x89PNG and what follows"
GENERAL = "C01GENERAL"


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """An app that may upload."""
    workspace.manifest = Manifest.read(MANIFEST.replace("commands, ", 'commands, "files:write", '))
    workspace.granted_scopes = workspace.manifest.scopes
    return workspace


def _image(file_id: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "who is on call"}]


async def _announced(client: AsyncWebClient, length: int = len(PNG)) -> tuple[str, str]:
    answer = await client.files_getUploadURLExternal(filename="week.png", length=length)
    return answer["file_id"], answer["upload_url"]


async def _sent(url: str, content: bytes = PNG) -> tuple[int, str]:
    async with ClientSession() as session, session.post(url, data=content) as answer:
        return answer.status, await answer.text()


async def _refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_an_uploaded_picture_can_be_shown_and_is_on_the_page(
    client: AsyncWebClient, workspace: Workspace, playground: Playground
) -> None:
    file_id, url = await _announced(client)
    assert await _sent(url) == (200, f"OK - {len(PNG)}")
    done = await client.files_completeUploadExternal(files=[{"id": file_id, "title": "The week"}])
    assert done["files"] == [{"id": file_id, "title": "The week"}]
    await client.chat_postMessage(channel=GENERAL, text="The week", blocks=_image(file_id))
    async with ClientSession() as session, session.get(f"{playground.base_url}/page/files/{file_id}") as answer:
        assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", PNG)
    assert workspace.used_scopes == {"files:write", "chat:write"}
    assert workspace.violations == []


async def test_the_sdks_own_three_calls_in_one_are_taken(client: AsyncWebClient, workspace: Workspace) -> None:
    answer = await client.files_upload_v2(content=PNG, filename="week.png", title="The week")
    file = workspace.files.find(answer["file"]["id"])
    assert file is not None and (file.content, file.title) == (PNG, "The week")


async def test_what_was_not_sent_whole_is_no_file(client: AsyncWebClient) -> None:
    file_id, url = await _announced(client)
    assert await _refused(client.files_completeUploadExternal(files=[{"id": file_id}])) == "file_not_found"
    assert (await _sent(url, PNG[:-1]))[0] == 400
    assert (await _sent(url))[0] == 200
    assert (await _sent(url))[0] == 404, "once"
    assert (await _sent(url.replace(file_id, "F0P0000009")))[0] == 404
    assert await _refused(client.files_completeUploadExternal(files=[{"id": "F0P0000009"}])) == "file_not_found"
    assert await _refused(client.api_call("files.completeUploadExternal", json={"files": []})) == "invalid_arguments"
    assert await _refused(client.files_getUploadURLExternal(filename="week.png", length=0)) == "invalid_arguments"


async def test_only_pictures_that_are_there_are_shown(client: AsyncWebClient, workspace: Workspace) -> None:
    unfinished, _ = await _announced(client)
    text_id, url = await _announced(client, length=4)
    await _sent(url, b"text")
    await client.files_completeUploadExternal(files=[{"id": text_id}])
    for file_id in (unfinished, text_id, "F0P0000009"):
        shown = client.chat_postMessage(channel=GENERAL, text="The week", blocks=_image(file_id))
        assert await _refused(shown) == "invalid_blocks"
    kinds = {each.kind for each in workspace.violations}
    assert kinds == {ViolationKind.INVALID_BLOCKS}


async def test_a_new_picture_is_refused_until_slack_has_looked_it_through(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    workspace.files.looks = 1
    file_id, url = await _announced(client)
    await _sent(url)
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=GENERAL, text="The week", blocks=_image(file_id))
    assert caught.value.response["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    assert (await client.chat_postMessage(channel=GENERAL, text="The week", blocks=_image(file_id)))["ok"]
    assert workspace.violations == [], "nobody can know beforehand"


async def test_without_the_scope_nothing_is_uploaded(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.granted_scopes = frozenset({"chat:write"})
    with pytest.raises(SlackApiError) as caught:
        await client.files_getUploadURLExternal(filename="week.png", length=4)
    assert (caught.value.response["error"], caught.value.response["needed"]) == ("missing_scope", "files:write")
