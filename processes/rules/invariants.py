"""What must be true of the whole database at every moment, whatever has happened to the programs that work on it.

Each line is an invariant of our own making: nothing that a person does or leaves undone can break one. When one is
broken, something was lost, doubled or stuck, by a fault of a program, a disk or a restored copy. The sentences name
nobody; what belongs to a person's work and is merely late has a table of its own (rules/stuck.py).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """A place where an invariant does not hold."""

    invariant: str
    """A key of INVARIANTS."""
    case_number: str
    """Empty where it is about no single case."""
    row: str
    """Table and number of the row, for example `tasks 17`."""
    said: str
    """What is wrong, without personal data."""

    def __post_init__(self) -> None:
        if self.invariant not in INVARIANTS:
            raise KeyError(self.invariant)

    def __str__(self) -> str:
        where = " ".join(part for part in (self.case_number, self.row) if part)
        return f"{where}: {self.said} [{self.invariant}]"


INVARIANTS: dict[str, str] = {
    # What runs
    "case_reads": "Every row of a case can be read by what is written there.",
    "state_reads": "The state of every running process can be read, with the version of the diagram it is on.",
    "process_ends_once": "A process that is over is marked as ended, and one that goes on is not.",
    "process_not_doubled": "One process of a kind at most runs about the same thing.",
    "case_has_process": "A process runs in every open case, and none in a closed one.",
    "tasks_mirror": "The open tasks are exactly those that the running processes ask for.",
    "timers_mirror": "The timers are exactly those that the running processes wait for, each once.",
    "messages_mirror": "The awaited messages are exactly those that the running processes wait for, each once.",
    "process_waits": "Every running process waits for a person, an instant or a message that can come.",
    "message_kept_once": "A message is kept only while nobody waits for it, and once for each receiver.",
    "no_work_given_up": "No job has given up a row.",
    # What was said and done
    "event_journalled": "Every event stands in the journal once, and no journal tells of an event that is gone.",
    "event_has_consequences": "Every event has changed what it changes and started what it starts, once.",
    "notice_taken_in": "Every notice is told of once, and its process has been started.",
    "children_looked_after": "The work for children of whom only Kronofogden knows has begun since its notice came.",
    "task_told_once": "Every task that is done or withdrawn stands in the journal once, and says who did it.",
    "task_recorded": "Every completed task has recorded the events that its answers ask for.",
    "process_journalled": "Every process that was started or has ended stands in the journal once.",
    "task_is_whole": "A task's columns agree with each other and with its case.",
    # Dates and reminders
    "date_follows": "Every running date of the law is what the rules make of the facts.",
    "date_versions": "A date has one current version, and each version says when it ceased to hold.",
    "order_follows": "A task's place in the inbox follows from the dates of its case.",
    "reminder_follows": "There is one ladder of reminders for each open task and running date that has one.",
    # Logs, outbox, references
    "chain_is_whole": "Every journal, read log and destruction journal is an unbroken chain with the known end.",
    "mail_once": "A mail waits, is sent, or is given up.",
    "letter_once": "The same letter does not wait twice to be sent to the same recipient.",
    "same_case": "What rows of a case refer to belongs to the same case.",
    "refers_to_row": "What a row refers to is there.",
    "file_is_sound": "The database's own check of its file finds nothing.",
}  # fmt: skip
"""What must hold, by key."""
