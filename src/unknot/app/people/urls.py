from django.urls import path

from unknot.app.people import pages

app_name = "people"
urlpatterns = [
    path("settings/", pages.settings, name="settings"),
    path("settings/body/", pages.body, name="body"),
    path("settings/export/", pages.export_data, name="export"),
    path("settings/import/", pages.import_data, name="import"),
    path("settings/erase/", pages.erase_data, name="erase"),
]
