revision = '9b2e'
down_revision = (
    '8a1f',
    'ffff',
)


def upgrade():
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('venue', sa.String(length=12), nullable=False))
        batch_op.alter_column('price', existing_type=sa.Float(), type_=sa.Numeric(precision=20, scale=8))
        batch_op.create_index(batch_op.f('ix_venue'), ['venue'], unique=False)
    with op.get_context().autocommit_block():
        op.create_index('ix_at', 'orders', [sa.text('lower(at)')], postgresql_concurrently=True)
    op.execute("""
        DELETE FROM audit_log WHERE at < now() - interval '90 days';
    """)
    op.execute(sa.text(r"ALTER TABLE orders ADD COLUMN x text") if True else f"{x}")
    for one in ['a', 'b']:
        op.drop_column('orders', one)
