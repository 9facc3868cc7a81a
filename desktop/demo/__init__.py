"""An invented office driven through the real doors: a centre on loopback, PCs, people and their weeks."""
