"""Runs the migrations on the application's own engine, so that pragmas and transactions are the same everywhere."""

from alembic import context

from app.extensions import Base, db

with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
