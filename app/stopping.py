"""Sees to it that a process of the pages stops when it is asked to, whenever that is and whichever thread is told."""

from __future__ import annotations

import os
import signal
import threading

STOPS = (signal.SIGTERM, signal.SIGINT)
WAKES = signal.SIGURG
"""Does nothing but interrupt the sleep of the thread that gets it."""


def hear_every_stop() -> None:
    """Wake the main thread of this process when a signal to stop comes. Call it in the main thread.

    The system may give the signal to any thread, but Python acts on it in the main one only, and that of a web
    server sleeps until it has acted: without this the signal is lost now and then.
    """
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.signal(WAKES, lambda _number, _frame: None)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    threading.Thread(target=_wake_main_thread, args=[heard, threading.get_ident()], daemon=True).start()


def _wake_main_thread(heard: int, main_thread: int) -> None:
    while told := os.read(heard, 1):
        if told[0] in STOPS:
            signal.pthread_kill(main_thread, WAKES)


def end_what_still_starts() -> None:
    """From now on, let a signal to stop end a process that was forked from this one and does not serve pages yet.

    It has inherited this one's way of being stopped, which is to note the signal, and would go on until it is
    killed. What it has of its own comes with serving.
    """
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOPS),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS),
        after_in_child=_end_at_once,
    )


def _end_at_once() -> None:
    signal.set_wakeup_fd(-1)
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
