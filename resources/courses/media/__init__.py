"""How the drawn and spoken parts of the courses are made; run with `python -m resources.courses.media`."""
