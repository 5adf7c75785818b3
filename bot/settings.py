"""Every setting, typed, read from the environment once at start. Nothing else reads the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from bot.errors import Misconfigured
from bot.vocabulary import Domain, RateLimit

SLACK_API = "https://slack.com/api/"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
RATE_LIMITS = (
    RateLimit(Domain.CONFIGURATION, requests=100, seconds=60),
    RateLimit(Domain.ON_CALL, requests=200, seconds=60),
    RateLimit(Domain.SEARCH, requests=60, seconds=60),
    RateLimit(Domain.INCIDENT, requests=100, seconds=60),
    RateLimit(Domain.ALERT, requests=3000, seconds=60),
)
"""Enough for a person's scripts and for Terraform at its own pace; a loop without a pause meets them. Of alerts a storm
is taken: a thousand in a minute by one key, each with what is asked and done about it.
"""
UNLIMITED = "off"
LIMIT_FORM = re.compile(r"([a-z-]+)=(?:([1-9][0-9]{0,8})/([1-9][0-9]{0,4})|off)", re.ASCII)

CHANNEL_FORM = re.compile(r"[CG][A-Z0-9]{2,20}", re.ASCII)
EMOJI_FORM = re.compile(r"[a-z0-9_+'-]{1,100}", re.ASCII)


class Settings(BaseModel):
    """What the operator decides; each field is the environment variable of the same name in capitals."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    slack_bot_token: str = Field(default="", description="bot token; without one the playground starts")
    slack_app_token: str = Field(default="", description="app-level token: Socket Mode, no public address needed")
    slack_signing_secret: str = Field(default="", description="needed for HTTP mode, `POST /slack/events`")
    slack_api_url: str = Field(default=SLACK_API, description="where Slack's Web API is")
    database_url: str = Field(default="", description="SQLAlchemy URL, `sqlite:///` or `postgresql://`")
    host: str = Field(default="127.0.0.1", description="where it listens")
    port: int = Field(default=3000, ge=0, le=65535, description="where it listens")
    public_url: str = Field(default="", description="its address as others see it, for links in messages")
    admins: Annotated[frozenset[str], Field(description="Slack user ids or e-mails, with commas")] = frozenset()
    self_approval: bool = Field(default=False, description="an owner's own approval counts")
    review_approvals: Literal["all"] | int = Field(default="all", description="approvals a publication needs")
    postmortem_due_days: int = Field(default=5, ge=0, le=365, description="working days until a draft is due")
    nudge_hour: int = Field(default=10, ge=0, le=23, description="hour of a person's morning message")
    rate_limits: tuple[RateLimit, ...] = Field(
        default=RATE_LIMITS, description="requests a key may make: `domain=requests/seconds`, with commas; or `off`"
    )
    templates: Mapping[str, Annotated[str, StringConstraints(strip_whitespace=False)]] = Field(
        default={}, description="a folder: each `*.md` in it is a template of that name"
    )

    alerts_channel: str = Field(
        default="", description="Slack's id of the channel for alerts whose schedules belong to none"
    )

    page_minutes: int = Field(
        default=5,
        ge=1,
        le=60,
        description="a page that nobody has answered by then is brought to whoever is next on call",
    )

    history: bool = Field(default=False, description="reads marked messages and whole threads; needs more scopes")
    history_emoji: str = Field(default="memo", description="with HISTORY: the emoji that adds a message to a timeline")
    incident_channels: bool = Field(
        default=False, description="an incident may have a channel of its own; needs more scopes"
    )

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            frozenset(part.strip().lower() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("review_approvals", mode="before")
    @classmethod
    def _count(cls, value: object) -> object:
        if isinstance(value, str) and value.strip().lower() != "all":
            if not value.strip().isdigit() or int(value) < 1:
                raise ValueError("must be `all` or a number of at least 1")
            return int(value)
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("rate_limits", mode="before")
    @classmethod
    def _limits(cls, value: object) -> object:
        return read_rate_limits(value) if isinstance(value, str) else value

    @field_validator("templates", mode="before")
    @classmethod
    def _files(cls, value: object) -> object:
        return read_folder(Path(value)) if isinstance(value, str) else value

    @field_validator("history_emoji")
    @classmethod
    def _emoji(cls, value: str) -> str:
        name = value.strip(":").lower()
        if not EMOJI_FORM.fullmatch(name):
            raise ValueError("must be the name of an emoji, such as memo")
        return name

    @field_validator("alerts_channel")
    @classmethod
    def _channel(cls, value: str) -> str:
        if value and not CHANNEL_FORM.fullmatch(value):
            raise ValueError("must be the id of a channel, such as C0123ABCD: it is at the end of “About” in Slack")
        return value

    @field_validator("slack_api_url", "public_url")
    @classmethod
    def _http_url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must be an address that begins with http:// or https://")
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: str) -> str:
        if value and not value.startswith("xoxb-"):
            raise ValueError("must be a bot token, which begins with xoxb-")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, value: str) -> str:
        if value and not value.startswith("xapp-"):
            raise ValueError("must be an app-level token, which begins with xapp-")
        return value

    @model_validator(mode="after")
    def _way_in(self) -> Settings:
        if self.slack_bot_token and not (self.slack_app_token or self.slack_signing_secret):
            raise ValueError("SLACK_SIGNING_SECRET must not be empty without SLACK_APP_TOKEN")
        if not self.slack_bot_token and (self.slack_app_token or self.slack_signing_secret):
            raise ValueError("SLACK_BOT_TOKEN must be set when SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is")
        return self

    @property
    def is_playground(self) -> bool:
        """No tokens: every command means the playground and its database."""
        return not self.slack_bot_token

    @property
    def database(self) -> str:
        """The database's URL, with the default that fits the mode."""
        return self.database_url or ("sqlite:///playground.db" if self.is_playground else "sqlite:///watchbill.db")

    @property
    def own_address(self) -> str:
        """Where it listens, as a URL without a slash at the end."""
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """Its own address for links in messages."""
        return self.public_url.rstrip("/") or self.own_address

    def without_tokens(self) -> Settings:
        """The same for the playground, which has a workspace and a database of its own."""
        return self.model_copy(update={"slack_bot_token": "", "slack_app_token": "", "slack_signing_secret": ""})


