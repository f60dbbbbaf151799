from django.urls import path

from unknot.app.sessions import pages_after, pages_choose, pages_play, pages_wrong, pictures

app_name = "sessions"
urlpatterns = [
    path("case/<uuid:case>/choose/", pages_choose.choose, name="choose"),
    path("case/<uuid:case>/choose/<slug:spot>/", pages_choose.choose, name="choose"),
    path("case/<uuid:case>/tools/", pages_choose.tools, name="tools"),
    path("case/<uuid:case>/tools/<slug:spot>/", pages_choose.tools, name="tools"),
    path("picture/<slug:digest>.svg", pictures.picture, name="picture"),
    path("session/<uuid:session>/", pages_play.play, name="play"),
    path("session/<uuid:session>/done/", pages_play.done, name="done"),
    path("session/<uuid:session>/stopped/", pages_after.stopped, name="stopped"),
    path("session/<uuid:session>/means/", pages_after.means, name="means"),
    path("session/<uuid:session>/not-so/<slug:sign>/", pages_wrong.not_so, name="not_so"),
    path("wrong/", pages_wrong.wrong, name="wrong"),
    path("session/<uuid:session>/rate/", pages_after.rate, name="rate"),
    path("session/<uuid:session>/after/", pages_after.after, name="after"),
    path("session/<uuid:session>/look-back/", pages_after.look_back, name="look_back"),
    path("session/<uuid:session>/follows/", pages_after.follows, name="follows"),
]
