"""Faults that an operator heals: nothing is given up, it waits, and says so loudly."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.usecases.messages import MessageKind
from storage.models import DeliveryState
from tests.slack.sending.post import INCIDENTS, RAJ, Post, counted

OF_OUR_TOKEN = ("account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_revoked")


@pytest.mark.parametrize("problem", OF_OUR_TOKEN)
async def test_what_an_operator_heals_is_told_once_healed(post: Post, problem: str) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind=problem, times=1000)
    before = counted(MessageKind.CARD, problem)
    await post.created()
    with capture_logs() as logs:
        await post.send()
        for _ in range(40):
            await post.wait(minutes=15)
    row = await post.row(MessageKind.CARD)
    assert (row.state, row.failure) == (DeliveryState.DUE, problem)
    errors = {(each["event"], each["problem"]) for each in logs if each["log_level"] == "error"}
    assert errors == {("Slack refuses our token", problem)}
    assert counted(MessageKind.CARD, problem) > before + 40
    post.workspace.faults.clear()
    await post.wait(minutes=15)
    assert len(post.messages(INCIDENTS)) == 1


async def test_the_waits_for_an_operator_grow_to_a_quarter_of_an_hour(post: Post) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind="token_revoked", times=1000)
    await post.created()
    await post.send()
    for minutes in (1, 2, 4, 8, 15, 15):
        calls = post.calls("chat.postMessage")
        await post.wait(minutes=minutes, seconds=-1)
        assert post.calls("chat.postMessage") == calls
        await post.wait(seconds=1)
        assert post.calls("chat.postMessage") == calls + 1


async def test_what_waited_for_an_operator_comes_in_order_once_healed(post: Post) -> None:
    post.workspace.faults.add(method="chat.postMessage", kind="missing_scope", times=3)
    number = await post.created()
    await post.submitted(number)
    await post.send()
    await post.wait(minutes=5)
    await post.wait(minutes=15)
    (card,) = post.messages(INCIDENTS)
    assert post.thread(card) == ["Ana asked Raj for a review."]
    assert len(post.messages(RAJ)) == 1
    assert {row.state for row in await post.rows(MessageKind.HISTORY)} == {DeliveryState.SENT}
