"""What happens by itself: the process that looks after the timers of all cases, with nobody asking for a page."""
