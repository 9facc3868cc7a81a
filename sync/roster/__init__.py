"""The roster of an office: what a clerk's file says, judged line by line, and what it would change."""
