"""Makes a PDF of HTML: a program of its own, which reads from its input and writes to its output.

Whatever the HTML says, nothing is fetched, from nowhere; and it may take only so much time and memory. It imports
nothing of ours, so that it can be started as a file, by bot/web/postmortem_pdf.py alone.
"""

from __future__ import annotations

import sys

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 30
NOT_INSTALLED = 3
"""The exit status where the library, or what it needs of the system, is missing."""


def main() -> int:
    """Make one PDF; answers the exit status."""
    _limit()
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # OSError: of the system's Pango
        print(error, file=sys.stderr)
        return NOT_INSTALLED

    nothing = URLFetcher(allowed_protocols=())
    HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=nothing).write_pdf(sys.stdout.buffer)
    return 0


def _limit() -> None:
    """Where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
