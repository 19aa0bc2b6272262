"""Every check of the source that is no test, run side by side, one line each: `python3 run.py check`."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from tools.environment import ROOT

LAYERS: Final = "import sys; from importlinter.cli import lint_imports_command as run; run(sys.argv[1:])"


@dataclass(frozen=True)
class Step:
    """A check: its name for the reader, and what to give the environment's Python."""

    name: str
    arguments: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """How a check ended; `seconds` of wall time."""

    passed: bool
    seconds: float
    output: str


STEPS: Final = (
    Step("mypy", ("-m", "mypy")),
    Step("ruff check", ("-m", "ruff", "check", "--quiet", ".")),
    Step("ruff format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Step("djlint", ("-m", "djlint", "templates", "--lint", "--quiet")),
    Step("import-linter", ("-c", LAYERS, "--no-logo")),
    Step("bản dịch", ("-m", "tools.catalogues", "check")),
)


def main() -> int:
    """Run every step even when one fails, so that one run shows all there is to mend; 1 when any failed."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(_run_and_tell, STEPS))
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _run_and_tell(step: Step) -> Outcome:
    outcome = _run(step)
    verdict = "đạt" if outcome.passed else "LỖI"
    line = f"{step.name}: {verdict} ({outcome.seconds:.1f} giây)"
    print(line if outcome.passed else f"{line}\n{outcome.output}", flush=True)
    return outcome


def _run(step: Step) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, *step.arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Outcome(done.returncode == 0, time.monotonic() - started, done.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
