"""Real servers for tests: each started in a folder of its own, and ended by its process id."""
