"""What programs speak of: keys, forwardings, escalations, routing rules, profiles; and calendar feeds

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('apikey',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rights', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('revoked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('last_used_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_apikey_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_apikey')),
    sa.UniqueConstraint('digest', name=op.f('uq_apikey_digest'))
    )
    with op.batch_alter_table('apikey', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_apikey_team_id'), ['team_id'], unique=False)

    op.create_table('escalation',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('rules', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('repeat', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_escalation_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation')),
    sa.UniqueConstraint('name', name=op.f('uq_escalation_name'))
    )
    with op.batch_alter_table('escalation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_escalation_team_id'), ['team_id'], unique=False)

    op.create_table('feedlink',
    sa.Column('token', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('schedule_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_feedlink_user_id_person')),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_feedlink')),
    sa.UniqueConstraint('user_id', 'schedule_id', name=op.f('uq_feedlink_user_id_schedule_id'))
    )
    op.create_table('forwarding',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('alias', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('from_user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('to_user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('start', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('end', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['from_user_id'], ['person.id'], name=op.f('fk_forwarding_from_user_id_person')),
    sa.ForeignKeyConstraint(['to_user_id'], ['person.id'], name=op.f('fk_forwarding_to_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forwarding')),
    sa.UniqueConstraint('alias', name=op.f('uq_forwarding_alias'))
    )
    with op.batch_alter_table('forwarding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_forwarding_end'), ['end'], unique=False)
        batch_op.create_index(batch_op.f('ix_forwarding_from_user_id'), ['from_user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_forwarding_to_user_id'), ['to_user_id'], unique=False)

    op.create_table('profile',
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('role', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('locale', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('skype_username', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('address', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.Column('tags', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_profile_user_id_person')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_profile'))
    )
    op.create_table('routingrule',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_default', sa.Boolean(), nullable=False),
    sa.Column('timezone', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('criteria', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('restriction', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.Column('notify_type', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('notify_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_routingrule_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_routingrule'))
    )
    with op.batch_alter_table('routingrule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_routingrule_team_id'), ['team_id'], unique=False)

    op.create_table('teamownrole',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rights', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_teamownrole_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teamownrole'))
    )
    with op.batch_alter_table('teamownrole', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_teamownrole_team_id'), ['team_id'], unique=False)

    op.create_table('allowance',
    sa.Column('key_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('domain', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('tokens', sa.Float(), nullable=False),
    sa.Column('filled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['apikey.id'], name=op.f('fk_allowance_key_id_apikey')),
    sa.PrimaryKeyConstraint('key_id', 'domain', name=op.f('pk_allowance'))
    )
    op.create_table('publishedshift',
    sa.Column('uid', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('schedule_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rotation_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('start', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('end', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('participant', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('cancelled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['schedule_id'], ['schedule.id'], name=op.f('fk_publishedshift_schedule_id_schedule')),
    sa.PrimaryKeyConstraint('uid', name=op.f('pk_publishedshift'))
    )
    with op.batch_alter_table('publishedshift', schema=None) as batch_op:
        batch_op.create_index('ix_publishedshift_schedule_time', ['schedule_id', 'start'], unique=False)

    with op.batch_alter_table('postmortem', schema=None) as batch_op:
        batch_op.create_index('ix_postmortem_owned', ['owner_id', 'status', 'number'], unique=False, sqlite_where=sa.text('deleted_at IS NULL'), postgresql_where=sa.text('deleted_at IS NULL'))

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('key_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_event_key_id_apikey'), 'apikey', ['key_id'], ['id'])

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.add_column(sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=True))

    with op.batch_alter_table('override', schema=None) as batch_op:
        batch_op.add_column(sa.Column('alias', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('kind', sa.String(), nullable=False, server_default='user'))
        batch_op.add_column(sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('escalation_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_override_team_id_team'), 'team', ['team_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_override_escalation_id_escalation'), 'escalation', ['escalation_id'], ['id'])

    op.execute("update override set alias = id")
    op.execute("update override set kind = 'none' where user_id is null")
    with op.batch_alter_table('override', schema=None) as batch_op:
        batch_op.alter_column('alias', existing_type=sqlmodel.sql.sqltypes.AutoString(), nullable=False)
        batch_op.create_index(batch_op.f('ix_override_escalation_id'), ['escalation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_override_team_id'), ['team_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_override_user_id'), ['user_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_override_schedule_id_alias'), ['schedule_id', 'alias'])

    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.add_column(sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('off_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_schedule_name_key'), type_='unique')
        batch_op.create_index(batch_op.f('ix_schedule_name_key'), ['name_key'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_schedule_name'), ['name'])

    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.add_column(sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('tags', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('visibility', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default='OPSGENIE_USERS'))
        batch_op.create_index(batch_op.f('ix_service_team_id'), ['team_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_service_team_id_team'), 'team', ['team_id'], ['id'])

    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.add_column(sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.drop_constraint(batch_op.f('uq_team_name_key'), type_='unique')
        batch_op.create_index(batch_op.f('ix_team_name_key'), ['name_key'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_team_name'), ['name'])



def downgrade() -> None:
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_team_name'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_team_name_key'))
        batch_op.create_unique_constraint(batch_op.f('uq_team_name_key'), ['name_key'])
        batch_op.drop_column('description')

    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_service_team_id_team'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_service_team_id'))
        batch_op.drop_column('visibility')
        batch_op.drop_column('tags')
        batch_op.drop_column('description')
        batch_op.drop_column('team_id')

    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_schedule_name'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_schedule_name_key'))
        batch_op.create_unique_constraint(batch_op.f('uq_schedule_name_key'), ['name_key'])
        batch_op.drop_column('off_since')
        batch_op.drop_column('description')

    with op.batch_alter_table('override', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_override_escalation_id_escalation'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_override_team_id_team'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_override_schedule_id_alias'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_override_user_id'))
        batch_op.drop_index(batch_op.f('ix_override_team_id'))
        batch_op.drop_index(batch_op.f('ix_override_escalation_id'))
        batch_op.drop_column('escalation_id')
        batch_op.drop_column('team_id')
        batch_op.drop_column('kind')
        batch_op.drop_column('alias')

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_column('title')

    with op.batch_alter_table('postmortem', schema=None) as batch_op:
        batch_op.drop_index('ix_postmortem_owned', sqlite_where=sa.text('deleted_at IS NULL'), postgresql_where=sa.text('deleted_at IS NULL'))

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_event_key_id_apikey'), type_='foreignkey')
        batch_op.drop_column('key_id')

    with op.batch_alter_table('publishedshift', schema=None) as batch_op:
        batch_op.drop_index('ix_publishedshift_schedule_time')

    op.drop_table('publishedshift')
    op.drop_table('allowance')
    with op.batch_alter_table('teamownrole', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_teamownrole_team_id'))

    op.drop_table('teamownrole')
    with op.batch_alter_table('routingrule', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_routingrule_team_id'))

    op.drop_table('routingrule')
    op.drop_table('profile')
    with op.batch_alter_table('forwarding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_forwarding_to_user_id'))
        batch_op.drop_index(batch_op.f('ix_forwarding_from_user_id'))
        batch_op.drop_index(batch_op.f('ix_forwarding_end'))

    op.drop_table('forwarding')
    op.drop_table('feedlink')
    with op.batch_alter_table('escalation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_escalation_team_id'))

    op.drop_table('escalation')
    with op.batch_alter_table('apikey', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_apikey_team_id'))

    op.drop_table('apikey')
