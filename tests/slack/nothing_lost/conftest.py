"""The street's fixtures, and its table at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.slack.nothing_lost.street import database, print_table, street

__all__ = ["database", "street", "table"]


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    """Prints what is known of the table after each module."""
    yield
    print_table()
