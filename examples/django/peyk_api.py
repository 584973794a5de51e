"""What a shop tells Peyk, and what it makes for its people.

Copy the file. The settings it wants are marked in settings.py. What Peyk may be
told is in its openapi.yaml; what is wrong with what it was told, it says field
by field, and that is logged here.
"""

import json
import logging
import time
from urllib.parse import quote
from urllib.request import Request, urlopen

import jwt
from django.conf import settings
from django.db import transaction

log = logging.getLogger("peyk")


def ask(method, path, body):
    """Asks Peyk something, and returns its answer."""
    request = Request(
        f"{settings.PEYK_URL}/api/v1/{path}",
        method=method,
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {settings.PEYK_API_KEY}", "Content-Type": "application/json"},
    )
    with urlopen(request, timeout=3) as answer:
        return json.load(answer)


def put_order(order_id, **order):
    """Says what an order is now, once that is committed.

    It says all of it, each time: what is left out is empty, but for the state.
    The shop goes on where Peyk does not answer; what was said before stands.
    """

    def tell():
        try:
            ask("PUT", f"orders/{quote(str(order_id), safe='')}", order)
        except OSError as err:  # every error of urllib's is one
            log.error("order %s: %s %s", order_id, err, err.read().decode() if hasattr(err, "read") else "")

    transaction.on_commit(tell)


def link(order_id):
    """Makes the link for the customer: once for an order, and then keep it."""
    return ask("POST", f"orders/{quote(str(order_id), safe='')}/shares", {})["link"]


def token(user, seconds=3600, **rights):
    """Makes a JWT: token(user, role="courier"), or role="customer", orders=["17"]."""
    claims = {"sub": str(user.pk), "name": user.get_full_name(), "exp": int(time.time()) + seconds, "peyk": rights}
    return jwt.encode(claims, settings.PEYK_AUTH_JWT_SECRET, "HS256")
