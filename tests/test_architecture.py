"""The house is as its plan says: who may walk where, where the clock is read, how long a file may be."""

from __future__ import annotations

import ast
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 500
MAY_READ_THE_CLOCK = {
    "bot/wiring.py",
    "bot/clockwork/waking.py",
    "bot/logs.py",
    "bot/playground/clock.py",
    "bot/playground/command.py",  # the stand-in alone signs by the machine's clock, as Slack does
}
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}


def _sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _clock_reads(tree: ast.AST) -> Iterator[int]:
    """The lines where `datetime.now`, `time.time` and their kin are named, called or not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if node.attr in CLOCKS.get(name, ()):
                yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for name in node.names if name.name in CLOCKS["time"])


def test_only_the_outermost_edges_read_the_clock_on_the_wall() -> None:
    found = {
        f"{name}:{line}"
        for path in _sources("bot", "storage")
        if (name := path.relative_to(ROOT).as_posix()) not in MAY_READ_THE_CLOCK
        for line in _clock_reads(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "f(default_factory=datetime.now)",
        "date.today()",
        "time.time()",
        "from time import time",
    ],
)
def test_a_clock_that_is_read_is_found(code: str) -> None:
    assert list(_clock_reads(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["reading.now", "unit.now + wait", "clock.time()", "datetime.time(9)", "time.sleep(1)"]
)
def test_the_houses_own_clock_may_be_read_anywhere(code: str) -> None:
    assert not list(_clock_reads(ast.parse(code)))


def test_no_file_is_too_long_to_read() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / "app.py", *_sources("bot", "storage", "tests"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def _settings_rows(readme: str) -> set[str]:
    """The names in the first column of the README's table of settings: the one headed `setting` or `variable`."""
    inside, names = False, set[str]()
    for line in readme.splitlines():
        first = line.split("|")[1].strip() if line.startswith("|") else ""
        if not first:
            inside = False
        elif first.strip("*` ").lower() in {"setting", "settings", "variable"}:
            inside = True
        elif inside:
            names.update(re.findall(r"[A-Z][A-Z_]+", first))
    return names


def test_every_setting_has_a_row_in_the_readme_and_every_row_is_a_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert _settings_rows(readme) == {name.upper() for name in Settings.model_fields}


def test_every_room_has_its_floor() -> None:
    """Import-linter (run by `.ci/run`) sees only what its layers name: a new room must not stand outside of them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (floors,) = (each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    on_a_floor = set(re.findall(r"[a-z_.]+", " ".join(floors["layers"])))
    rooms = {f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert rooms - on_a_floor <= {"bot.__init__", "bot.__pycache__", "bot.playground", "bot.logs"}


if importlib.util.find_spec("importlinter"):  # of the lint extra; without it `.ci/run` asks import-linter all the same

    def test_one_walks_down_only() -> None:
        """Whoever has import-linter hears of a wrong arrow from the tests already."""
        from importlinter.cli import lint_imports

        assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
