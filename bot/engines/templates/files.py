"""Templates that whoever runs the process keeps as files: the name of a file is that of its template."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engines.templates.markdown import NAME_CHARACTERS, Template, key_of
from bot.errors import Misconfigured, Unreadable


def from_files(texts: Mapping[str, str]) -> Mapping[str, Template]:
    """The templates by key, of what the files say by their names without `.md`.

    Raises:
        Misconfigured: the first file of which no template can be made, and why.
    """
    found: dict[str, Template] = {}
    for name, text in texts.items():
        key = key_of(name)
        if not any(map(str.isalnum, name)) or len(name) > NAME_CHARACTERS:
            raise Misconfigured(
                f"TEMPLATES: {name}.md: people type a name; it has letters, and at most {NAME_CHARACTERS}"
            )
        if key in found:
            raise Misconfigured(f"TEMPLATES: {found[key].name}.md and {name}.md are the same name to who types it")
        try:
            found[key] = Template.of(key, " ".join(name.split()), text)
        except Unreadable as error:
            raise Misconfigured(f"TEMPLATES: {name}.md: {error.sentence}") from error
    return found


def file_of(key: str, texts: Mapping[str, str]) -> str | None:
    """The file from which the template of that key comes; None where it comes from none."""
    return next((f"{name}.md" for name in texts if key_of(name) == key), None)
