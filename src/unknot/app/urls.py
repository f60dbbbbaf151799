"""Every address of the app."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Unknot")


urlpatterns = [path("", home)]

handler400 = "unknot.app.shell.views.bad_request"
handler403 = "unknot.app.shell.views.refused"
handler404 = "unknot.app.shell.views.not_found"
handler500 = "unknot.app.shell.views.broken"
