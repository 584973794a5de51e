"""A shop of one page, to try things out. What Peyk needs of yours is marked."""

import os
from pathlib import Path

HERE = Path(__file__).parent

SECRET_KEY = "only to try things out"
ROOT_URLCONF = "urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "rest_framework",
    "rest_framework.authtoken",  # Peyk: the tokens of the couriers' app, if that is what it has
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [HERE],
    "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "shop.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

# Peyk: the host by which it asks, which is the one in --auth-forward.
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

# Peyk: where its panel is, if not on the shop's own host.
PEYK_HOSTS = {"127.0.0.1:8082", "localhost:8082"}

# Peyk: the session has to reach it. On one host, or behind one proxy, it does;
# for peyk.shop.example beside shop.example say so:
# SESSION_COOKIE_DOMAIN = "shop.example"

# Peyk: where peyk_api.py finds it, and by which key: peyk key make --role admin --name shop
PEYK_URL = "http://127.0.0.1:8082"
PEYK_API_KEY = os.environ.get("PEYK_API_KEY", "")

# Peyk: the secret of the JWTs, if you sign any. Peyk has the same.
PEYK_AUTH_JWT_SECRET = os.environ.get("PEYK_AUTH_JWT_SECRET", "")
