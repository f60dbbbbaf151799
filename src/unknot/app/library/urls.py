from django.urls import path

from unknot.app.library import pages_evidence

app_name = "library"
urlpatterns = [
    path("learn/", pages_evidence.learn, name="learn"),
    path("evidence/", pages_evidence.evidence, name="evidence"),
    path("evidence/<slug:claim>/", pages_evidence.claim, name="claim"),
]
