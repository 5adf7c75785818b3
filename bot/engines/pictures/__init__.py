"""Who has which watch, drawn: a schedule's week or month as SVG, and the same facts as text. Values in, text out."""

from bot.engines.pictures.drawing import draw
from bot.engines.pictures.facts import alt_text, heading, now_lines, shift_lines
from bot.engines.pictures.gathering import drawn, everybody
from bot.engines.pictures.period import Period, PeriodKind, containing, read_period
from bot.engines.pictures.values import Bar, Lane, Mark, Picture, Piece, Standing, Who

__all__ = [
    "Bar",
    "Lane",
    "Mark",
    "Period",
    "PeriodKind",
    "Picture",
    "Piece",
    "Standing",
    "Who",
    "alt_text",
    "containing",
    "draw",
    "drawn",
    "everybody",
    "heading",
    "now_lines",
    "read_period",
    "shift_lines",
]
