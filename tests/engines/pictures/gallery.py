"""Every world as an image, to be looked at: `python -m tests.engines.pictures.gallery FOLDER`.

Without a folder it takes the README's picture again: .github/pictures/oncall-week.png.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.engines.pictures import draw
from bot.engines.pictures.images import png
from tests.engines.pictures.worlds import WORLDS

README = Path(__file__).parents[3] / ".github" / "pictures" / "oncall-week.png"


def for_the_readme() -> bytes:
    """A week in which there is something of everything."""
    return png(draw(WORLDS["overrides"]().picture, for_font=True))


def main(folders: list[str]) -> None:
    """Draw them."""
    if not folders:
        README.write_bytes(for_the_readme())
    for folder in map(Path, folders):
        folder.mkdir(parents=True, exist_ok=True)
        for name, world in WORLDS.items():
            (folder / f"{name}.png").write_bytes(png(draw(world().picture, for_font=True)))


if __name__ == "__main__":
    main(sys.argv[1:])
