"""Every setting is read once, and a mistake in it is one line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.settings import Settings, read_settings
from storage.database import Database

HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}

MISTAKES: dict[str, dict[str, str]] = {
    "SLACK_BOT_TOKEN": {**HTTP, "SLACK_BOT_TOKEN": "xoxp-1"},
    "SLACK_APP_TOKEN": {**HTTP, "SLACK_APP_TOKEN": "xoxb-1"},
    "SLACK_SIGNING_SECRET": {**HTTP, "SLACK_SIGNING_SECRET": ""},
    "SLACK_API_URL": {**HTTP, "SLACK_API_URL": "slack.com/api/"},
    "PORT": {"PORT": "http"},
    "PUBLIC_URL": {"PUBLIC_URL": "watchbill.example.com"},
    "SELF_APPROVAL": {"SELF_APPROVAL": "perhaps"},
    "REVIEW_APPROVALS": {"REVIEW_APPROVALS": "0"},
    "POSTMORTEM_DUE_DAYS": {"POSTMORTEM_DUE_DAYS": "-1"},
    "NUDGE_HOUR": {"NUDGE_HOUR": "24"},
    "RATE_LIMITS": {"RATE_LIMITS": "configuration=often"},
    "TEMPLATES": {"TEMPLATES": "/nonexistent/folder"},
    "ALERTS_CHANNEL": {"ALERTS_CHANNEL": "#alerts"},
    "PAGE_MINUTES": {"PAGE_MINUTES": "0"},
    "HISTORY": {"HISTORY": "perhaps"},
    "INCIDENT_CHANNELS": {"INCIDENT_CHANNELS": "perhaps"},
    "HISTORY_EMOJI": {"HISTORY_EMOJI": "two words"},
}
"""A wrong value of each setting that can be wrong by itself. HOST and DATABASE_URL are tried where they are used."""

MORE_MISTAKES = [
    ("SLACK_SIGNING_SECRET", {"SLACK_BOT_TOKEN": "xoxb-1"}),
    ("SLACK_SIGNING_SECRET", {**HTTP, "SLACK_SIGNING_SECRET": "   "}),
    ("SLACK_BOT_TOKEN", {"SLACK_SIGNING_SECRET": "secret"}),
    ("SLACK_BOT_TOKEN", {"SLACK_APP_TOKEN": "xapp-1"}),
    ("SLACK_API_URL", {**HTTP, "SLACK_API_URL": "ftp://slack.com/api/"}),
    ("PORT", {"PORT": "65536"}),
    ("PORT", {"PORT": "-1"}),
    ("REVIEW_APPROVALS", {"REVIEW_APPROVALS": "most"}),
    ("REVIEW_APPROVALS", {"REVIEW_APPROVALS": "²"}),
    ("REVIEW_APPROVALS", {"REVIEW_APPROVALS": "1.5"}),
    ("POSTMORTEM_DUE_DAYS", {"POSTMORTEM_DUE_DAYS": "five"}),
    ("NUDGE_HOUR", {"NUDGE_HOUR": "10:00"}),
    *(
        ("RATE_LIMITS", {"RATE_LIMITS": limits})
        for limits in (
            "on",
            "100/60",
            "alerts=100/60",
            "search=0/60",
            "search=1/0",
            "search=-1/60",
            "search=1",
            "search=1/60,search=2/60",
            "search=1/60;configuration=2/60",
            "off,search=1/60",
        )
    ),
]


@pytest.mark.parametrize(("name", "environment"), [*MISTAKES.items(), *MORE_MISTAKES])
def test_a_mistake_is_one_line_that_names_the_setting(name: str, environment: dict[str, str]) -> None:
    with pytest.raises(Misconfigured) as raised:
        read_settings(environment)
    line = str(raised.value)
    assert name in line
    assert len(line.splitlines()) == 1


def test_every_setting_that_can_be_wrong_by_itself_is_tried() -> None:
    any_text = {"DATABASE_URL", "HOST", "ADMINS"}
    assert {name.upper() for name in Settings.model_fields} == MISTAKES.keys() | any_text


def test_each_markdown_file_of_a_folder_is_a_template(tmp_path: Path) -> None:
    for name, text in (("Sea chest.md", "\n## Why\n"), (".hidden.md", "x"), ("notes.txt", "x")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "folder.md").mkdir()
    assert read_settings({"TEMPLATES": str(tmp_path)}).templates == {"Sea chest": "\n## Why\n"}


@pytest.mark.parametrize("secret", ["xoxb", "hunter2"])
def test_a_refused_secret_is_not_repeated(secret: str) -> None:
    with pytest.raises(Misconfigured) as raised:
        read_settings({**HTTP, "SLACK_BOT_TOKEN": f"{secret}!"})
    assert f"{secret}!" not in str(raised.value)


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/x", "oracle+thin://x", "sqlite"])
def test_a_database_that_is_none_of_ours_names_its_setting(url: str) -> None:
    with pytest.raises(Misconfigured, match=r"\ADATABASE_URL[^\n]*\Z"):
        Database(read_settings({"DATABASE_URL": url}).database)


def test_without_anything_it_is_the_playground_with_the_documented_defaults() -> None:
    settings = read_settings({})
    assert settings.is_playground
    assert settings.database == "sqlite:///playground.db"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.host, settings.port, settings.address) == ("127.0.0.1", 3000, "http://127.0.0.1:3000")
    assert (settings.self_approval, settings.review_approvals) == (False, "all")
    assert (settings.postmortem_due_days, settings.nudge_hour, settings.admins) == (5, 10, frozenset())


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read_settings({name.upper(): "" for name in Settings.model_fields}) == Settings()


def test_what_is_not_a_setting_is_nobodys_business() -> None:
    assert read_settings({"HOME": "/root", "SLACK_CLIENT_ID": "1"}) == Settings()


@pytest.mark.parametrize("tokens", [HTTP, SOCKET, {**SOCKET, "SLACK_SIGNING_SECRET": ""}])
def test_with_tokens_it_serves_a_real_workspace_from_its_own_database(tokens: dict[str, str]) -> None:
    settings = read_settings(tokens)
    assert not settings.is_playground
    assert settings.database == "sqlite:///watchbill.db"


def test_the_playground_beside_real_tokens_has_a_database_of_its_own() -> None:
    settings = read_settings({**HTTP, "PORT": "4000"}).without_tokens()
    assert settings.is_playground
    assert (settings.database, settings.port) == ("sqlite:///playground.db", 4000)


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"PUBLIC_URL": "https://watchbill.example.com/"}, "https://watchbill.example.com"),
        ({"HOST": "0.0.0.0", "PORT": "80"}, "http://0.0.0.0:80"),
        ({"HOST": "::1"}, "http://[::1]:3000"),
    ],
)
def test_links_go_to_the_public_address_or_to_where_it_listens(environment: dict[str, str], address: str) -> None:
    assert read_settings(environment).address == address


def test_values_are_read_as_people_write_them() -> None:
    settings = read_settings(
        {
            "ADMINS": " U01ANA, Bob@Example.com ,,",
            "SELF_APPROVAL": "yes",
            "REVIEW_APPROVALS": " 2 ",
            "NUDGE_HOUR": " 9 ",
            "SLACK_BOT_TOKEN": " xoxb-1\n",
            "SLACK_SIGNING_SECRET": " secret ",
        }
    )
    assert settings.admins == {"u01ana", "bob@example.com"}
    assert (settings.self_approval, settings.review_approvals, settings.nudge_hour) == (True, 2, 9)
    assert (settings.slack_bot_token, settings.slack_signing_secret) == ("xoxb-1", "secret")


def test_all_approvals_may_be_said_in_words() -> None:
    assert read_settings({"REVIEW_APPROVALS": "ALL"}).review_approvals == "all"


DEFAULTS = {
    "configuration": (100, 60),
    "schedule-on-call": (200, 60),
    "search": (60, 60),
    "incident": (100, 60),
    "alert": (3000, 60),
}


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ("", DEFAULTS),
        (" configuration=5/1 ", {**DEFAULTS, "configuration": (5, 1)}),
        (
            "search=off, Schedule-On-Call=9/3600,",
            {
                "configuration": (100, 60),
                "schedule-on-call": (9, 3600),
                "incident": (100, 60),
                "alert": (3000, 60),
            },
        ),
        ("off", {}),
        (" OFF ", {}),
    ],
)
def test_rate_limits_are_named_one_by_one_or_off(given: str, limits: dict[str, tuple[int, int]]) -> None:
    read = read_settings({"RATE_LIMITS": given}).rate_limits
    assert {limit.domain: (limit.requests, limit.seconds) for limit in read} == limits
