"""Who comes in: the key of a request, its shape, its rights, and its end."""

from __future__ import annotations

import pytest

from bot.usecases.keys.revoke import revoke
from bot.vocabulary import Right
from tests.api.conftest import Api

NOBODYS = "0a5f1c1e-8f0b-4f43-9d55-0d1c8a2b7f11"
SOMETHING = "/v2/schedules/nothing"


async def test_a_key_that_counts_is_let_in(api: Api) -> None:
    answer = await api.get(SOMETHING)
    assert (answer.status, answer.body["message"]) == (404, "No schedule exists with id [nothing].")
    assert isinstance(answer.body["took"], float)


@pytest.mark.parametrize(
    ("header", "status", "message"),
    [
        ("", 401, "Could not authenticate"),
        ("GenieKey ", 401, "Could not authenticate"),
        (f"Bearer {NOBODYS}", 401, "Could not authenticate"),
        (f"GenieKey {NOBODYS}", 401, "Could not authenticate"),
        ("GenieKey not-a-key", 422, "Key format is not valid!"),
        (f"GenieKey {{{NOBODYS}}}", 422, "Key format is not valid!"),
    ],
)
async def test_anything_else_is_not(api: Api, header: str, status: int, message: str) -> None:
    answer = await api.get(SOMETHING, key=None, headers={"Authorization": header} if header else {})
    assert (answer.status, answer.body["message"]) == (status, message)
    assert answer.body["requestId"] == answer.headers["X-Request-Id"]


async def test_a_right_too_few_is_named(api: Api) -> None:
    key = await api.make_key(Right.READ)
    answer = await api.get(SOMETHING, key=key)
    assert (answer.status, answer.body["code"]) == (403, 40301)
    assert "configure" in answer.body["message"]


async def test_a_revoked_key_opens_nothing_from_the_next_request_on(api: Api) -> None:
    key = await api.make_key(Right.READ, Right.CONFIGURE)
    assert (await api.get(SOMETHING, key=key)).status == 404
    async with api.units.begin(None) as unit:
        await revoke(unit, "a test")
    assert (await api.get(SOMETHING, key=key)).status == 401
