"""The workspace: everything this Slack knows, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.playground.channels import Channel, ChannelKind
from bot.playground.clock import WorkspaceClock
from bot.playground.elements import holders, within
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.ids import Mint
from bot.playground.manifest import Manifest
from bot.playground.messages import Messages
from bot.playground.one_shots import ResponseUrls, Triggers
from bot.playground.people import Person
from bot.playground.pings import Ping
from bot.playground.rate_limits import RateLimits
from bot.playground.records import ApiCall, Violation, ViolationKind
from bot.playground.rendering import Reader
from bot.playground.screens import Appearance, Kind, Screen
from bot.playground.views import Views

if TYPE_CHECKING:
    from bot.playground.delivery.line import Line
    from bot.playground.hands import Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The workspace's own name and id."""

    id: str = "T01PLAYGROUND"
    name: str = "Playground"
    domain: str = "playground"


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The bot under test, as Slack knows it, and the secrets it was given."""

    id: str = "A01WATCHBILL"
    name: str = "Watchbill"
    description: str = ""
    user_id: str = "U01WATCHBILL"
    bot_id: str = "B01WATCHBILL"
    bot_token: str = "xoxb-playground"  # noqa: S105 - opens nothing but a workspace on loopback
    app_token: str = "xapp-playground"  # noqa: S105 - opens nothing but a workspace on loopback
    signing_secret: str = "playground-signing-secret"  # noqa: S105 - opens nothing but a workspace on loopback
    verification_token: str = "playground-verification"  # noqa: S105 - opens nothing but a workspace on loopback

    @classmethod
    def with_own_secrets(cls, *, name: str, description: str) -> App:
        """An app whose secrets nobody can know beforehand."""
        return cls(
            name=name,
            description=description,
            bot_token=f"xoxb-{token_urlsafe()}",
            app_token=f"xapp-{token_urlsafe()}",
            signing_secret=token_urlsafe(),
            verification_token=token_urlsafe(),
        )


@dataclass(slots=True, kw_only=True)
class UserGroup:
    """A user group such as @payments-oncall."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)


