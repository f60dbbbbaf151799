"""The database itself keeps the journal append-only, whatever code runs above it."""

from django.db import migrations

CHANGED = "an entry of the journal is never changed"
REMOVED = "an entry of the journal is removed only when a tombstone stands in its place"
RETURNED = "an erased entry does not come back"

SQLITE = [
    f"""CREATE TRIGGER entry_never_changes BEFORE UPDATE ON journal_entry
        BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END""",
    f"""CREATE TRIGGER entry_leaves_a_tombstone BEFORE DELETE ON journal_entry
        WHEN NOT EXISTS (SELECT 1 FROM journal_tombstone WHERE id = OLD.id)
        BEGIN SELECT RAISE(ABORT, '{REMOVED}'); END""",
    f"""CREATE TRIGGER entry_stays_erased BEFORE INSERT ON journal_entry
        WHEN EXISTS (SELECT 1 FROM journal_tombstone WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{RETURNED}'); END""",
]

POSTGRESQL = [
    f"""CREATE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                RAISE EXCEPTION '{CHANGED}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN
                IF NOT EXISTS (SELECT 1 FROM journal_tombstone WHERE id = OLD.id) THEN
                    RAISE EXCEPTION '{REMOVED}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN OLD;
            END IF;
            IF EXISTS (SELECT 1 FROM journal_tombstone WHERE id = NEW.id) THEN
                RAISE EXCEPTION '{RETURNED}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $guard$""",
    """CREATE TRIGGER journal_guard BEFORE INSERT OR UPDATE OR DELETE ON journal_entry
       FOR EACH ROW EXECUTE FUNCTION journal_guard()""",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(guard, elidable=False)]