def read_rate_limits(text: str) -> tuple[RateLimit, ...]:
    """The limits in words such as `configuration=100/60,search=off`: a domain that is not named keeps its default.

    `off` alone means no limit at all.

    Raises:
        ValueError: a part is no domain with its limit, or a domain stands there twice.
    """
    if text.strip().lower() == UNLIMITED:
        return ()
    named: dict[str, RateLimit | None] = {}
    for part in (each.strip().lower() for each in text.split(",") if each.strip()):
        form = LIMIT_FORM.fullmatch(part)
        if form is None or form[1] not in set(Domain) or form[1] in named:
            domains = ", ".join(Domain)
            raise ValueError(f"must be `off`, or limits such as configuration=100/60 for each of: {domains}")
        limit = RateLimit(Domain(form[1]), requests=int(form[2]), seconds=int(form[3])) if form[2] else None
        named[form[1]] = limit
    given = (named.get(limit.domain, limit) for limit in RATE_LIMITS)
    return tuple(limit for limit in given if limit)


def read_folder(folder: Path) -> dict[str, str]:
    """What the Markdown files in a folder say, by their names without the ending; hidden ones are left out.

    Raises:
        ValueError: there is no such folder, or a file in it is not text.
    """
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder}")
    files = (file for file in sorted(folder.glob("*.md")) if file.is_file() and not file.name.startswith("."))
    return {file.stem: _text_of(file) for file in files}


def _text_of(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{file.name} is not UTF-8 text") from error
    except OSError as error:
        raise ValueError(f"{file.name} cannot be read: {error.strerror}") from error
    if "\x00" in text:
        raise ValueError(f"{file.name} is not UTF-8 text")
    return text


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment; empty variables count as not set, save an empty signing secret.

    Raises:
        Misconfigured: one line that names the first wrong setting.
    """
    given = {name: environment[name.upper()] for name in Settings.model_fields if environment.get(name.upper(), "")}
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        sentence = first["msg"].removeprefix("Value error, ")
        where = str(first["loc"][0]).upper() if first["loc"] else ""
        raise Misconfigured(f"{where}: {sentence}" if where else sentence) from error
    return settings
