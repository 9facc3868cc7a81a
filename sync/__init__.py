"""What travels between machines and who carries it; knows nothing of Qt."""
