"""`python -m tests.bench`: every benchmark, in Markdown tables, beside the calibration of the same run."""

from __future__ import annotations

import asyncio

from tests.bench import (
    bench_alerts,
    bench_api,
    bench_calendar,
    bench_documents,
    bench_find,
    bench_policies,
    bench_rotation,
    bench_size,
    bench_slack,
)
from tests.bench.bench_slack import Line
from tests.bench.calibration import BenchRow

HEAD = Line("what", "at most", "measured", "ratio to calibration")


def main() -> None:
    """Measure and print; a minute for each of the first five tables, seven for each of the last two."""
    rotation = [_line(row) for row in bench_rotation.rows()]
    print(_table([*rotation, *asyncio.run(bench_slack.lines())]), end="\n\n", flush=True)
    print(_table([_line(row) for row in bench_policies.rows()]), end="\n\n", flush=True)
    for bench in (bench_alerts, bench_api, bench_calendar, bench_documents, bench_find):
        print(_table(asyncio.run(bench.lines())), end="\n\n", flush=True)
    print(asyncio.run(bench_size.table()))


def _line(row: BenchRow) -> Line:
    target = f"{row.target:,.0f} µs" if row.target is not None else ""
    what = f"{row.name.strip()} ({row.note})" if row.note else row.name.strip()
    return Line(what, target, f"{row.microseconds:,.2f} µs", f"{row.calibrations:,.1f}")


def _table(lines: list[Line]) -> str:
    calibrations = [line for line in lines if line.what.startswith("calibration")]
    measured = [line for line in lines if not line.what.startswith("calibration")]
    rows = [HEAD, Line("---", "---:", "---:", "---:"), *calibrations, *measured]
    return "\n".join(f"| {line.what} | {line.at_most} | {line.measured} | {line.ratio} |" for line in rows)


if __name__ == "__main__":
    main()
