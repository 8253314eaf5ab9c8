"""Rows of a tenant on models, managers and queries."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from isolation import IsolationContext, isolation_scope
from isolation.django_orm import scoped, tenant_column

RED, BLUE = IsolationContext("red", "default"), IsolationContext("blue", "default")


class ShelfRows(models.QuerySet):
    def long(self):
        return self.filter(length__gt=5)


class Shelf(models.Model):
    name = models.CharField(max_length=10, unique=True)
    length = models.IntegerField(default=1)
    room = models.CharField(max_length=10, default="hall")

    objects = ShelfRows.as_manager()

    class Meta:
        app_label = "shop"
        unique_together = [("room", "length")]


class Shared(models.Model):
    name = models.CharField(max_length=10)

    class Meta:
        app_label = "shop"


tenant_column(Shelf)
tenant_column(Shelf)  # once is enough
with connection.schema_editor() as editor:
    editor.create_model(Shelf)
    editor.create_model(Shared)


@pytest.fixture(autouse=True)
def empty():
    Shelf._base_manager.all().delete()


def names(context):
    return sorted(scoped(Shelf, context).objects.values_list("name", flat=True))


def test_rows_are_made_and_found_for_the_tenant():
    scoped(Shelf, RED).objects.create(name="a")
    scoped(Shelf, BLUE)(name="a", length=9).save()
    assert names(RED) == names(BLUE) == ["a"]
    assert scoped(Shelf, RED).objects.long().count() == 0
    assert scoped(Shelf, BLUE).objects.all().long().get().name == "a"


def test_get_or_create_and_update_or_create():
    for context in (RED, BLUE, RED):
        scoped(Shelf, context).objects.get_or_create(name="a")
    scoped(Shelf, RED).objects.update_or_create(name="a", defaults={"length": 7})
    assert Shelf._base_manager.count() == 2
    assert scoped(Shelf, BLUE).objects.get(name="a").length == 1


def test_many_at_once():
    scoped(Shelf, RED).objects.bulk_create([Shelf(name="a"), Shelf(name="b", length=2)])
    assert names(RED) == ["a", "b"] and names(BLUE) == []
    assert scoped(Shelf, BLUE).objects.update(length=5) == 0
    assert scoped(Shelf, BLUE).objects.filter(name="a").delete()[0] == 0


@pytest.mark.parametrize("again", [{"name": "a", "length": 3}, {"name": "b", "length": 1}])
def test_what_was_unique_is_so_for_each_tenant(again):
    scoped(Shelf, RED).objects.create(name="a")
    scoped(Shelf, BLUE).objects.create(**again)
    with pytest.raises(IntegrityError), transaction.atomic():
        scoped(Shelf, RED).objects.create(**again)


def test_shortcuts_that_are_given_a_model():
    row = scoped(Shelf, RED).objects.create(name="a")
    assert scoped(get_object_or_404, RED)(Shelf, pk=row.pk) == row
    with pytest.raises(Http404):
        scoped(get_object_or_404, BLUE)(Shelf, pk=row.pk)


def test_a_row_that_nobody_scoped_is_the_ambient_tenant_s():
    with isolation_scope(BLUE):
        Shelf(name="a").save()
    assert names(BLUE) == ["a"] and names(RED) == []


def test_what_has_no_column_stays():
    assert scoped(Shared, RED) is Shared
    query = Shelf.objects.all()
    assert scoped(query, RED) is query
    assert scoped(Shelf, RED).DoesNotExist is Shelf.DoesNotExist
