"""Starts the process that does what happens by itself: `python -m workers`. Stops politely when asked to."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from processes.actions.jobs import forget_other_jobs
from processes.errors import Refusal
from processes.logs import write_log
from processes.memory import leave_the_program_alone, share_one_heap
from processes.migrations import must_be_migrated
from processes.runtime import Runtime
from processes.settings import Settings
from workers.loop import WorkerLoop
from workers.pulse import Pulse, tell
from workers.schedule import jobs_of

STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT}


def main() -> int:
    """Work until a signal asks for the end; answers the exit status."""
    # Before any thread starts, so that every thread leaves the signals to sigwait below: a handler would run in
    # the middle of the loop, where a lock may be held that it needs itself.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    share_one_heap()
    try:
        settings = Settings.from_environment(os.environ)
        runtime = Runtime.open(settings)
        must_be_migrated(runtime.engine)
        pulse = Pulse()
        tell(pulse, settings)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 -- the one sentence that a person at a terminal needs
        return 1
    write_log(settings.log_level, settings.log_format)
    jobs = pulse.watched(jobs_of(settings))
    with runtime.transaction() as work:
        forget_other_jobs(work, names=[job.name for job in jobs])
    loop = WorkerLoop(runtime, jobs)
    leave_the_program_alone()
    has_finished = threading.Event()
    thread = threading.Thread(target=_run, args=[loop, has_finished], name="worker")
    thread.start()
    logging.getLogger("workers").info("The worker has started.")
    signal.sigwait(STOP_SIGNALS)
    loop.stop()
    logging.getLogger("workers").info(
        "The worker finishes what it has begun; a second signal ends it at once."
    )
    threading.Thread(target=_end_when_asked_again, args=[has_finished], daemon=True).start()
    thread.join()
    runtime.close()
    logging.getLogger("workers").info("The worker has stopped.")
    return 0


def _end_when_asked_again(has_finished: threading.Event) -> None:
    """Whoever asks a second time has no time for what is begun: those transactions are rolled back."""
    signal.sigwait(STOP_SIGNALS)
    if not has_finished.is_set():
        logging.getLogger("workers").warning("The worker ends before it has finished.")
        os._exit(1)


def _run(loop: WorkerLoop, has_finished: threading.Event) -> None:
    try:
        loop.run()
    finally:
        has_finished.set()
        os.kill(os.getpid(), signal.SIGTERM)  # wakes the main thread, should the loop end by itself


if __name__ == "__main__":
    sys.exit(main())
