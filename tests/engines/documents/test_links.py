from __future__ import annotations

import pytest

from bot.engines.documents.links import is_linked, is_script


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x",
        "JAVASCRIPT:x",
        " javascript:x",
        "\x01javascript:x",
        "java\nscript:x",
        "java\tscr\ript:x",
        "data:x",
        "vbscript:x",
    ],
)
def test_an_address_that_runs_something_is_found_in_every_disguise(address: str) -> None:
    assert is_script(address)
    assert not is_linked(address)


@pytest.mark.parametrize("address", ["https://example.org", "HTTP://example.org", "mailto:a@example.org", "slack://x"])
def test_a_page_links_where_people_go(address: str) -> None:
    assert is_linked(address)
    assert not is_script(address)


@pytest.mark.parametrize(
    "address", ["", "/docs", "#part", "//example.org", "file:///etc/passwd", "a:b", "java script:x"]
)
def test_other_addresses_are_harmless_and_no_links_of_a_page(address: str) -> None:
    assert not is_script(address)
    assert not is_linked(address)
