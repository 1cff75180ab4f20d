"""What a program that runs for weeks loads for good is left alone; what its threads take they share and give back."""

from __future__ import annotations

import platform
import subprocess
import sys

LEFT_ALONE = """
import gc
from processes.memory import leave_the_program_alone
leave_the_program_alone()
frozen = gc.get_freeze_count()
class Ring: pass
for _ in range(3):
    ring = Ring(); ring.itself = ring; del ring
print(frozen > 1000, gc.collect() >= 3)
"""
IN_THREADS = """
import ctypes, sys, threading
from processes.memory import share_one_heap
share_one_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
all_at_once = threading.Barrier(8)
def take():
    libc.malloc(1000)
    all_at_once.wait()
threads = [threading.Thread(target=take) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc.fdopen.restype = ctypes.c_void_p
out = libc.fdopen(1, b"w")
libc.malloc_info(0, out)
libc.fflush(ctypes.c_void_p(out))
"""


def said_by(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout


def test_the_program_is_left_alone_and_what_comes_after_it_is_still_cleared_away() -> None:
    assert said_by(LEFT_ALONE).split() == ["True", "True"]


def test_threads_share_one_heap() -> None:
    """Elsewhere than with glibc they do so by themselves, and nobody is asked."""
    shared = said_by(IN_THREADS) if platform.libc_ver()[0] == "glibc" else "<heap "
    assert shared.count("<heap ") == 1
