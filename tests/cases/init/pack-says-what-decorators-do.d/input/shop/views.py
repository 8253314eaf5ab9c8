from rest_framework.views import APIView

from django.conf import settings


class Orders(APIView):
    def get(self, request):
        return settings.ORDERS_PAGE_SIZE

    def post(self, request):
        return None
