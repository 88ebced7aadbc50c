"""The databases the company keeps its tables in: SQLite, or PostgreSQL where a URL is given."""
