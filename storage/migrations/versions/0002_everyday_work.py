"""Links, timeline entries, actions, search and the Home tab; deletion of postmortems

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('hometab',
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_hometab_user_id_person')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_hometab'))
    )
    op.create_table('actionitem',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('postmortem_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_actionitem_created_by_person')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_actionitem_owner_id_person')),
    sa.ForeignKeyConstraint(['postmortem_id'], ['postmortem.id'], name=op.f('fk_actionitem_postmortem_id_postmortem')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_actionitem'))
    )
    with op.batch_alter_table('actionitem', schema=None) as batch_op:
        batch_op.create_index('ix_actionitem_due', ['status', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_actionitem_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_actionitem_postmortem_id'), ['postmortem_id'], unique=False)

    op.create_table('channellink',
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('schedule_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_channellink_created_by_person')),
    sa.ForeignKeyConstraint(['schedule_id'], ['schedule.id'], name=op.f('fk_channellink_schedule_id_schedule')),
    sa.PrimaryKeyConstraint('channel', 'schedule_id', name=op.f('pk_channellink'))
    )
    with op.batch_alter_table('channellink', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_channellink_schedule_id'), ['schedule_id'], unique=False)

    op.create_table('searchword',
    sa.Column('word', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('postmortem_number', sa.Integer(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['postmortem_number'], ['postmortem.number'], name=op.f('fk_searchword_postmortem_number_postmortem')),
    sa.PrimaryKeyConstraint('word', 'postmortem_number', name=op.f('pk_searchword'))
    )
    with op.batch_alter_table('searchword', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_searchword_postmortem_number'), ['postmortem_number'], unique=False)

    op.create_table('timelineentry',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('postmortem_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('author_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('author_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('message_ts', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('permalink', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('file_names', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('added_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('added_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_timelineentry_added_by_person')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_timelineentry_author_id_person')),
    sa.ForeignKeyConstraint(['postmortem_id'], ['postmortem.id'], name=op.f('fk_timelineentry_postmortem_id_postmortem')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timelineentry')),
    sa.UniqueConstraint('channel', 'message_ts', 'postmortem_id', name=op.f('uq_timelineentry_channel_message_ts_postmortem_id'))
    )
    with op.batch_alter_table('timelineentry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_timelineentry_added_by'), ['added_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_timelineentry_postmortem_id'), ['postmortem_id'], unique=False)

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_actor_id'), ['actor_id'], unique=False)

    with op.batch_alter_table('postmortem', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deleted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_postmortem_channel'), ['channel'], unique=False)
        batch_op.create_index(batch_op.f('ix_postmortem_team_id'), ['team_id'], unique=False)
        batch_op.drop_index(batch_op.f('ix_postmortem_status'))
        batch_op.create_index('ix_postmortem_present', ['status', 'number'], unique=False, sqlite_where=sa.text('deleted_at IS NULL'), postgresql_where=sa.text('deleted_at IS NULL'))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index('ix_person_timezone', ['timezone', 'has_left', 'is_bot'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_is_workspace_admin'), ['is_workspace_admin'], unique=False)




def downgrade() -> None:

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_is_workspace_admin'))
        batch_op.drop_index('ix_person_timezone')

    with op.batch_alter_table('postmortem', schema=None) as batch_op:
        batch_op.drop_index('ix_postmortem_present', sqlite_where=sa.text('deleted_at IS NULL'), postgresql_where=sa.text('deleted_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_postmortem_status'), ['status'], unique=False)
        batch_op.drop_index(batch_op.f('ix_postmortem_team_id'))
        batch_op.drop_index(batch_op.f('ix_postmortem_channel'))
        batch_op.drop_column('deleted_at')

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_actor_id'))

    with op.batch_alter_table('timelineentry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_timelineentry_postmortem_id'))
        batch_op.drop_index(batch_op.f('ix_timelineentry_added_by'))

    op.drop_table('timelineentry')
    with op.batch_alter_table('searchword', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_searchword_postmortem_number'))

    op.drop_table('searchword')
    with op.batch_alter_table('channellink', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_channellink_schedule_id'))

    op.drop_table('channellink')
    with op.batch_alter_table('actionitem', schema=None) as batch_op:
        batch_op.drop_index('ix_actionitem_due')
        batch_op.drop_index(batch_op.f('ix_actionitem_postmortem_id'))
        batch_op.drop_index(batch_op.f('ix_actionitem_owner_id'))

    op.drop_table('actionitem')
    op.drop_table('hometab')

