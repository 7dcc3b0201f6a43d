"""The SQLite store. The only package that knows SQLAlchemy and Alembic; records go in and out, rows never do."""
