"""How a PC reaches the centre: one request a round, believed only when the centre has signed the answer."""
