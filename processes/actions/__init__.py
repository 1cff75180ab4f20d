"""What changes: one function per verb, in the transaction of whoever calls it; none of them commits."""
