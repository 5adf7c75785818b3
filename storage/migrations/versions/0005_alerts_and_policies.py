"""Alerts, the policies that shape them, and incidents as people run them

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('policy',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('group', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('enabled', sa.Boolean(), nullable=False),
    sa.Column('filter', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('restriction', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.Column('continues', sa.Boolean(), nullable=False),
    sa.Column('changes', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.Column('effects', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_policy_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy'))
    )
    with op.batch_alter_table('policy', schema=None) as batch_op:
        batch_op.create_index('ix_policy_scope', ['team_id', 'group', 'position'], unique=False)

    op.create_table('alert',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('alias', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('alias_scope', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('message', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('entity', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('priority', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('acknowledged', sa.Boolean(), nullable=False),
    sa.Column('is_seen', sa.Boolean(), nullable=False),
    sa.Column('snoozed_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('tags', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('actions', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('visible_to', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('owner_team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('key_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('policy_trail', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('deduplication', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.Column('recent', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('last_occurred_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('acknowledged_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('acknowledged_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('closed_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_alert_created_by_person')),
    sa.ForeignKeyConstraint(['key_id'], ['apikey.id'], name=op.f('fk_alert_key_id_apikey')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_alert_owner_id_person')),
    sa.ForeignKeyConstraint(['owner_team_id'], ['team.id'], name=op.f('fk_alert_owner_team_id_team')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_alert')),
    sa.UniqueConstraint('id', name=op.f('uq_alert_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.create_index('ix_alert_alias', [sa.text('lower(alias)')], unique=False)
        batch_op.create_index('ix_alert_listed', ['created_at', 'number'], unique=False)
        batch_op.create_index('ix_alert_of_team', ['owner_team_id', 'created_at'], unique=False)
        batch_op.create_index('ix_alert_standing', ['status', 'acknowledged', 'created_at'], unique=False)
        batch_op.create_index('uq_alert_open_alias', ['alias', 'alias_scope'], unique=True, sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))

    op.create_table('savedsearch',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('query', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('teams', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_savedsearch_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_savedsearch')),
    sa.UniqueConstraint('name', name=op.f('uq_savedsearch_name'))
    )
    with op.batch_alter_table('savedsearch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_savedsearch_team_id'), ['team_id'], unique=False)

    op.create_table('incidentpart',
    sa.Column('incident_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incidentpart_incident_id_incident')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_incidentpart_user_id_person')),
    sa.PrimaryKeyConstraint('incident_id', 'role', name=op.f('pk_incidentpart'))
    )
    with op.batch_alter_table('incidentpart', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incidentpart_user_id'), ['user_id'], unique=False)

    op.create_table('alertnote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alert_number', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('author', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['alert_number'], ['alert.number'], name=op.f('fk_alertnote_alert_number_alert'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alertnote'))
    )
    with op.batch_alter_table('alertnote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alertnote_alert_number'), ['alert_number'], unique=False)

    op.create_table('alertrecipient',
    sa.Column('alert_number', sa.Integer(), nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['alert_number'], ['alert.number'], name=op.f('fk_alertrecipient_alert_number_alert'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_alertrecipient_user_id_person')),
    sa.PrimaryKeyConstraint('alert_number', 'user_id', name=op.f('pk_alertrecipient'))
    )
    with op.batch_alter_table('alertrecipient', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alertrecipient_user_id'), ['user_id'], unique=False)

    op.create_table('alertresponder',
    sa.Column('alert_number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('responder_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['alert_number'], ['alert.number'], name=op.f('fk_alertresponder_alert_number_alert'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('alert_number', 'kind', 'responder_id', name=op.f('pk_alertresponder'))
    )
    with op.batch_alter_table('alertresponder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alertresponder_responder_id'), ['responder_id'], unique=False)

    op.create_table('alerttimer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alert_number', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('due_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['alert_number'], ['alert.number'], name=op.f('fk_alerttimer_alert_number_alert'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alerttimer'))
    )
    with op.batch_alter_table('alerttimer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alerttimer_alert_number'), ['alert_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_alerttimer_due_at'), ['due_at'], unique=False)

    op.create_table('incidentalert',
    sa.Column('incident_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('alert_number', sa.Integer(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['alert_number'], ['alert.number'], name=op.f('fk_incidentalert_alert_number_alert'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incidentalert_incident_id_incident')),
    sa.PrimaryKeyConstraint('incident_id', 'alert_number', name=op.f('pk_incidentalert'))
    )
    with op.batch_alter_table('incidentalert', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incidentalert_alert_number'), ['alert_number'], unique=False)

    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.add_column(sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('has_own_channel', sa.Boolean(), nullable=False, server_default=sa.false()))



def downgrade() -> None:
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.drop_column('has_own_channel')
        batch_op.drop_column('channel')

    with op.batch_alter_table('incidentalert', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incidentalert_alert_number'))

    op.drop_table('incidentalert')
    with op.batch_alter_table('alerttimer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alerttimer_due_at'))
        batch_op.drop_index(batch_op.f('ix_alerttimer_alert_number'))

    op.drop_table('alerttimer')
    with op.batch_alter_table('alertresponder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alertresponder_responder_id'))

    op.drop_table('alertresponder')
    with op.batch_alter_table('alertrecipient', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alertrecipient_user_id'))

    op.drop_table('alertrecipient')
    with op.batch_alter_table('alertnote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alertnote_alert_number'))

    op.drop_table('alertnote')
    with op.batch_alter_table('incidentpart', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incidentpart_user_id'))

    op.drop_table('incidentpart')
    with op.batch_alter_table('savedsearch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_savedsearch_team_id'))

    op.drop_table('savedsearch')
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_index('uq_alert_open_alias', sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))
        batch_op.drop_index('ix_alert_standing')
        batch_op.drop_index('ix_alert_of_team')
        batch_op.drop_index('ix_alert_listed')
        batch_op.drop_index('ix_alert_alias')

    op.drop_table('alert')
    with op.batch_alter_table('policy', schema=None) as batch_op:
        batch_op.drop_index('ix_policy_scope')

    op.drop_table('policy')
