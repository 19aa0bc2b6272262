"""Limits how much memory glibc keeps: few arenas, and large blocks given back to the system when they are free."""

import ctypes

# The numbers are glibc's (malloc.h). It makes eight pools for each processor, one for a thread that finds the others in
# use, and keeps in each what was large once: a password's 19 MiB, a board of ten thousand rows as it is read.
_SETTINGS = {
    "M_ARENA_MAX": (-8, 2),
    "M_MMAP_THRESHOLD": (-3, 128 * 1024),  # said once, it stays: by itself it grows to the largest piece ever freed
    "M_TRIM_THRESHOLD": (-1, 128 * 1024),
}


def keep_little() -> bool:
    """Limit glibc malloc arenas, before the process has threads. True where it could be set (glibc alone)."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # musl and macOS have no such thing; Windows has no such library
        return False
    taken = [bool(mallopt(option, value)) for option, value in _SETTINGS.values()]
    return all(taken)
