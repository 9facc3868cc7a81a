"""The coordinator's desk: what the office's facts add up to, as a table to read, sort, copy and export."""
