"""What can go wrong, as a tree of few families.

    WatchbillError
    ├── Mistake            something typed or chosen cannot be done; its sentence says what to do instead
    │   ├── BadFields      several fields at once, each with its own sentence
    │   │   └── Taken      another one has that name or id already
    │   ├── NotFound       no such postmortem, schedule, person; carries the nearest matches
    │   ├── Unreadable     words that could not be read (a time, a name)
    │   ├── NotAllowed     the person may not; the sentence says who may
    │   ├── Locked         the state forbids it; the sentence says the way out
    │   │   └── InUse      something else still stands on it
    │   └── Conflict       the row moved on since the form was opened; carries both versions
    ├── AlreadyDone        the same request came twice; carries what the first one did
    ├── Misconfigured      a setting is wrong: one line, exit status 2
    └── Unavailable        a part we stand on (database, Slack) does not answer

Raised inside, translated once by each surface; nobody else catches them. Sentences are for people: plain words, what
to do next, no code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class WatchbillError(Exception):
    """The root; never raised itself."""


class Mistake(WatchbillError):
    """Something asked for cannot be done. `sentence` is shown to the person as it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadFields(Mistake):
    """Some fields of a form or request are wrong; all of them are named at once, field name to sentence."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class Taken(BadFields):
    """Another one has that name or id already."""


class NotFound(Mistake):
    """Nothing has that name or number. `nearest` holds what may have been meant, best first, ready to be typed."""

    def __init__(self, sentence: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.nearest = tuple(nearest)


class Unreadable(Mistake):
    """Words that could not be read as what they should be."""


class NotAllowed(Mistake):
    """The actor may not do this; the sentence says who may."""


class Locked(Mistake):
    """The state of the thing forbids it; the sentence says the way out."""


class InUse(Locked):
    """Something else still stands on it; the sentence says what."""


class Conflict(Mistake):
    """The row moved on since it was read: `theirs` is what is stored now, under `version`."""

    def __init__(self, sentence: str, *, theirs: object, version: int) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.version = version


class AlreadyDone(WatchbillError):
    """This very request was carried out before; `outcome` is what it made (a number, an id), or empty."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Misconfigured(WatchbillError):
    """A setting is missing or wrong. Its text is one line that names the setting."""


class Unavailable(WatchbillError):
    """A part that Watchbill stands on does not answer at the moment."""
