"""What is read: one function per question; none of them changes anything."""
