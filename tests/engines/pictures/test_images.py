"""SVG to PNG: with words in it, and always the same."""

from __future__ import annotations

import struct
import subprocess
import sys

from bot.engines.pictures import draw, images
from bot.engines.pictures.images import png
from tests.engines.pictures.worlds import WORLDS


def test_the_image_is_sharp_on_a_phone_and_the_program_draws_the_same() -> None:
    svg = draw(WORLDS["weekly"]().picture, for_font=True)
    image = png(svg)
    wide, high = struct.unpack(">II", image[16:24])
    assert wide == 1080 and high > 400
    program = [sys.executable, "-P", str(images.__file__)]
    assert subprocess.run(program, input=svg.encode(), capture_output=True, check=True).stdout == image


def test_words_are_drawn_whatever_the_machine_has_of_fonts() -> None:
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" font-family="{face}">{text}</svg>'
    text = '<text x="5" y="30" font-size="24">Ünö Ω Ж</text>'
    assert png(frame.format(face="Open Sans, system-ui, sans-serif", text=text)) != png(
        frame.format(face="Open Sans", text="")
    )
