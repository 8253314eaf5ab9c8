"""scoped(): two tenants in one table, on SQLite in memory."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from peewee import (
    JOIN,
    CharField,
    ForeignKeyField,
    IntegerField,
    Model,
    ModelSelect,
    SqliteDatabase,
    fn,
    prefetch,
)
from src.isolation import (
    DEFAULT_CONTEXT,
    ForeignRow,
    IsolationContext,
    UnscopedModel,
    UnscopedQuery,
    guard_queries,
    scoped,
    set_strict_isolation,
    share_rows,
    tenant_columns,
    unscoped_queries,
)

ACME = IsolationContext("acme", "mai", platform="qq", chat_stream_id="1")
BYTE = IsolationContext("byte", "mai")
HELPER = IsolationContext("acme", "helper")
db = SqliteDatabase(":memory:")


class Base(Model):
    id: Any

    class Meta:
        database = db


class Chat(Base):
    stream_id = CharField(unique=True)
    name = CharField(default="")


class Message(Base):
    text = CharField()
    stream_id = CharField(default="s")
    chat = ForeignKeyField(Chat, null=True, backref="messages")
    count = IntegerField(default=0)

    class Meta:
        indexes = ((("text", "stream_id"), True), (("count",), False))


class Setting(Base):
    """Has no tenant."""

    key = CharField()


tenant_columns(Chat, Message)


@pytest.fixture(autouse=True)
def tables() -> Iterator[None]:
    db.connect(reuse_if_open=True)
    db.create_tables([Chat, Message, Setting])
    yield
    db.drop_tables([Chat, Message, Setting])
    set_strict_isolation(None)


@pytest.fixture
def rows() -> None:
    for context in (ACME, BYTE):
        scoped(Message, context).create(text="hello", count=1)
    scoped(Message, ACME).create(text="secret", count=2)


def texts(query: Any) -> list[str]:
    return sorted(row.text for row in query)


def owners() -> list[tuple[str, str, str]]:
    return sorted((row.tenant_id, row.agent_id, row.text) for row in Message.select())


# ---- reading ------------------------------------------------------------------------------------
@pytest.mark.usefixtures("rows")
class TestReading:
    def test_select(self) -> None:
        assert texts(scoped(Message, ACME).select()) == ["hello", "secret"]
        assert texts(scoped(Message, BYTE).select()) == ["hello"]
        assert texts(scoped(Message, HELPER).select()) == []
        assert texts(scoped(Message, DEFAULT_CONTEXT).select()) == []

    def test_what_is_chained(self) -> None:
        mine = scoped(Message, BYTE)
        assert texts(mine.select(Message.text).where(Message.count > 0).order_by(Message.id).limit(9)) == ["hello"]
        assert mine.select().where(Message.text == "secret").orwhere(Message.text == "hello").count() == 1
        assert mine.select().orwhere(Message.text == "secret").count() == 0
        assert mine.select().where((Message.text == "secret") | (Message.count == 1)).count() == 1
        assert mine.select().where(Message.text == "secret").first() is None
        assert not mine.select().where(Message.text == "secret").exists()
        assert list(mine.select(Message.text).tuples()) == [("hello",)]
        assert [row["text"] for row in mine.select().dicts()] == ["hello"]
        assert mine.select(fn.SUM(Message.count)).scalar() == 1
        assert texts(mine.select(Message.text).group_by(Message.text).having(fn.COUNT() > 0)) == ["hello"]
        assert texts(mine.filter(text="secret")) == []
        assert texts(mine.filter(text="hello")) == ["hello"]

    def test_the_query_stays_a_query(self) -> None:
        query = scoped(Message, ACME).select()
        assert isinstance(query, ModelSelect)
        assert query.count() == len(query) == 2
        assert query.count() == 2
        assert "tenant_id" in query.where(Message.count == 1).sql()[0]

    def test_get(self) -> None:
        secret = Message.get(Message.text == "secret")
        theirs = scoped(Message, BYTE)
        assert scoped(Message, ACME).get(Message.text == "secret") == secret
        assert scoped(Message, ACME).get(secret.id) == secret
        assert scoped(Message, ACME).get(text="secret") == secret
        assert scoped(Message, ACME).get_by_id(secret.id) == secret
        for get in (
            lambda: theirs.get(secret.id),
            lambda: theirs.get(text="secret"),
            lambda: theirs.get_by_id(secret.id),
        ):
            with pytest.raises(Message.DoesNotExist):
                get()
        assert theirs.get_or_none(Message.text == "secret") is None
        assert theirs.get_or_none(Message.text == "hello").tenant_id == "byte"

    def test_subqueries(self) -> None:
        counts = scoped(Message, ACME).select(Message.count)
        assert texts(scoped(Message, BYTE).select().where(Message.count.in_(counts))) == ["hello"]
        inner = scoped(Message, BYTE).select(Message.text, Message.count).alias("inner")
        joined = scoped(Message, ACME).select(Message.text, inner.c.text).join(inner, on=Message.count == inner.c.count)
        assert texts(joined) == ["hello"]

    def test_unions(self) -> None:
        both = scoped(Message, ACME).select(Message.text) | scoped(Message, BYTE).select(Message.text)
        assert texts(both) == ["hello", "secret"]
        one = scoped(Message, BYTE).select(Message.text) + scoped(Message, HELPER).select(Message.text)
        assert texts(one) == ["hello"]

    def test_an_alias(self) -> None:
        other = scoped(Message, BYTE).alias("other")
        assert texts(other.select()) == ["hello"]
        assert texts(other.select(other.text).where(other.count > 0)) == ["hello"]
        pairs = scoped(Message, ACME).select(Message.text).join(other, on=Message.count <= other.count)
        assert texts(pairs) == ["hello", "hello", "secret"]  # an alias that is joined is limited by the query

    def test_the_class_as_a_collection(self) -> None:
        mine: Any = scoped(Message, ACME)
        secret = Message.get(Message.text == "secret")
        theirs = Message.get(Message.tenant_id == "byte")
        assert texts(mine) == ["hello", "secret"]
        assert len(mine) == 2
        assert mine[secret.id] == secret
        assert secret.id in mine
        assert theirs.id not in mine
        with pytest.raises(Message.DoesNotExist):
            mine[theirs.id]
        mine[theirs.id] = {"count": 9}
        del mine[theirs.id]
        assert Message.get_by_id(theirs.id).count == 1
        del mine[secret.id]
        assert texts(mine) == ["hello"]
        assert mine

    def test_several_sources(self) -> None:
        for context in (ACME, BYTE):
            scoped(Chat, context).create(stream_id="s", name=context.tenant_id)
        query = scoped(Message, BYTE).select(Message.text, Chat.name).from_(Message, Chat)
        assert list(query.tuples()) == [("hello", "byte")]
        joined = query.join(Setting, JOIN.LEFT_OUTER, on=Setting.key == Chat.name)
        assert list(joined.tuples()) == [("hello", "byte")]
        assert scoped(Message, BYTE).update(text="x").from_(Chat).where(Chat.name == "acme").execute() == 0

    def test_a_common_table_expression(self) -> None:
        mine = scoped(Message, BYTE).select(Message.text).cte("mine")
        assert list(mine.select_from(mine.c.text).tuples()) == [("hello",)]
        joined = scoped(Message, ACME).select(Message.text).join(mine, on=mine.c.text == Message.text).with_cte(mine)
        assert list(joined.tuples()) == [("hello",)]

    def test_class_attributes_are_the_models(self) -> None:
        mine = scoped(Message, ACME)
        assert mine.text is Message.text
        assert mine.DoesNotExist is Message.DoesNotExist
        assert mine.count is Message.count
        assert "acme" in repr(mine)

    def test_a_projection(self) -> None:
        assert scoped(Message, ACME.project(("tenant_id",))).select().count() == 2
        assert scoped(Message, HELPER.project(("tenant_id",))).select().count() == 2
        with pytest.raises(UnscopedQuery):
            scoped(Message, ACME.project(("agent_id",))).select()
        with pytest.raises(UnscopedQuery):
            scoped(Message, ACME.project(("tenant_id",))).create(text="whose?")

    def test_raw(self) -> None:
        with pytest.raises(UnscopedQuery):
            scoped(Message, ACME).raw("select 1")

    def test_the_whole_table(self) -> None:
        with pytest.raises(UnscopedQuery):
            scoped(Message, ACME).truncate_table()
        assert Message.select().count() == 3


# ---- joins --------------------------------------------------------------------------------------
class TestJoins:
    @pytest.fixture(autouse=True)
    def chats(self) -> None:
        for context in (ACME, BYTE):
            chat = scoped(Chat, context).create(stream_id="s", name=context.tenant_id)
            scoped(Message, context).create(text="hello", chat=chat)

    def test_the_joined_model_is_limited(self) -> None:
        query = scoped(Message, ACME).select(Message, Chat).join(Chat, on=Message.stream_id == Chat.stream_id, attr="c")
        assert [row.c.name for row in query] == ["acme"]
        assert query.count() == 1

    def test_along_a_foreign_key(self) -> None:
        query = scoped(Chat, BYTE).select().join(Message).where(Message.text == "hello")
        assert [chat.name for chat in query] == ["byte"]
        assert [chat.name for chat in scoped(Chat, BYTE).select().join_from(Chat, Message)] == ["byte"]
        assert scoped(Message, BYTE).filter(chat__name="byte").count() == 1
        assert scoped(Message, BYTE).filter(chat__name="acme").count() == 0

    def test_a_left_join_keeps_the_left_side(self) -> None:
        scoped(Message, ACME).create(text="alone", stream_id="none")
        query = scoped(Message, ACME).select(Message.text, Chat.name).join(
            Chat, JOIN.LEFT_OUTER, on=Message.stream_id == Chat.stream_id
        )
        assert sorted(query.tuples()) == [("alone", None), ("hello", "acme")]

    def test_a_cross_join(self) -> None:
        assert scoped(Message, ACME).select().join(Chat, JOIN.CROSS).count() == 1

    def test_a_right_join_is_refused(self) -> None:
        with pytest.raises(UnscopedQuery):
            scoped(Message, ACME).select().join(Chat, JOIN.RIGHT_OUTER)

    def test_a_back_reference_belongs_to_its_row(self) -> None:
        assert texts(scoped(Chat, ACME).get().messages) == ["hello"]
        assert texts(scoped(Chat, ACME).get().messages.where(Message.tenant_id == "byte")) == []

    def test_prefetch(self) -> None:
        chats = scoped(Chat, ACME).select().prefetch(scoped(Message, ACME).select())
        assert [[message.text for message in chat.messages] for chat in chats] == [["hello"]]

    def test_prefetch_of_a_model(self) -> None:
        chat = scoped(Chat, ACME).get()
        scoped(Message, BYTE).create(text="theirs", chat=chat)
        for given in ([Message], [(Message, Chat)], [scoped(Message, ACME).select()]):
            for chats in (
                scoped(Chat, ACME).select().prefetch(*given),
                scoped(prefetch, ACME)(scoped(Chat, ACME).select(), *given),
            ):
                assert [[message.text for message in chat.messages] for chat in chats] == [["hello"]]

    def test_a_scoped_model_is_joined(self) -> None:
        query = scoped(Message, ACME).select().join(scoped(Chat, ACME)).where(Chat.name == "acme")
        assert query.count() == 1


# ---- making rows --------------------------------------------------------------------------------
class TestMaking:
    def test_create_and_insert(self) -> None:
        scoped(Message, ACME).create(text="a")
        scoped(Message, BYTE).insert(text="b").execute()
        scoped(Message, BYTE).insert({Message.text: "c"}).execute()
        scoped(Message, HELPER).insert([{"text": "d"}]).execute()
        assert owners() == [("acme", "helper", "d"), ("acme", "mai", "a"), ("byte", "mai", "b"), ("byte", "mai", "c")]

    def test_a_new_row_is_saved(self) -> None:
        row = scoped(Message, ACME)(text="a")
        row.save()
        row.text = "b"
        row.save()
        assert owners() == [("acme", "mai", "b")]

    def test_many(self) -> None:
        scoped(Message, ACME).insert_many([{"text": "a"}, {"text": "b"}]).execute()
        scoped(Message, BYTE).insert_many([("a", 1)], fields=[Message.text, Message.count]).execute()
        scoped(Message, BYTE).insert_many(iter([("b", None)]), fields=["text", "tenant_id"]).execute()
        scoped(Message, HELPER).insert_many([{"text": "c"}], fields=[Message.text]).execute()
        assert owners() == [
            ("acme", "helper", "c"),
            ("acme", "mai", "a"),
            ("acme", "mai", "b"),
            ("byte", "mai", "a"),
            ("byte", "mai", "b"),
        ]
        with pytest.raises(UnscopedQuery):
            scoped(Message, ACME).insert_many([("a",)]).execute()

    def test_in_bulk(self) -> None:
        rows = [Message(text="a"), Message(text="b")]
        scoped(Message, ACME).bulk_create(rows, batch_size=1)
        assert owners() == [("acme", "mai", "a"), ("acme", "mai", "b")]
        assert rows[0].tenant_id == "acme"
        mine = list(scoped(Message, ACME).select())
        for row in mine:
            row.count = 7
        assert scoped(Message, BYTE).bulk_update(mine, [Message.count]) == 0
        assert scoped(Message, ACME).bulk_update(mine, [Message.count]) == 2

    def test_replace(self) -> None:
        for context in (ACME, BYTE, ACME):
            scoped(Chat, context).replace(stream_id="s", name=context.tenant_id).execute()
        scoped(Chat, BYTE).replace_many([{"stream_id": "s", "name": "again"}]).execute()
        assert sorted((chat.tenant_id, chat.name) for chat in Chat.select()) == [("acme", "acme"), ("byte", "again")]

    def test_get_or_create(self) -> None:
        results = [
            scoped(Chat, context).get_or_create(stream_id="s", defaults={"name": "n"})
            for context in (ACME, BYTE, ACME)
        ]
        assert [made for _, made in results] == [True, True, False]
        assert results[0][0] == results[2][0] != results[1][0]
        assert results[1][0].tenant_id == "byte"

    def test_on_conflict(self) -> None:
        for context, text in ((ACME, "a"), (BYTE, "b"), (BYTE, "c")):
            scoped(Chat, context).insert(stream_id="s", name=text).on_conflict_ignore().execute()
        assert sorted(chat.name for chat in Chat.select()) == ["a", "b"]

    def test_a_conflict_over_what_is_unique_is_the_tenants(self) -> None:
        for context in (ACME, BYTE):
            scoped(Chat, context).create(stream_id="s", name="old")
        for settle in ({"update": {Chat.name: "new"}}, {"preserve": [Chat.name]}):
            scoped(Chat, ACME).insert(stream_id="s", name="new").on_conflict(
                conflict_target=[Chat.stream_id], **settle
            ).execute()
            assert [(chat.tenant_id, chat.name) for chat in Chat] == [("acme", "new"), ("byte", "old")]

    def test_the_key_of_a_foreign_row(self) -> None:
        theirs = scoped(Chat, BYTE).create(stream_id="s", name="theirs")
        mine: Any = scoped(Chat, ACME)
        values = {"id": theirs.id, "stream_id": "x", "name": "mine"}
        assert mine(**values).save() == 0
        assert mine(**values).delete_instance() == 0
        mine.insert(values).on_conflict(conflict_target=[Chat.id], update={Chat.name: "mine"}).execute()
        mine.insert(values).on_conflict_ignore().execute()
        for replace in (
            lambda: mine.replace(**values),
            lambda: mine.replace_many([values]),
            lambda: mine.insert(values).on_conflict_replace(),
            lambda: mine.insert_many([tuple(values.values())], fields=[*values]).on_conflict("REPLACE"),
        ):
            with pytest.raises(ForeignRow):
                replace().execute()
        assert [(chat.tenant_id, chat.name) for chat in Chat] == [("byte", "theirs")]

    def test_the_key_of_an_own_row(self) -> None:
        row = scoped(Chat, ACME)(stream_id="s", name="old")
        for known in (row, copy.deepcopy(row), pickle.loads(pickle.dumps(row))):
            known.save()
            known.delete_instance()
        row = scoped(Chat, ACME).create(stream_id="s", name="old")
        assert scoped(Chat, ACME)(id=row.id, name="new").save() == 1
        scoped(Chat, ACME).replace(id=row.id, stream_id="s", name="newer").execute()
        assert [(chat.tenant_id, chat.name) for chat in Chat] == [("acme", "newer")]

    def test_a_row_of_another_tenant_is_refused(self) -> None:
        scoped(Message, ACME).create(text="a", tenant_id="acme")
        scoped(Message, ACME).create(text="b", tenant_id=None)
        mine: Any = scoped(Message, ACME)
        for make in (
            lambda: mine.create(text="x", tenant_id="byte"),
            lambda: mine.insert({Message.text: "x", Message.tenant_id: "byte"}),
            lambda: mine.insert_many([("x", "byte")], fields=["text", "tenant_id"]).execute(),
            lambda: mine.bulk_create([Message(text="x", tenant_id="byte")]),
            lambda: mine.update(tenant_id="byte"),
            lambda: mine.update({Message.agent_id: "other"}),
        ):
            with pytest.raises(ForeignRow):
                make()
        with pytest.raises(UnscopedQuery):
            mine.insert_from(Message.select(Message.text), [Message.text])
        assert owners() == [("acme", "mai", "a"), ("acme", "mai", "b")]


# ---- changing -----------------------------------------------------------------------------------
@pytest.mark.usefixtures("rows")
class TestChanging:
    def test_update(self) -> None:
        assert scoped(Message, BYTE).update(count=Message.count + 10).execute() == 1
        assert scoped(Message, BYTE).update({Message.count: 0}).where(Message.text == "secret").execute() == 0
        counts = sorted((row.tenant_id, row.count) for row in Message.select())
        assert counts == [("acme", 1), ("acme", 2), ("byte", 11)]

    def test_delete(self) -> None:
        assert scoped(Message, BYTE).delete().where(Message.text == "secret").execute() == 0
        assert scoped(Message, BYTE).delete().execute() == 1
        assert owners() == [("acme", "mai", "hello"), ("acme", "mai", "secret")]

    def test_by_id(self) -> None:
        secret = Message.get(Message.text == "secret")
        assert scoped(Message, BYTE).set_by_id(secret.id, {"count": 5}) == 0
        assert scoped(Message, BYTE).delete_by_id(secret.id) == 0
        assert scoped(Message, ACME).set_by_id(secret.id, {"count": 5}) == 1
        assert scoped(Message, ACME).delete_by_id(secret.id) == 1

    def test_a_subquery_in_an_update(self) -> None:
        mine = scoped(Message, BYTE).select(Message.id)
        assert scoped(Message, ACME).update(count=9).where(Message.id.in_(mine)).execute() == 0

    def test_rows_go_by_their_key(self) -> None:
        row = scoped(Message, BYTE).get()
        row.count = 3
        row.save()
        assert scoped(Message, BYTE).get().count == 3
        row.delete_instance()
        assert scoped(Message, BYTE).select().count() == 0
        assert scoped(Message, ACME).select().count() == 2


# ---- the old schema -----------------------------------------------------------------------------
class TestWithoutColumns:
    def test_the_model_itself(self) -> None:
        assert scoped(Setting, ACME) is Setting
        scoped(Setting, ACME).create(key="a")
        assert scoped(Setting, BYTE).get_or_none(Setting.key == "a") is not None

    def test_strict(self) -> None:
        set_strict_isolation(True)
        with pytest.raises(UnscopedModel, match="tenant_id"):
            scoped(Setting, ACME)
        assert scoped(Message, ACME).select().count() == 0

    def test_strict_knows_what_is_shared(self) -> None:
        class Shared(Base):
            key = CharField()

        share_rows(Shared)
        set_strict_isolation(True)
        assert scoped(Shared, ACME) is Shared

    def test_what_is_no_model_is_left_alone_in_strict_mode_too(self) -> None:
        set_strict_isolation(True)
        assert scoped(dict, ACME) is dict

    def test_a_model_that_is_scoped_stays_so(self) -> None:
        mine = scoped(Message, ACME)
        assert scoped(mine, BYTE) is mine

    def test_columns_are_added_once(self) -> None:
        before = list(Chat._meta.fields), list(Chat._meta.indexes)
        tenant_columns(Chat)
        assert (list(Chat._meta.fields), list(Chat._meta.indexes)) == before
        assert Message._meta.indexes == [(("tenant_id", "agent_id", "text", "stream_id"), True), (("count",), False)]

    def test_a_row_without_a_context_is_the_default_tenants(self) -> None:
        Message.create(text="a")
        assert texts(scoped(Message, DEFAULT_CONTEXT).select()) == ["a"]


# ---- columns that are there ----------------------------------------------------------------------
class Agent(Base):
    agent_id = CharField(unique=True)
    name = CharField(unique=True, default="")


class Tagged(Base):
    agent_id = CharField(null=True)
    tag = CharField()

    class Meta:
        indexes = ((("agent_id", "tag"), True),)


tenant_columns(Agent, Tagged)


def test_a_column_that_is_there_is_the_dimension() -> None:
    assert Agent.agent_id.default is None and Tagged.agent_id.null
    assert Agent._meta.indexes == [(("tenant_id", "agent_id"), True), (("tenant_id", "agent_id", "name"), True)]
    assert Tagged._meta.indexes == [(("tenant_id", "agent_id", "tag"), True)]
    assert not Agent.agent_id.unique and Agent.agent_id.index


def test_two_tenants_have_an_agent_of_the_same_name() -> None:
    with db.bind_ctx([Agent]):
        db.create_tables([Agent])
        try:
            for context in (ACME, BYTE):
                scoped(Agent, context).insert(name="x").on_conflict(
                    conflict_target=[Agent.agent_id], update={Agent.name: "again"}
                ).execute()
            scoped(Agent, ACME).insert(name="y").on_conflict(
                conflict_target=[Agent.agent_id], update={Agent.name: "again"}
            ).execute()
            rows = sorted((row.tenant_id, row.agent_id, row.name) for row in Agent.select())
            assert rows == [("acme", "mai", "again"), ("byte", "mai", "x")]
        finally:
            db.drop_tables([Agent])


# ---- the guard -----------------------------------------------------------------------------------
@pytest.fixture
def guarded(tables: None) -> Iterator[None]:
    guard_queries(db)
    guard_queries(db)  # once is enough
    yield
    set_strict_isolation(None)
    del db.execute
    del db._isolation_guarded


def test_queries_without_a_context_are_counted(guarded: None) -> None:
    before = unscoped_queries().get("chat", 0)
    list(scoped(Chat, ACME).select())
    list(Chat.select())
    Chat.update(name="x").execute()
    assert unscoped_queries()["chat"] == before + 2


def test_strict_mode_refuses_queries_without_a_context(guarded: None) -> None:
    row = scoped(Chat, ACME).create(stream_id="1", name="hers")
    set_strict_isolation(True)
    for query in (Chat.select(), Chat.select().where(Chat.name == "x"), Chat.update(name="x"), Chat.delete(),
                  Chat.select().where((Chat.id == row.id) | (Chat.name == "x")),
                  Chat.insert(stream_id="2"), Chat.insert_many([{"stream_id": "3"}])):  # fmt: skip
        with pytest.raises(UnscopedQuery):
            query.execute()
    assert [chat.name for chat in scoped(Chat, ACME).select()] == ["hers"]


def test_rows_keep_themselves_in_strict_mode(guarded: None) -> None:
    set_strict_isolation(True)
    chat = scoped(Chat, ACME).create(stream_id="1")
    made = scoped(Chat, ACME)(stream_id="2")
    made.save()
    chat.name = "new"
    chat.save()
    message = scoped(Message, ACME).create(text="a", chat=chat)
    assert [m.text for m in chat.messages] == ["a"] and message.chat == chat
    assert scoped(Message, ACME).get(Message.text == "a").chat.name == "new"
    made.delete_instance()
    assert scoped(Chat, ACME).select().count() == 1
    assert scoped(Chat, BYTE).select().count() == 0
