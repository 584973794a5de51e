"""A shop: the project of examples/django, with people in it.

usage: django_shop.py DIRECTORY

It keeps its database in the directory, listens on a free port, prints one line
of JSON with its URL and the courier's token, and serves until it is killed.
Lines on stdin change it, and each is answered with a line:

    allow HOST         the panel may be there
    deactivate USER    the user is none any more
    questions          answers how often Peyk has asked
"""

import importlib.util
import json
import os
import sys
import threading
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

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402

call_command("migrate", verbosity=0)
password = "correct horse"
User.objects.create_superuser("boss", password=password)
dispatcher = User.objects.create_user("dispatcher", password=password, is_staff=True, first_name="Sara", last_name="Amiri")
dispatcher.groups.add(Group.objects.create(name="north"))
courier = User.objects.create_user("test_driver1", password=password, id=10)

questions = 0
application = get_wsgi_application()


def counted(environ, start_response):
    global questions
    questions += environ["PATH_INFO"] == "/peyk/who/"
    return application(environ, start_response)


def obey(word, what=""):
    if word == "allow":
        settings.PEYK_HOSTS.add(what)
    elif word == "deactivate":
        User.objects.filter(username=what).update(is_active=False)
    return str(questions)


def listen():
    for line in sys.stdin:
        print(obey(*line.split()), flush=True)


class Server(ThreadingMixIn, WSGIServer):  # browsers open connections that they do not use yet
    daemon_threads = True


server = make_server("127.0.0.1", 0, counted, Server)
print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}", "token": Token.objects.create(user=courier).key}), flush=True)
threading.Thread(target=listen, daemon=True).start()
server.serve_forever()
