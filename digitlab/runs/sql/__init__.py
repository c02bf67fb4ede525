"""The database of kept runs. Only this package imports SQLAlchemy and Alembic."""
