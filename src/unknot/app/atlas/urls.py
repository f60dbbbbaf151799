from django.urls import path

from unknot.app.atlas import pages

app_name = "atlas"
urlpatterns = [
    path("atlas/", pages.browse, name="browse"),
    path("atlas/muscle/<slug:muscle>/", pages.muscle, name="muscle"),
    path("atlas/region/<slug:region>/", pages.region, name="region"),
]
