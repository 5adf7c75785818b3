"""How much may be sent at once."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class AtMost:
    """A list or an object of that many. A longer one is refused before anything in it is looked at.

    pydantic's own `max_length` counts afterwards: a body full of nothing would be answered with a hundred thousand
    faults first.
    """

    count: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Counted, then as ever."""
        return core_schema.no_info_before_validator_function(self._counted, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """As ever, with the number."""
        described = handler(schema)
        return {**described, "maxProperties" if described.get("type") == "object" else "maxItems": self.count}

    def _counted(self, value: Any) -> Any:
        if isinstance(value, Sized) and not isinstance(value, str) and len(value) > self.count:
            raise ValueError(f"At most {self.count:,} are taken, these are {len(value):,}.")
        return value
