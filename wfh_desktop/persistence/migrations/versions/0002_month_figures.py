"""Numbers of a person's month that the rules ask for and nothing measures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "month_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Numeric().with_variant(sa.String(40), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_month_figure_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_month_figure_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_figure")),
    )
    with op.batch_alter_table("month_figure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_month_figure_employee_id_year_month_code"),
            ["employee_id", "year", "month", "code"],
            unique=True,
        )
        batch_op.create_index(
            batch_op.f("ix_month_figure_unit_id_year_month"),
            ["unit_id", "year", "month"],
            unique=False,
        )
