"""What this PC remembers: encrypted databases, the one door by which facts are written, and the outbox."""
