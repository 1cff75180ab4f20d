"""The faults themselves: each breaks something of a running installation again and again until the time is over."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import func, select

from processes.models import Case, Mail, Notification
from tests.faults.crowd import Crowd
from tests.faults.installation import Installation, Member, wait_until
from tests.faults.own_postgres import OwnCluster
from tests.mail_server import Mailbox, mail_server

WORKER_OUTLIVES = 35.0
"""Seconds for which a worker is frozen in the long form: longer than a transaction may stand idle (database.py)."""

OFTEN = 0.8


@dataclass
class Scene:
    """What there is to break, for how long, and what has been broken."""

    installation: Installation
    crowd: Crowd
    choice: random.Random
    seconds: float
    cluster: OwnCluster | None = None
    """The PostgreSQL behind it; none where the database is a file."""
    is_long: bool = True
    done: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was found besides what the ledger and the database say."""

    def turns(self, least: float, most: float) -> Iterator[None]:
        """Again and again, after a pause of some length, until the time is over; twice at least."""
        until = time.monotonic() + self.seconds
        turns = 0
        while time.monotonic() < until or turns < 2:
            self.pause(least, most)
            yield
            turns += 1

    def pause(self, least: float, most: float) -> None:
        """Wait for so many seconds; in the short form a fifth of them."""
        time.sleep(self.choice.uniform(least, most) * (1 if self.is_long else 0.2))

    def again(self, member: Member) -> None:
        """Start what was killed."""
        if member.running.poll() is not None:
            member.start()


Fault = Callable[[Scene], None]


def killing(scene: Scene) -> None:
    """Kill -9 a web or worker process, or one of the processes that it has started."""
    for _ in scene.turns(0.3, 1.5):
        member = scene.choice.choice(scene.installation.members)
        what = member.kill(scene.choice)
        scene.done.append(f"{'web' if member.port else 'worker'} {what}")
        scene.pause(0, 0.3)
        scene.again(member)
        if scene.choice.random() < OFTEN:  # else they are killed while they start
            scene.installation.wait_for_pages(starting_again=True)


def database_restart(scene: Scene) -> None:
    """Stop PostgreSQL, politely or at once, and start it again; our programs are left alone."""
    assert scene.cluster is not None
    processes = [member.running.pid for member in scene.installation.members]
    for _ in scene.turns(1.0, 4.0):
        how = scene.choice.choice([signal.SIGINT, signal.SIGQUIT])
        scene.cluster.stop(how)
        scene.done.append("fast" if how == signal.SIGINT else "immediate")
        scene.pause(0, 1.5)
        scene.cluster.start_again()
    if [member.running.pid for member in scene.installation.members] != processes:
        scene.notes.append("a program had to be started again")
    scene.notes += [
        f"{member.log.name} ended"
        for member in scene.installation.members
        if member.running.poll() is not None
    ]


def disk_full(scene: Scene) -> None:
    """Let the database have no more room, and then room again."""
    for _ in scene.turns(0.5, 2.0):
        with _no_room(scene):
            scene.pause(0.5, 2.0)
        scene.done.append("full")


@contextmanager
def _no_room(scene: Scene) -> Iterator[None]:
    if scene.cluster is None:
        scene.installation.full_file.touch()
        yield
        scene.installation.full_file.unlink()
        return
    ballast = scene.cluster.folder / "ballast"
    with ballast.open("wb") as file, suppress(OSError):
        while True:
            file.write(b"\0" * 65536)
            file.flush()
    yield
    ballast.unlink()
    if scene.cluster.has_ended:  # it could not even write its own log, and says so by ending
        scene.cluster.start_again()


def clock_jumps(scene: Scene) -> None:
    """Let every program's clock be wrong, by hours or days, forward and back."""
    for _ in scene.turns(0.5, 2.0):
        wrong = scene.choice.choice([-86_400, -7200, -90, 0, 90, 7200, 86_400, 3 * 86_400])
        _set_clock(scene, wrong)
        scene.done.append(f"{wrong:+d} s")
    _set_clock(scene, 0)


