"""Machines that try to lose a person's work: each counts what was acknowledged and is gone, and must find none."""
