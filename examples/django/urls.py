from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from peyk_who import PeykWho

urlpatterns = [
    path("peyk/who/", PeykWho.as_view()),
    # Where Peyk's panel sends people, with ?next= to come back. Hosts other
    # than the shop's own have to be allowed, or Django leads nowhere.
    path("login/", LoginView.as_view(template_name="login.html", success_url_allowed_hosts=settings.PEYK_HOSTS)),
    path("logout/", LogoutView.as_view(next_page="/login/")),
]
