"""What Grafana OnCall's clients send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, WithJsonSchema

from bot.api.markdown import LONGEST

NEEDED = "This must be given."
LONGEST_ID = 200
LIMITS: Mapping[str, int] = {"text": LONGEST, "alert_group_id": LONGEST_ID}
"""Of each field, in characters."""
# Read whatever they are: what is wrong with them is said together with what only the database knows.
LooseText = Annotated[Any, WithJsonSchema({"type": "string", "maxLength": LONGEST})]
LooseId = Annotated[Any, WithJsonSchema({"type": "string", "maxLength": LONGEST_ID})]


class TextBody(BaseModel):
    """A postmortem's new text, Markdown."""

    model_config = ConfigDict(extra="ignore", frozen=True, json_schema_extra={"required": ["text"]})

    text: LooseText = None

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong with it, by field."""
        return {name: fault for name, value in self if (fault := _wrong(value, LIMITS[name]))}


class NewPostmortem(TextBody):
    """A new postmortem of an incident."""

    model_config = ConfigDict(json_schema_extra={"required": ["alert_group_id", "text"]})

    alert_group_id: LooseId = None

    @property
    def group(self) -> str | None:
        """The incident in the program's words, where that is a text."""
        return self.alert_group_id.strip() if isinstance(self.alert_group_id, str) else None


def _wrong(value: Any, limit: int) -> str | None:
    if value is None:
        return NEEDED
    if not isinstance(value, str):
        return "This must be a text."
    return f"At most {limit:,} characters." if len(value) > limit else None
