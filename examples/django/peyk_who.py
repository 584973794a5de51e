"""Tells Peyk who somebody is.

Peyk asks this view with a request's own cookie and Authorization, so it sees
the same session or token as all the others. Copy the file, give it a path of
your URLs, and start Peyk with --auth-forward and the URL. What the answer may
hold is in docs/gateway.md; rights() is the part to change.
"""

from rest_framework.authentication import SessionAuthentication, TokenAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView


def rights(user):
    """What somebody may do, as Peyk calls it."""
    if user.is_superuser:
        return {"role": "admin", "all": True}
    if user.is_staff:
        return {"role": "viewer", "teams": [group.name for group in user.groups.all()]}
    if user.groups.filter(name="couriers").exists():
        return {"role": "courier"}  # whose id is sub
    return {"role": "customer", "orders": orders(user)}


def orders(user):
    """The ids of somebody's open orders: who has a session sees them at /t/?order=ID."""
    return []


class PeykWho(APIView):
    # The first of them says what nobody is answered: 401, and not 403.
    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [IsAuthenticated]

    def get(self, request):
        user = request.user
        who = {"sub": user.pk, "username": user.get_username(), "name": user.get_full_name(), **rights(user)}
        return Response(who, headers={"Cache-Control": "no-store"})  # whatever stands between you and Peyk
