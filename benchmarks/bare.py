"""The baseline: the smallest Django site, one view, no middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="benchmark", DEBUG=False, MIDDLEWARE=[])


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Bare</title><p>Hello</p>")


urlpatterns = [path("", view)]
application = get_wsgi_application()