class Workspace:
    """People, channels, messages, views and what is written down about the bot.

    `violations` lists what Slack would not forgive, `calls` every Web API call, `pings` every mention that was made,
    `used_scopes` and `used_methods` what the bot made use of. `granted_scopes` are all that the manifest asks for,
    optional ones too, until they are set to what an admin allowed. `line` is how the bot is reached and `base_url`
    where the workspace is served; a Playground sets both.
    """

    def __init__(
        self,
        *,
        clock: WorkspaceClock,
        manifest: Manifest,
        people: Iterable[Person] = (),
        channels: Iterable[Channel] = (),
        groups: Iterable[UserGroup] = (),
        team: Team | None = None,
        app: App | None = None,
    ) -> None:
        self.clock = clock
        self.manifest = manifest
        self.granted_scopes = manifest.scopes | manifest.optional_scopes
        self.team = team or Team()
        self.app = app or App(name=manifest.name, description=manifest.description)
        self.people = {person.id: person for person in people}
        self.people.setdefault(self.app.user_id, _bot_user(self.app, manifest.display_name))
        self.channels = {channel.id: channel for channel in channels}
        self.groups = {group.id: group for group in groups}
        self.mint = Mint()
        self.messages = Messages()
        self.files = Files(self.mint)
        self.views = Views()
        self.triggers = Triggers(clock, self.mint)
        self.response_urls = ResponseUrls(clock, self.mint)
        self.faults = Faults()
        self.rate_limits = RateLimits(clock)
        self.violations: list[Violation] = []
        self.calls: list[ApiCall] = []
        self.pings: list[Ping] = []
        self.used_scopes: set[str] = set()
        self.used_methods: set[str] = set()
        self.line: Line | None = None
        self.base_url = ""
        self._screens: dict[str, Screen] = {}
        self._hands: dict[str, Hands] = {}
        self._on_change: list[Callable[[], None]] = []

    @property
    def bot_pings(self) -> list[Ping]:
        """The mentions that the bot made; `pings` has those of people too."""
        return [ping for ping in self.pings if ping.by == self.app.user_id]

    def person(self, user_id: str) -> Hands:
        """What that person can do. KeyError when there is no such person."""
        from bot.playground.hands import Hands

        if user_id not in self._hands:
            self._hands[user_id] = Hands(self, self.people[user_id])
        return self._hands[user_id]

    def screen(self, user_id: str) -> Screen:
        """What that person has in front of them."""
        return self._screens.setdefault(user_id, Screen(user_id))

    def dm(self, user_id: str) -> Channel:
        """The app's direct messages with that person; made when first asked for."""
        for channel in self.channels.values():
            if channel.kind is ChannelKind.DM and channel.user == user_id:
                return channel
        channel = Channel(
            id=self.mint.next("D"),
            name="",
            kind=ChannelKind.DM,
            user=user_id,
            members={user_id, self.app.user_id},
            created=int(self.clock.time()),
        )
        self.channels[channel.id] = channel
        self.broadcast(Kind.CHANNELS)
        self.changed()
        return channel

    def channels_of(self, user_id: str) -> list[Channel]:
        """The conversations on that person's side bar, in the order they were made."""
        return [channel for channel in self.channels.values() if user_id in channel.members]

    def audience(self, channel: Channel) -> list[str]:
        """Who sees a message in that channel: its members who are people and still here."""
        return [
            member
            for member in sorted(channel.members)
            if (person := self.people.get(member)) and not person.is_bot and not person.deleted
        ]

    def reader(self, user_id: str) -> Reader:
        """How text reads for that person."""
        person = self.people.get(user_id)
        return Reader(
            people={each.id: each.shown_name for each in self.people.values()},
            channels={each.id: each.name for each in self.channels.values()},
            zone=ZoneInfo((person.tz if person else None) or "UTC"),
        )

    def emit(self, event: dict[str, Any]) -> None:
        """Let the bot hear of something, if it is there and subscribed to it."""
        if self.line is not None:
            self.line.events.emit(event)

    def violate(self, kind: ViolationKind, text: str) -> None:
        """Write down something Slack would not forgive, and show it on every screen that is open."""
        self.violations.append(Violation(kind, text, self.clock.time()))
        for screen in self._screens.values():
            screen.show(Appearance(kind=Kind.VIOLATION, text=f"{kind}: {text}"))

    def broadcast(self, kind: Kind) -> None:
        """Tell every open screen that the clock or the channels changed."""
        for screen in self._screens.values():
            screen.show(Appearance(kind=kind))

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have a callback called whenever something worth keeping changed."""
        self._on_change.append(listener)

    def changed(self) -> None:
        """Say that something worth keeping changed."""
        for listener in self._on_change:
            listener()

    def with_ids(
        self, blocks: Iterable[dict[str, Any]], *, before: Iterable[dict[str, Any]] = ()
    ) -> list[dict[str, Any]]:
        """The blocks with the block_ids and action_ids that Slack makes up where the bot gave none; the argument is
        left as it is.

        A block that stood among those `before` keeps its made-up id: what a person is about to press stays the same.
        """
        named, known = deepcopy(list(blocks)), list(before)
        for block in named:
            same = next((each for each in known if _is_like(block, each)), None)
            if same is not None:
                block["block_id"] = same["block_id"]
                known.remove(same)
        self._name(named)
        return named

    def _name(self, blocks: Iterable[dict[str, Any]]) -> None:
        for block in blocks:
            if "block_id" not in block:
                block["block_id"] = self.mint.next("b")
            for element in holders(block):
                if "action_id" not in element:
                    element["action_id"] = self.mint.next("a")
            self._name(within(block))


def _is_like(block: dict[str, Any], older: dict[str, Any]) -> bool:
    """Whether a block without an id is the same as an older one, which has been given one."""
    return "block_id" not in block and {**block, "block_id": older["block_id"]} == older


def _bot_user(app: App, display_name: str) -> Person:
    name = (display_name or app.name).lower().replace(" ", "-")
    return Person(id=app.user_id, name=name, real_name=app.name, bot_id=app.bot_id)
