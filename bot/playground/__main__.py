"""`python -m bot.playground`: the stand-in alone."""

import sys

from bot.playground.command import main

sys.exit(main())
