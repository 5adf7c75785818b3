"""What a noun is searched by: its fields, and what each can be compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The fields of one noun. `noun` begins a sentence; `other_names` are understood besides, in small letters.

    A value without a field is looked for in `default`. `texts` hold what is looked for; `times`, `numbers` and `flags`
    are compared as such, and `choices` have one of a closed set; of all others, what is looked for has to be the whole.
    `nothing` is the word for none at all of a choice that may be missing.
    """

    noun: str
    fields: type[StrEnum]
    default: StrEnum
    texts: frozenset[StrEnum]
    times: frozenset[StrEnum]
    numbers: frozenset[StrEnum]
    choices: Mapping[StrEnum, type[StrEnum]]
    flags: frozenset[StrEnum] = frozenset()
    nothing: Mapping[StrEnum, str] = field(default_factory=dict)
    other_names: Mapping[str, StrEnum] = field(default_factory=dict)

    def field_called(self, name: str) -> StrEnum | None:
        """The field of that name, written in whatever case; None where there is none."""
        wanted = name.lower()
        return next((each for each in self.fields if each.lower() == wanted), self.other_names.get(wanted))
