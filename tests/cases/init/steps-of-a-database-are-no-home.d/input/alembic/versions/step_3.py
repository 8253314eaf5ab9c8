from alembic import op


def upgrade():
    op.execute("select 3")
