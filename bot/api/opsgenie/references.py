"""How paths and bodies name things: by id or by name."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from bot.api.opsgenie.schedules.identifying import IdentifierType
from bot.api.opsgenie.wire import Given, Reference, Wire
from bot.usecases.references import Ref

Kind = Annotated[IdentifierType | None, BeforeValidator(lambda value: value or None)]
"""What the part of a path is; nothing said and an empty word are the same."""


class Identified(Wire):
    """The query of a request about one thing, named by id or by name; by id where nothing is said."""

    identifier_type: Kind = None

    def ref(self, identifier: str) -> Ref:
        """What the part of the path names."""
        return ref_of(self.identifier_type, identifier)


class UserReference(Wire):
    """A user by id or user name, of which the id counts."""

    id: Given = None
    username: Given = None

    @property
    def ref(self) -> Ref:
        """Whom it names."""
        return Ref(id=self.id, name=self.username)


def ref_of(kind: IdentifierType | None, identifier: str) -> Ref:
    """What the part of a path names."""
    return Ref(name=identifier) if kind is IdentifierType.NAME else Ref(id=identifier)


def named_by(reference: Reference | None) -> Ref | None:
    """What a body names; None where it says nothing of it, or names nothing."""
    ref = Ref(id=reference.id, name=reference.name) if reference else Ref()
    return None if ref.is_empty else ref
