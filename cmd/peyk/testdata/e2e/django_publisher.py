"""A publisher as shops have it: Django REST framework takes the positions of
phones and publishes them by django-redis. Nothing of ours.

usage: django_publisher.py REDIS_URL

It listens on a free port, prints its URL, and serves until it is killed.
POST /number/ and /api/location/ publish degrees as numbers, /string/ as strings.
"""

import importlib.util
import json
import sys
from wsgiref.simple_server import make_server

for module, package in ("rest_framework", "python3-djangorestframework"), ("django_redis", "python3-django-redis"):
    if importlib.util.find_spec(module) is None:
        sys.exit(f"this test needs a real old publisher: install Debian's package {package}")

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="publisher",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_I18N=False,
    CACHES={"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": sys.argv[1]}},
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402
from django_redis import get_redis_connection  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


class UserSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    username = serializers.CharField()


class LocationSerializer(serializers.Serializer):
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6)
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6)
    user = UserSerializer()


class LocationView(APIView):
    degrees = None  # how json.dumps shall see a Decimal

    def post(self, request):
        serializer = LocationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        taken = serializer.validated_data
        message = {
            "latitude": self.degrees(taken["latitude"]),
            "longitude": self.degrees(taken["longitude"]),
            "user": taken["user"],
        }
        get_redis_connection("default").publish("dlchannel", json.dumps(message))
        return Response({"update_interval": "1/m"})


urlpatterns = [
    path("number/", LocationView.as_view(degrees=float)),
    path("api/location/", LocationView.as_view(degrees=float)),
    path("string/", LocationView.as_view(degrees=str)),
]

server = make_server("127.0.0.1", 0, get_wsgi_application())
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
