"""One module a step: `centre_2` leads schema 1 to schema 2. A step that was released never changes."""
