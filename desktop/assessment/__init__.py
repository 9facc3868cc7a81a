"""Quizzes: what an answer is worth, how an attempt is laid out, and what it adds up to."""
