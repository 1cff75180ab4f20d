"""What the system means: cases, tasks, the law and the processes, without pages, commands or schedules."""
