"""Who sits here: the office file, profiles, keys, PIN and roles."""
