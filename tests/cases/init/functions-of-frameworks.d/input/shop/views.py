from django.core.management.base import BaseCommand


def index(request):
    return request


class Command(BaseCommand):
    def handle(self, *args, **options):
        pass
