from django.db import models


def make_models():
    class Loan(models.Model):
        days = models.IntegerField()

    return Loan
