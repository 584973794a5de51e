"""A shop: the project of examples/django, with people in it.

usage: django_shop.py DIRECTORY

It keeps its database in the directory, listens on a free port, prints one line
of JSON with its URL and the courier's token, and serves until it is killed.
Lines on stdin change it, and each is answered with a line:

    allow HOST             the panel may be there
    deactivate USER        the user is none any more
    questions              answers how often Peyk has asked
    peyk URL KEY SECRET    where Peyk is, by which key it is told of orders,
                           and the secret of JWTs
    put ID STATE           tells Peyk that the courier 10 brings this order
    link ID                answers with the link for its customer
    token ROLE ID          answers with a JWT of the customer, for this order
"""

import importlib.util
import json
import os
import sys
import threading
import traceback
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

if importlib.util.find_spec("rest_framework") is None:
    sys.exit("this test needs a real shop: install Debian's package python3-djangorestframework")

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "examples" / "django"))
sys.dont_write_bytecode = True
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

import settings  # noqa: E402

settings.DATABASES["default"]["NAME"] = Path(sys.argv[1]) / "shop.sqlite3"

import django  # noqa: E402

django.setup()

from django.conf import settings as shop  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402

import peyk_api  # noqa: E402

call_command("migrate", verbosity=0)
password = "correct horse"
User.objects.create_superuser("boss", password=password)
dispatcher = User.objects.create_user("dispatcher", password=password, is_staff=True, first_name="Sara", last_name="Amiri")
dispatcher.groups.add(Group.objects.create(name="north"))
courier = User.objects.create_user("test_driver1", password=password, id=10)
courier.groups.add(Group.objects.create(name="couriers"))
customer = User.objects.create_user("customer", password=password)

questions = 0
application = get_wsgi_application()


def counted(environ, start_response):
    global questions
    questions += environ["PATH_INFO"] == "/peyk/who/"
    return application(environ, start_response)


def obey(word, what="", more="", *secret):
    match word:
        case "allow":
            settings.PEYK_HOSTS.add(what)
        case "deactivate":
            User.objects.filter(username=what).update(is_active=False)
        case "peyk":
            shop.PEYK_URL, shop.PEYK_API_KEY, shop.PEYK_AUTH_JWT_SECRET = what, more, " ".join(secret)
        case "put":
            peyk_api.put_order(what, courier="10", state=more, destination={"latitude": 35.7, "longitude": 51.4, "address": ""})
        case "link":
            return peyk_api.link(what)
        case "token":
            return peyk_api.token(customer, role=what, orders=[more])
    return str(questions)


def listen():
    try:
        for line in sys.stdin:
            print(obey(*line.split()), flush=True)
    except Exception:  # nobody shall wait for an answer that does not come
        traceback.print_exc()
        os._exit(1)


class Server(ThreadingMixIn, WSGIServer):  # browsers open connections that they do not use yet
    daemon_threads = True


server = make_server("127.0.0.1", 0, counted, Server)
print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}", "token": Token.objects.create(user=courier).key}), flush=True)
threading.Thread(target=listen, daemon=True).start()
server.serve_forever()
