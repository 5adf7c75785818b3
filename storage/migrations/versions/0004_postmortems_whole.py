"""Incidents as programs know them, templates, reviews, versions, and several postmortems of one incident

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from storage.models.base import new_short_id

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('finishedrequest',
    sa.Column('key_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('action', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('subject_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('alias', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('is_success', sa.Boolean(), nullable=False),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['apikey.id'], name=op.f('fk_finishedrequest_key_id_apikey')),
    sa.PrimaryKeyConstraint('key_id', 'id', name=op.f('pk_finishedrequest'))
    )
    with op.batch_alter_table('finishedrequest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finishedrequest_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_finishedrequest_id'), ['id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finishedrequest_subject_id'), ['subject_id'], unique=False)

    op.create_table('template',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('latest', sa.Integer(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('removed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template')),
    sa.UniqueConstraint('key', name=op.f('uq_template_key'))
    )
    op.create_table('defaultreviewer',
    sa.Column('subject_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_defaultreviewer_user_id_person')),
    sa.PrimaryKeyConstraint('subject_id', 'user_id', name=op.f('pk_defaultreviewer'))
    )
    op.create_table('templateversion',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('template_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('markdown', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_templateversion_created_by_person')),
    sa.ForeignKeyConstraint(['template_id'], ['template.id'], name=op.f('fk_templateversion_template_id_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_templateversion')),
    sa.UniqueConstraint('template_id', 'number', name=op.f('uq_templateversion_template_id_number'))
    )
    with op.batch_alter_table('templateversion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_templateversion_template_id'), ['template_id'], unique=False)

    op.create_table('impactedservice',
    sa.Column('incident_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('service_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_impactedservice_incident_id_incident')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_impactedservice_service_id_service')),
    sa.PrimaryKeyConstraint('incident_id', 'service_id', name=op.f('pk_impactedservice'))
    )
    with op.batch_alter_table('impactedservice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_impactedservice_service_id'), ['service_id'], unique=False)

    op.create_table('incidentnote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('incident_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('author', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incidentnote_incident_id_incident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incidentnote'))
    )
    with op.batch_alter_table('incidentnote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incidentnote_incident_id'), ['incident_id'], unique=False)

    op.create_table('incidentresponder',
    sa.Column('incident_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('responder_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incidentresponder_incident_id_incident')),
    sa.PrimaryKeyConstraint('incident_id', 'kind', 'responder_id', name=op.f('pk_incidentresponder'))
    )
    with op.batch_alter_table('incidentresponder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incidentresponder_responder_id'), ['responder_id'], unique=False)

    op.create_table('postmortemversion',
    sa.Column('postmortem_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('snapshot', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('published_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('published_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['postmortem_id'], ['postmortem.id'], name=op.f('fk_postmortemversion_postmortem_id_postmortem')),
    sa.ForeignKeyConstraint(['published_by'], ['person.id'], name=op.f('fk_postmortemversion_published_by_person')),
    sa.PrimaryKeyConstraint('postmortem_id', 'number', name=op.f('pk_postmortemversion'))
    )
    op.create_table('relatedincident',
    sa.Column('postmortem_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('incident_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_relatedincident_incident_id_incident')),
    sa.ForeignKeyConstraint(['postmortem_id'], ['postmortem.id'], name=op.f('fk_relatedincident_postmortem_id_postmortem')),
    sa.PrimaryKeyConstraint('postmortem_id', 'incident_id', name=op.f('pk_relatedincident'))
    )
    with op.batch_alter_table('relatedincident', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_relatedincident_incident_id'), ['incident_id'], unique=False)

    op.create_table('remark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('postmortem_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('section_key', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=True),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('message_ts', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.ForeignKeyConstraint(['postmortem_id'], ['postmortem.id'], name=op.f('fk_remark_postmortem_id_postmortem')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_remark_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark')),
    sa.UniqueConstraint('message_ts', name=op.f('uq_remark_message_ts'))
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remark_postmortem_id'), ['postmortem_id'], unique=False)

    op.create_table('responderteam',
    sa.Column('postmortem_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['postmortem_id'], ['postmortem.id'], name=op.f('fk_responderteam_postmortem_id_postmortem')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_responderteam_team_id_team')),
    sa.PrimaryKeyConstraint('postmortem_id', 'team_id', name=op.f('pk_responderteam'))
    )
    with op.batch_alter_table('responderteam', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_responderteam_team_id'), ['team_id'], unique=False)

    with op.batch_alter_table('actionitem', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('jira_url', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))

    with op.batch_alter_table('apikey', schema=None) as batch_op:
        batch_op.add_column(sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_apikey_user_id_person'), 'person', ['user_id'], ['id'])

    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.add_column(sa.Column('description', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('tags', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('status_page', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('owner_team_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('updated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_incident_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_incident_owner_team_id'), ['owner_team_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_incident_owner_team_id_team'), 'team', ['owner_team_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_incident_created_by_person'), 'person', ['created_by'], ['id'])

    with op.batch_alter_table('postmortem', schema=None) as batch_op:
        batch_op.add_column(sa.Column('short_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('alert_group_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('template_version_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('detected_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('responded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('jira_issues', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False, server_default='[]'))
        batch_op.drop_constraint(batch_op.f('uq_postmortem_incident_id'), type_='unique')
        batch_op.create_index(batch_op.f('ix_postmortem_alert_group_id'), ['alert_group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_postmortem_incident_id'), ['incident_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_postmortem_template_version_id_templateversion'), 'templateversion', ['template_version_id'], ['id'])

    op.execute("update incident set updated_at = coalesce(resolved_at, created_at)")
    op.execute("update incident set closed_at = updated_at where status = 'closed'")
    _give_short_ids(op.get_bind())
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.alter_column('updated_at', existing_type=sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False)
    with op.batch_alter_table('postmortem', schema=None) as batch_op:
        batch_op.alter_column('short_id', existing_type=sqlmodel.sql.sqltypes.AutoString(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_postmortem_short_id'), ['short_id'])

    with op.batch_alter_table('responder', schema=None) as batch_op:
        batch_op.add_column(sa.Column('role', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('position', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('section', schema=None) as batch_op:
        batch_op.add_column(sa.Column('heading', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True))

    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.add_column(sa.Column('template_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_team_template_id_template'), 'template', ['template_id'], ['id'])

    with op.batch_alter_table('timelineentry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.String(), nullable=False, server_default='slack'))
        batch_op.add_column(sa.Column('follows', sa.Boolean(), nullable=False, server_default=sa.false()))

    op.drop_table('searchword')
    _create_search_text()
    for name, columns in LISTED_BY.items():
        if name in LISTED_BY_BEFORE:
            op.drop_index(name, table_name='postmortem')
        _index_present(name, [*columns, 'deleted_at'])



def _give_short_ids(connection: sa.Connection) -> None:
    for (postmortem_id,) in connection.execute(sa.text("select id from postmortem")).all():
        values = {"short": new_short_id(), "id": postmortem_id}
        connection.execute(sa.text("update postmortem set short_id = :short where id = :id"), values)


LISTED_BY = {
    'ix_postmortem_there': ['number'],
    'ix_postmortem_present': ['status', 'number', 'owner_id', 'draft_due_on', 'review_due_on'],
    'ix_postmortem_of_team': ['team_id', 'number', 'status'],
    'ix_postmortem_made': ['created_at', 'number'],
    'ix_postmortem_owned': ['owner_id', 'status', 'number'],
}
LISTED_BY_BEFORE = {
    'ix_postmortem_present': ['status', 'number'],
    'ix_postmortem_owned': ['owner_id', 'status', 'number'],
}


def _index_present(name: str, columns: list[str]) -> None:
    there = sa.text('deleted_at IS NULL')
    op.create_index(name, 'postmortem', columns, unique=False, sqlite_where=there, postgresql_where=there)


def _create_search_text() -> None:
    """What is found by words: filled by the process that starts next (usecases/housekeeping/fill_search.py)."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("create virtual table searchtext using fts5(words, tokenize='ascii', prefix='2 3', detail=none, columnsize=0)")
        return
    op.create_table('searchtext',
    sa.Column('postmortem_number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('words', postgresql.TSVECTOR(), nullable=False),
    sa.ForeignKeyConstraint(['postmortem_number'], ['postmortem.number'], name=op.f('fk_searchtext_postmortem_number_postmortem'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('postmortem_number', name=op.f('pk_searchtext'))
    )
    op.execute("create index ix_searchtext_words on searchtext using gin (words) with (fastupdate = off)")


def downgrade() -> None:
    for name in LISTED_BY:
        op.drop_index(name, table_name='postmortem')
    for name, columns in LISTED_BY_BEFORE.items():
        _index_present(name, columns)
    op.drop_table('searchtext')
    op.create_table('searchword',
    sa.Column('word', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('postmortem_number', sa.Integer(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['postmortem_number'], ['postmortem.number'], name=op.f('fk_searchword_postmortem_number_postmortem')),
    sa.PrimaryKeyConstraint('word', 'postmortem_number', name=op.f('pk_searchword'))
    )
    with op.batch_alter_table('searchword', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_searchword_postmortem_number'), ['postmortem_number'], unique=False)

    with op.batch_alter_table('timelineentry', schema=None) as batch_op:
        batch_op.drop_column('follows')
        batch_op.drop_column('origin')

    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_team_template_id_template'), type_='foreignkey')
        batch_op.drop_column('template_id')

    with op.batch_alter_table('section', schema=None) as batch_op:
        batch_op.drop_column('heading')

    with op.batch_alter_table('responder', schema=None) as batch_op:
        batch_op.drop_column('position')
        batch_op.drop_column('role')

    with op.batch_alter_table('postmortem', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_postmortem_template_version_id_templateversion'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_postmortem_short_id'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_postmortem_incident_id'))
        batch_op.drop_index(batch_op.f('ix_postmortem_alert_group_id'))
        batch_op.create_unique_constraint(batch_op.f('uq_postmortem_incident_id'), ['incident_id'])
        batch_op.drop_column('jira_issues')
        batch_op.drop_column('responded_at')
        batch_op.drop_column('detected_at')
        batch_op.drop_column('template_version_id')
        batch_op.drop_column('alert_group_id')
        batch_op.drop_column('short_id')

    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_incident_created_by_person'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_incident_owner_team_id_team'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_incident_owner_team_id'))
        batch_op.drop_index(batch_op.f('ix_incident_created_at'))
        batch_op.drop_column('updated_at')
        batch_op.drop_column('created_by')
        batch_op.drop_column('closed_at')
        batch_op.drop_column('owner_team_id')
        batch_op.drop_column('status_page')
        batch_op.drop_column('details')
        batch_op.drop_column('tags')
        batch_op.drop_column('description')

    with op.batch_alter_table('apikey', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_apikey_user_id_person'), type_='foreignkey')
        batch_op.drop_column('user_id')

    with op.batch_alter_table('actionitem', schema=None) as batch_op:
        batch_op.drop_column('jira_url')
        batch_op.drop_column('kind')

    with op.batch_alter_table('responderteam', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_responderteam_team_id'))

    op.drop_table('responderteam')
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_remark_postmortem_id'))

    op.drop_table('remark')
    with op.batch_alter_table('relatedincident', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_relatedincident_incident_id'))

    op.drop_table('relatedincident')
    op.drop_table('postmortemversion')
    with op.batch_alter_table('incidentresponder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incidentresponder_responder_id'))

    op.drop_table('incidentresponder')
    with op.batch_alter_table('incidentnote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incidentnote_incident_id'))

    op.drop_table('incidentnote')
    with op.batch_alter_table('impactedservice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_impactedservice_service_id'))

    op.drop_table('impactedservice')
    with op.batch_alter_table('templateversion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_templateversion_template_id'))

    op.drop_table('templateversion')
    op.drop_table('defaultreviewer')
    op.drop_table('template')
    with op.batch_alter_table('finishedrequest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finishedrequest_subject_id'))
        batch_op.drop_index(batch_op.f('ix_finishedrequest_id'))
        batch_op.drop_index(batch_op.f('ix_finishedrequest_at'))

    op.drop_table('finishedrequest')
