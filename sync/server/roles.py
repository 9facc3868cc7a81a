"""PostgreSQL's own walls: partitions, and two roles that can do and see no more than their work needs."""

from sqlalchemy import Connection

from sync.server.places import NOBODY

INTAKE, READER = "suluh_intake", "suluh_reader"
PARTITIONS = 16

_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
_MEMBER = """
DO $$ BEGIN
    IF NOT pg_has_role(current_user, '{role}', 'SET') THEN
        EXECUTE format('GRANT {role} TO %%I', current_user);
    END IF;
END $$
"""
_PARTITION = (
    "CREATE TABLE segment_{number} PARTITION OF segment"
    f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {{number}})"
)
# every person and every office has a feed from its first moment, whoever makes it
_FEEDS = """
CREATE FUNCTION begin_feed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO place (feed, top, public, keys) VALUES (2 * NEW.id + TG_ARGV[0]::int, 0, 0, '');
    RETURN NULL;
END $$
"""
_BEGINS = (
    "CREATE TRIGGER begin_feed AFTER INSERT ON office FOR EACH ROW EXECUTE FUNCTION begin_feed(0)",
    "CREATE TRIGGER begin_feed AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION begin_feed(1)",
)
# whoever has no office and no person is judged under this row's lock
_NOBODY = f"INSERT INTO place (feed, top, public, keys) VALUES ({NOBODY}, 0, 0, '')"  # noqa: S608 - a number of ours
# nobody searches by content: what it looks like on average need not be counted
_UNCOUNTED = (
    "ALTER TABLE segment ALTER body SET STATISTICS 0, ALTER fresh SET STATISTICS 0",
    "ALTER TABLE log ALTER runs SET STATISTICS 0, ALTER islands SET STATISTICS 0",
    'ALTER TABLE standing ALTER "row" SET STATISTICS 0',
)
_NUMBERS = "CREATE SEQUENCE segment_number CACHE 1"

_OFFICE = "nullif(current_setting('suluh.office', true), '')::int"
_PERSON = "nullif(current_setting('suluh.person', true), '')::int"
_DESK = "current_setting('suluh.desk', true) = '1'"
_FLAGS = "coalesce(nullif(current_setting('suluh.flags', true), ''), '0')::int"
# a trainer's scope has one flag more than everybody's
_ALL_READ = f"office = {_OFFICE} AND (flags <> 0 AND flags & {_FLAGS} <> 0 OR {_DESK})"
_OF_OFFICE = f"EXISTS (SELECT FROM person WHERE person.id = segment.person AND person.office = {_OFFICE})"
_OF_ALL = f"CREATE POLICY office ON segment FOR SELECT TO {READER} USING ({_ALL_READ})"
_POLICIES = (
    # one group commit cannot serve one caller's policy: intake is kept apart by what it is granted
    f"CREATE POLICY takes_in ON segment TO {INTAKE} USING (true) WITH CHECK (true)",
    f"CREATE POLICY takes_in ON person TO {INTAKE} USING (true)",
    f"CREATE POLICY takes_in ON standing TO {INTAKE} USING (true)",
    f"CREATE POLICY own ON segment FOR SELECT TO {READER} USING (person = {_PERSON})",
    _OF_ALL,
    f"CREATE POLICY desk ON segment FOR SELECT TO {READER} USING ({_DESK} AND {_OF_OFFICE})",
    f"CREATE POLICY desk ON person FOR SELECT TO {READER} USING ({_DESK} AND office = {_OFFICE})",
    f"CREATE POLICY desk ON standing FOR SELECT TO {READER} USING ({_DESK} AND office = {_OFFICE})",
)
# who is lent to an office is for who takes in to know; a reader finds what was passed in the own feed
_LENDING = (f"GRANT SELECT ON lent TO {INTAKE}", f"GRANT SELECT (id, uuid, name) ON office TO {INTAKE}")
_GRANTS = (
    f"GRANT SELECT, INSERT ON segment TO {INTAKE}",
    f"GRANT UPDATE (person, person_lsn, office, office_lsn) ON segment TO {INTAKE}",
    f"GRANT SELECT, INSERT, UPDATE ON holder, log, clock TO {INTAKE}",
    f"GRANT SELECT, UPDATE ON place TO {INTAKE}",
    f"GRANT SELECT ON person TO {INTAKE}",
    f"GRANT UPDATE (verifier) ON person TO {INTAKE}",
    f"GRANT SELECT, DELETE ON standing TO {INTAKE}",
    f"GRANT SELECT, INSERT, UPDATE ON meta TO {INTAKE}",
    f"GRANT USAGE ON SEQUENCE segment_number, holder_id_seq TO {INTAKE}",
    *_LENDING,
    f"GRANT SELECT ON segment, standing, document, meta, clock, departed TO {READER}",
    f"GRANT SELECT ON person TO {READER}",
    f"GRANT SELECT (id, profile, signing, claimed, person) ON holder TO {READER}",
    f"GRANT SELECT (id, uuid, name, zone, version) ON office TO {READER}",
)


def renew_office_wall(connection: Connection) -> None:
    """Put the policy of what an office reads anew: schema 4 knows what trainers read."""
    connection.exec_driver_sql("DROP POLICY office ON segment")
    connection.exec_driver_sql(_OF_ALL)


def let_intake_lend(connection: Connection) -> None:
    """Let intake know who is lent where: schema 6."""
    for word in _LENDING:
        connection.exec_driver_sql(word)


def make_walls(connection: Connection) -> None:
    """Make what a new database needs beside its tables. The account must own it and may make roles."""
    for role in (INTAKE, READER):
        connection.exec_driver_sql(_ROLE.format(role=role))
        connection.exec_driver_sql(_MEMBER.format(role=role))
    for number in range(PARTITIONS):
        connection.exec_driver_sql(_PARTITION.format(number=number))
    for word in (_NUMBERS, _FEEDS, *_BEGINS, _NOBODY, *_UNCOUNTED):
        connection.exec_driver_sql(word)
    for table in ("segment", "person", "standing"):
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for word in (*_GRANTS, *_POLICIES):
        connection.exec_driver_sql(word)
