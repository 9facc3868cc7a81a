"""The post of an office: what a stick, a hub or a borrowed PC carries for one PC, and what comes home."""