def _set_clock(scene: Scene, wrong: int) -> None:
    new = scene.installation.clock_file.with_suffix(".new")
    new.write_text(str(wrong))
    new.replace(scene.installation.clock_file)


def mail_down(scene: Scene) -> None:
    """Let the mail server be there at times only; in the end every mail has arrived."""
    port = int(scene.installation.settings["KVARBOENDE_SMTP_URL"].rpartition(":")[2])
    boxes: list[Mailbox] = []
    told = 0
    for _ in scene.turns(0.5, 2.0):
        told += _alarm(scene)
        with mail_server(port) as box:
            boxes.append(box)
            scene.pause(0.5, 2.0)
        scene.done.append("down")
    with mail_server(port) as box:
        boxes.append(box)
        wait_until(lambda: not _waiting_mails(scene), "every mail is sent")
    names = [str(mail["Message-ID"]) for box in boxes for mail in box.taken]
    if len(names) != len(set(names)):
        scene.notes.append(f"{len(names) - len(set(names))} mails arrived twice")
    scene.notes.append(f"{told} alarms, {len(set(names))} mails arrived")
    if len(set(names)) != _sent_mails(scene):
        scene.notes.append("WRONG: the database counts other mails than arrived")


ALARMS = 5


def _alarm(scene: Scene) -> int:
    """Tell a unit of something that cannot wait, several times."""
    with scene.installation.runtime.transaction() as work:
        case = work.session.scalars(select(Case).limit(1)).first()
        if case is None:
            return 0
        for _ in range(ALARMS):
            told = {
                "administration_key": case.administration_key,
                "unit": "samordning",
                "text": "Påhittat larm.",
            }
            work.add(Notification(case_id=case.id, at=work.now, **told))
        work.leave_for("mail", work.now)
    return ALARMS


def _sent_mails(scene: Scene) -> int:
    with scene.installation.runtime.reading() as work:
        return (
            work.session.scalar(select(func.count()).select_from(Mail).where(Mail.sent_at.is_not(None))) or 0
        )


def _waiting_mails(scene: Scene) -> bool:
    with scene.installation.runtime.reading() as work:
        unmailed = select(Notification.id).where(Notification.mailed_at.is_(None)).limit(1)
        unsent = select(Mail.id).where(Mail.next_attempt_at.is_not(None)).limit(1)
        return work.session.scalar(unmailed) is not None or work.session.scalar(unsent) is not None


def frozen_worker(scene: Scene) -> None:
    """Stop a worker in the middle of what it does, longer than the database waits for it, and let it go on."""
    for _ in scene.turns(0.5, 2.0):
        worker = scene.choice.choice(scene.installation.workers)
        worker.signal(signal.SIGSTOP)
        time.sleep(WORKER_OUTLIVES if scene.is_long else 0.5)
        worker.signal(signal.SIGCONT)
        scene.done.append("frozen")
        if worker.running.poll() is not None:
            scene.notes.append("a frozen worker ended")


def two_workers(scene: Scene) -> None:
    """Kill -9 workers only, one of two, as fast as they come up."""
    for _ in scene.turns(0.2, 0.8):
        worker = scene.choice.choice(scene.installation.workers)
        worker.signal(signal.SIGKILL)
        worker.running.wait()
        worker.start()
        scene.done.append("worker")


def everything(scene: Scene) -> None:
    """All that can be broken on this database, in any order."""
    kinds = [killing, clock_jumps, frozen_worker, disk_full]
    if scene.cluster is not None:
        kinds += [database_restart]
    until = time.monotonic() + scene.seconds
    while time.monotonic() < until:
        part = Scene(
            scene.installation,
            scene.crowd,
            scene.choice,
            3.0,
            scene.cluster,
            is_long=False,
            done=scene.done,
            notes=scene.notes,
        )
        scene.choice.choice(kinds)(part)
