"""Where things are found, in links that programs follow."""

from __future__ import annotations

from yarl import URL


def address(base: URL, path: str) -> URL:
    """The address of a path of ours. Our own address may have a path too: that of a proxy that leads here."""
    return base.with_path(f"{base.path.rstrip('/')}{path}")
