"""What is logged, by us or by a library, is one JSON line; plain lines are for people at a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

SOME_LINES = """
import logging, structlog
from bot.logs import configure_logging

log = structlog.get_logger("bot.example")
configure_logging(plain={plain})
with structlog.contextvars.bound_contextvars(request_id="abc"):
    log.info("answered", person="U01ANA", text="two\\nlines")
    logging.getLogger("some.library").warning("it says %s", "so")
log.debug("too much")
logging.getLogger("slack_sdk.web").info("chatter")
try:
    raise ValueError("a bug")
except ValueError:
    log.exception("failed")
"""


def _logged(*, plain: bool) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", SOME_LINES.format(plain=plain)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == ""
    return ended.stderr.splitlines()


def test_everything_is_one_json_line_with_its_level_time_and_request() -> None:
    answered, library, failed = [json.loads(line) for line in _logged(plain=False)]
    assert (answered["event"], answered["level"], answered["logger"]) == ("answered", "info", "bot.example")
    assert (answered["request_id"], answered["person"], answered["text"]) == ("abc", "U01ANA", "two\nlines")
    assert datetime.fromisoformat(answered["timestamp"]).utcoffset() == timedelta(0)
    assert (library["event"], library["level"], library["request_id"]) == ("it says so", "warning", "abc")
    assert (failed["event"], failed["level"]) == ("failed", "error")
    assert "ValueError: a bug" in failed["exception"]
    assert "request_id" not in failed


def test_at_a_terminal_lines_are_for_people() -> None:
    lines = _logged(plain=True)
    assert "answered" in lines[0]
    assert not lines[0].startswith("{")
