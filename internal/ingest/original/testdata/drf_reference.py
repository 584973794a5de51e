"""Answers as the original API did: Django REST framework, and nothing of ours.

Reads lines {"content_type": ..., "body": base64} and answers each with a line
{"status": ..., "body": ...}. An exception that the framework does not turn into
an answer is the status 500.
"""

import base64
import json
import logging
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="reference",
    USE_I18N=False,
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()
logging.disable()

import rest_framework  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.test import APIRequestFactory  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


class Location(serializers.Serializer):
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6, min_value=-90, max_value=90)
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, min_value=-180, max_value=180)


class Locations(APIView):
    def post(self, request):
        location = Location(data=request.data)
        location.is_valid(raise_exception=True)
        return Response(location.data)


def answer(case):
    request = APIRequestFactory().generic(
        "POST", "/", base64.b64decode(case["body"]), content_type=case["content_type"]
    )
    try:
        response = Locations.as_view()(request).render()
    except Exception as exc:
        return {"status": 500, "body": repr(exc)}
    return {"status": response.status_code, "body": response.content.decode()}


print(json.dumps({"version": rest_framework.VERSION}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
