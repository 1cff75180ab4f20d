"""Keeps a program that runs for weeks from holding on to memory that it no longer needs."""

from __future__ import annotations

import ctypes
import gc

ARENAS = -8
"""What glibc calls M_ARENA_MAX: how many heaps the threads share."""
TRIM_ABOVE = -1
"""M_TRIM_THRESHOLD: so many free bytes at its end are given back at once."""
FREE_BYTES_KEPT = 128 * 1024
BEFORE_LOOKING = 50_000
"""So many new objects before rubbish is looked for; drawing a page makes about that many, and few are left over."""


def share_one_heap() -> None:
    """Let all threads take their memory from one heap, from which it is given back.

    By itself glibc gives every thread a heap of its own that keeps what the largest page ever took. Python lets one
    thread at a time take memory anyway. Another C library is left as it is.
    """
    try:
        set_limit = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    set_limit(ARENAS, 1)
    set_limit(TRIM_ABOVE, FREE_BYTES_KEPT)


def leave_the_program_alone() -> None:
    """Look for rubbish among what is made from now on only: the program itself, which is loaded, never becomes any."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(BEFORE_LOOKING, 10, 10)
