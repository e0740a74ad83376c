"""How alembic reaches the database: the URL is handed over by prakarsa.kernel.migrate."""

import psycopg
from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

url = context.config.attributes["url"]
engine = create_engine(
    "postgresql+psycopg://", creator=lambda: psycopg.connect(url, options="-c lock_timeout=5s"), poolclass=NullPool
)
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
