"""Every address of the app."""

from django.urls import include, path

from unknot.app.api import api
from unknot.app.shell import offline

urlpatterns = [
    path("", include("unknot.app.progress.urls")),
    path("", include("unknot.app.cases.urls")),
    path("", include("unknot.app.sessions.urls")),
    path("", include("unknot.app.routines.urls")),
    path("", include("unknot.app.people.urls")),
    path("", include("unknot.app.library.urls")),
    path("", include("unknot.app.atlas.urls")),
    path("", include("unknot.app.sync.urls")),
    path("", include("unknot.app.phones.urls")),
    path("", include("unknot.app.reminders.urls")),
    path("", include("unknot.app.tools.urls")),
    path("worker.js", offline.worker, name="worker"),
    path("offline.json", offline.kept, name="offline"),
    path("api/", api.urls),
]

handler400 = "unknot.app.shell.views.bad_request"
handler403 = "unknot.app.shell.views.refused"
handler404 = "unknot.app.shell.views.not_found"
handler500 = "unknot.app.shell.views.broken"
