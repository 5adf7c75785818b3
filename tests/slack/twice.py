"""Slack sending everything twice, as it does when it misses an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.playground.delivery.acks import Ack, Carrier, Envelope, Retry
from tests.slack.conftest import Town


class Twice:
    """Carries every payload twice at once, as Slack does when it misses an answer."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self.answers: list[Ack] = []

    @property
    def attached(self) -> bool:
        return self._carrier.attached

    async def carry(self, envelope: Envelope, payload: dict[str, Any], *, retry: Retry | None = None) -> Ack:
        both = [self._carrier.carry(envelope, payload, retry=retry) for _ in range(2)]
        self.answers = list(await asyncio.gather(*both))
        return self.answers[0]

    async def close(self) -> None:
        await self._carrier.close()


@contextmanager
def everything_twice(town: Town) -> Iterator[Twice]:
    """What people do in the block reaches the bot twice at once; the carrier tells how each was answered."""
    line = town.workspace.line
    assert line
    carrier = line.carrier
    line.carrier = twice = Twice(carrier)
    yield twice
    line.carrier = carrier
