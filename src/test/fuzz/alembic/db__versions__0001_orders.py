"""Orders

Revision ID: 8a1f
"""
from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = '8a1f'
down_revision: Union[str, None] = None
branch_labels: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    # ### commands
    op.create_table(
        'orders',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column('price', sa.Float(), nullable=False, server_default=sa.text('0')),
        sa.Column('at', sa.DateTime(), nullable=False, server_default=sa.func.now()),
        sa.Column('kind', postgresql.ENUM('a', "b", name='kind', create_type=False)),
        sa.PrimaryKeyConstraint('id'),
        schema='desk',
    )


def downgrade() -> None:
    op.drop_table('orders')
