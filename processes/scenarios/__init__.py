"""Stories that must come true: who does what and when, and what the system must answer, written as files."""

from processes.scenarios.play import Outcome, play
from processes.scenarios.stories import Story, read_story, schema

__all__ = ["Outcome", "Story", "play", "read_story", "schema"]
