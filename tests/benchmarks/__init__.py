"""Measures what the bars ask for, as ratios and counts in one run: `python -m tests.benchmarks NAME --json`."""
