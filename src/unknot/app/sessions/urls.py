from django.urls import path

from unknot.app.sessions import pages

app_name = "sessions"
urlpatterns = [
    path("case/<uuid:case>/choose/<slug:spot>/", pages.choose, name="choose"),
    path("case/<uuid:case>/tools/<slug:spot>/", pages.tools, name="tools"),
    path("session/<uuid:session>/", pages.play, name="play"),
    path("session/<uuid:session>/done/", pages.done, name="done"),
    path("session/<uuid:session>/stopped/", pages.stopped, name="stopped"),
    path("session/<uuid:session>/rate/", pages.rate, name="rate"),
    path("session/<uuid:session>/look-back/", pages.look_back, name="look_back"),
]
