from django.db import models


class Named(models.Model):
    name = models.CharField(max_length=50, db_index=True)

    class Meta:
        abstract = True


class Shop(Named):
    slug = models.SlugField(unique=True)


class Order(models.Model):
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)
    number = models.IntegerField(db_column="no")
    paid = models.BooleanField(db_default=False)
    tags = models.ManyToManyField("Tag")

    class Meta:
        db_table = "orders"
        constraints = [models.UniqueConstraint(fields=["shop", "number"], name="one_number")]
        indexes = [models.Index(fields=["-number"], name="by_number")]


class Tag(models.Model):
    code = models.CharField(max_length=9, primary_key=True)

    class Meta:
        unique_together = [["code"]]
