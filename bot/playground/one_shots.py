"""What Slack hands out for a short while: trigger ids and response urls."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.clock import WorkspaceClock
from bot.playground.ids import Mint

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


class Refusal(Exception):
    """Slack says no: the error's name, and what else the answer carries."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra

    def __str__(self) -> str:
        metadata = self.extra.get("response_metadata")
        messages = metadata.get("messages", []) if isinstance(metadata, dict) else []
        return " ".join([self.error, *map(str, messages)])


@dataclass(slots=True)
class Trigger:
    """Leave to open a view on that person's screen, until then, once."""

    user: str
    made_at: float
    used: bool = False


class Triggers:
    """Trigger ids: good for three seconds of the workspace's clock, and for one view."""

    def __init__(self, clock: WorkspaceClock, mint: Mint) -> None:
        self._clock = clock
        self._mint = mint
        self._made: dict[str, Trigger] = {}

    def make(self, user: str) -> str:
        """A fresh trigger id for something that person just did."""
        trigger_id = f"{int(self._clock.time())}.{self._mint.next('Tr')}"
        self._made[trigger_id] = Trigger(user, self._clock.time())
        return trigger_id

    def check(self, trigger_id: object) -> Trigger:
        """The trigger, still unused. Refusal: invalid_trigger_id, exchanged_trigger_id, expired_trigger_id."""
        trigger = self._made.get(trigger_id) if isinstance(trigger_id, str) else None
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self._clock.time() - trigger.made_at > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        return trigger


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """Where the answers to one interaction go: who acted, where, and on which message (its `ts`) if on one."""

    user: str
    channel: str
    made_at: float
    message_ts: str | None = None
    thread_ts: str | None = None
    command_echo: str | None = None
    uses: int = 0


class ResponseUrls:
    """Response urls by their last path segment: five answers within thirty minutes."""

    def __init__(self, clock: WorkspaceClock, mint: Mint) -> None:
        self._clock = clock
        self._mint = mint
        self._made: dict[str, ResponseUrl] = {}

    def make(
        self,
        *,
        user: str,
        channel: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
        command_echo: str | None = None,
    ) -> str:
        """The id of a fresh response url."""
        url_id = self._mint.next("R")
        self._made[url_id] = ResponseUrl(
            user=user,
            channel=channel,
            made_at=self._clock.time(),
            message_ts=message_ts,
            thread_ts=thread_ts,
            command_echo=command_echo,
        )
        return url_id

    def check(self, url_id: str) -> ResponseUrl:
        """The response url, with a use left. Refusal: expired_url (also for one never made), used_url."""
        url = self._made.get(url_id)
        if url is None or self._clock.time() - url.made_at > RESPONSE_SECONDS:
            raise Refusal("expired_url")
        if url.uses >= RESPONSE_USES:
            raise Refusal("used_url")
        return url
