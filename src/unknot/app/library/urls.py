from django.urls import path

from unknot.app.library import pages_cost, pages_evidence, pages_options, pages_read

app_name = "library"
urlpatterns = [
    path("learn/", pages_evidence.learn, name="learn"),
    path("understand/", pages_read.understand, name="understand"),
    path("glossary/", pages_read.glossary, name="glossary"),
    path("about/", pages_read.about, name="about"),
    path("evidence/", pages_evidence.evidence, name="evidence"),
    path("options/", pages_options.options, name="options"),
    path("case/<uuid:case>/options/", pages_options.options, name="case_options"),
    path("cost/", pages_cost.cost, name="cost"),
    path("evidence/<slug:claim>/", pages_evidence.claim, name="claim"),
]
