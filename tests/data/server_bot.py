"""The bot's database on a server, and a plan for it, made by hand."""
from sqlite_bot import batches, probe, statements


def make(server, messages=2000, chats=20):
    if server.engine == "postgresql":
        key, text, blob = "bigserial PRIMARY KEY", "text", "bytea"
    else:
        key, text, blob = "bigint NOT NULL AUTO_INCREMENT PRIMARY KEY", "varchar(191)", "blob"
    rows = ",".join(f"('stream{i}', {chr(39) + 'qq' + chr(39) if i % 3 else 'NULL'})" for i in range(chats))
    server.query(f"""
CREATE TABLE chats (id {key}, stream_id {text} NOT NULL, platform {text});
CREATE UNIQUE INDEX chats_stream_id ON chats (stream_id);
CREATE TABLE messages (id {key}, chat_id {text} NOT NULL, body text, weight double precision, raw {blob});
CREATE INDEX messages_chat_id ON messages (chat_id);
INSERT INTO chats (stream_id, platform) VALUES {rows};
""")
    at = 0
    while at < messages:
        part = range(at, min(at + 2000, messages))
        server.query("INSERT INTO messages (chat_id, body, weight, raw) VALUES " + ",".join(
            f"('stream{i % (chats + 2)}', {'NULL' if i % 7 == 0 else repr('message ' + str(i) + 'x' * (i % 200))}, "
            f"{i / 3}, {raw(server, bytes([i % 256, 0, 255]))})" for i in part))
        at += 2000


def raw(server, data):
    return f"'\\x{data.hex()}'" if server.engine == "postgresql" else f"x'{data.hex()}'"


def column_exists(server, table, column):
    schema = "current_schema()" if server.engine == "postgresql" else "database()"
    return ("SELECT count(*) FROM information_schema.columns WHERE "
            f"table_schema = {schema} AND table_name = '{table}' AND column_name = '{column}'")


MESSAGE_CHAT = "coalesce((SELECT c.stream_id FROM chats c WHERE c.stream_id = {row}.chat_id), 'lost')"


def fill(server, table, values):
    """A trigger for rows that the old bot writes: what makes it, and what takes it back."""
    sets = {name: value.format(row="NEW") for name, value in values.items()}
    if server.engine == "postgresql":
        body = " ".join(f"NEW.{name} := coalesce(NEW.{name}, {value});" for name, value in sets.items())
        return ([f"CREATE FUNCTION weft_fill_{table}() RETURNS trigger LANGUAGE plpgsql AS "
                 f"$$ BEGIN {body} RETURN NEW; END $$",
                 f"CREATE TRIGGER weft_fill_{table} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION "
                 f"weft_fill_{table}()"],
                [f"DROP TRIGGER IF EXISTS weft_fill_{table} ON {table}", f"DROP FUNCTION IF EXISTS weft_fill_{table}()"])
    body = ", ".join(f"NEW.{name} = coalesce(NEW.{name}, {value})" for name, value in sets.items())
    return ([f"CREATE OR REPLACE TRIGGER weft_fill_{table} BEFORE INSERT ON {table} FOR EACH ROW SET {body}"],
            [f"DROP TRIGGER IF EXISTS weft_fill_{table}"])


def expand(server, table, values):
    kind = "text" if server.engine == "postgresql" else "varchar(191)"
    maria = server.engine == "mariadb"
    trigger, undo_trigger = fill(server, table, values)
    create = [f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {name} {kind}" for name in values]
    create += [f"CREATE INDEX IF NOT EXISTS weft_ix_{table} ON {table} ({', '.join(values)})", *trigger]
    undo = [*undo_trigger,
            f"DROP INDEX IF EXISTS weft_ix_{table}" + (f" ON {table}" if maria else ""),
            *(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {name}" for name in reversed(values))]
    done = column_exists(server, table, "tenant_id") if not maria else ""
    return statements(f"expand-{table}", "expand", table, f"add the owner of {table}", create, undo, done)


def steps(server, messages):
    maria = server.engine == "mariadb"
    on_chats = " ON chats" if maria else ""
    values = {"tenant_id": "'default'", "chat_stream_id": MESSAGE_CHAT}
    plain = {name: value.format(row="messages") for name, value in values.items()}
    unique = "CREATE UNIQUE INDEX IF NOT EXISTS weft_uq_chats ON chats (tenant_id, stream_id)"
    return [
        expand(server, "chats", {"tenant_id": "'default'"}),
        expand(server, "messages", values),
        batches("chats", ["id"], {"tenant_id": "'default'"}, ["id", "stream_id", "platform"], 20),
        batches("messages", ["id"], plain, ["id", "chat_id", "body", "weight", "raw"], messages),
        probe("verify-messages", "messages", "every message has an owner",
              "SELECT count(*) FROM messages WHERE tenant_id IS NULL", "messages without an owner"),
        statements("switch-chats", "switch", "chats", "make the new key of chats",
                   [unique if maria else unique.replace("INDEX", "INDEX CONCURRENTLY")],
                   [f"DROP INDEX IF EXISTS weft_uq_chats{on_chats}"], alone=not maria),
        statements("contract-chats", "contract", "chats", "drop the old key of chats",
                   [f"DROP INDEX IF EXISTS chats_stream_id{on_chats}"], [], final=True),
    ]


def plan(server, digest, messages):
    owned = {"model": "", "ownership": "owned", "keys": ["tenant_id"], "added": ["tenant_id"],
             "required": ["tenant_id"]}
    return {"format": 1, "engine": server.engine, "weft": "test", "server": "", "schema_digest": digest,
            "rules_digest": "", "models_digest": "",
            "dimensions": [{"name": "tenant_id", "type": "text", "has_default": True, "default": "default"}],
            "tables": [{"name": name, **owned} for name in ("chats", "messages")], "steps": steps(server, messages)}
