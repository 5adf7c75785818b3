"""The templates that come with Watchbill, each a Markdown file beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.engines.templates.markdown import Template

_FOLDER = Path(__file__).parent
_NAMES = {"default": "Default", "google-sre": "Google SRE", "short": "Short"}
"""By the name of the file, which is the key."""


def _read(key: str) -> Template:
    return Template.of(key, _NAMES[key], (_FOLDER / f"{key}.md").read_text(encoding="utf-8"))


BUILT_IN: Mapping[str, Template] = {key: _read(key) for key in _NAMES}
"""Every one, by its key."""

DEFAULT = BUILT_IN["default"]
"""What a postmortem begins with where nobody chose another: the sections of Opsgenie's default template."""
