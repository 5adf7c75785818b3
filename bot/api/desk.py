"""What every request of a program is answered from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.queries.reading import Reader
from bot.queries.rulebook import Rulebooks
from bot.settings import Settings
from bot.usecases.calendars.telling import Calendars
from bot.usecases.unit import Units


@dataclass(frozen=True, slots=True)
class ApiDesk:
    """Handed to every endpoint."""

    reader: Reader
    units: Units
    settings: Settings
    calendars: Calendars
    rulebooks: Rulebooks
