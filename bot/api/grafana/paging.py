"""Lists in numbered pages, as Grafana OnCall has them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from yarl import URL

from bot.errors import NotFound

USUAL, MOST_AT_ONCE = 50, 100
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


class Listing(BaseModel):
    """The query of a list of postmortems. An empty text is nothing said.

    What cannot be a size is the usual one, and more than may be asked for is as much as may be.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    alert_group_id: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    page: str = ""
    perpage: str = ""

    @property
    def size(self) -> int:
        """How many are on a page."""
        return min(int(self.perpage), MOST_AT_ONCE) if _NUMBER.fullmatch(self.perpage) else USUAL

    @property
    def number(self) -> int:
        """Which page is wanted, from 1 on.

        Raises:
            NotFound: it is no number that a page can have.
        """
        text = self.page or "1"
        if not _NUMBER.fullmatch(text):
            raise no_page(text)
        return int(text)

    @property
    def offset(self) -> int:
        """How many come before it."""
        return (self.number - 1) * self.size


def no_page(text: str) -> NotFound:
    """What is said of a page that is not there."""
    return NotFound(f"Invalid page. There is no page {text[:20]!r}.")


def around(asked: Listing, address: URL, *, total: int) -> tuple[str | None, str | None]:
    """The addresses of the next page and of the one before; None where there is none.

    Raises:
        NotFound: the page asked for is beyond the last. The first is always there.
    """
    number, last = asked.number, max(1, -(-total // asked.size))
    if number > last:
        raise no_page(asked.page)
    kept = {name: value for name, value in asked if value and name != "page"}

    def page(at: int) -> str:
        return str(address.with_query({**kept, "page": str(at)}))

    return page(number + 1) if number < last else None, page(number - 1) if number > 1 else None
