from django.db import models

from shop.models import Book


class TestBook:
    def test_of_a_kind(self):
        class Signed(Book):
            name = models.CharField(max_length=20)

        assert Signed
