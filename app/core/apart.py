"""A process of its own, bounded in memory and time: what it reads or makes may cost that process, never the server.

`ask` is the server's side. The process begins in `main` here, which sets the bounds before anything else is loaded:
`python -m app.core.apart MODULE BYTES SECONDS` runs the `main()` of MODULE.
"""

import importlib
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_NICE = 5  # pages go before it
_NO_MEMORY = 77  # how a process ends that was refused more memory
_LAST_WORDS = 4_000


@dataclass(frozen=True)
class Bounds:
    """What one process may take: bytes of memory, seconds of the processor, seconds by the clock."""

    memory_bytes: int
    cpu_seconds: int
    seconds: float


class Failed(Exception):
    """The process gave no answer."""


class Overstepped(Failed):
    """It took more than its bounds."""


class Broken(Failed):
    """It ended by an error of its own; the message is the end of what it said."""


def ask(module: str, told: bytes, bounds: Bounds) -> bytes:
    """What the `main()` of `module` answers on its standard output to `told` on its standard input.

    Raises `Overstepped` or `Broken`; nothing that the process started goes on then.
    """
    bounded = [str(bounds.memory_bytes), str(bounds.cpu_seconds)]
    process = subprocess.Popen(
        [sys.executable, "-m", "app.core.apart", module, *bounded],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    with process:
        try:
            answer, said = process.communicate(told, timeout=bounds.seconds)
        except subprocess.TimeoutExpired as error:
            raise Overstepped(module) from error
        finally:
            end(process)
    if process.returncode < 0 or process.returncode == _NO_MEMORY:
        raise Overstepped(module)
    if process.returncode:
        raise Broken(f"{module}: {said[-_LAST_WORDS:].decode(errors='replace')}")
    return answer


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that was started in a session of its own, with all that it started."""
    with suppress(ProcessLookupError, PermissionError):  # it has ended already
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def keep_within(memory_bytes: int, cpu_seconds: int) -> None:
    """Bound this process and what it starts, each by itself, and step behind the server, where the system can.

    It cannot on Windows. Memory is what a process makes for itself; program files that are only read do not count.
    """
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Begin as the process that `ask` started."""
    module, memory_bytes, cpu_seconds = sys.argv[1:4]
    keep_within(int(memory_bytes), int(cpu_seconds))
    try:
        importlib.import_module(module).main()
    except MemoryError:
        os._exit(_NO_MEMORY)  # at once: whatever else would be done needs memory too


if __name__ == "__main__":
    main()
