from django.urls import path

from unknot.app.cases import next_step, pages_answers, pages_before, pages_check, pages_pain, pages_spots, pages_stop

app_name = "cases"
urlpatterns = [
    path("new/", pages_pain.new, name="new"),
    path("case/<uuid:case>/", pages_pain.resume, name="resume"),
    path("case/<uuid:case>/pain/", pages_pain.pain, name="pain"),
    path("case/<uuid:case>/confirm/", pages_pain.confirm, name="confirm"),
    path("case/<uuid:case>/you/", pages_pain.you, name="you"),
    path("case/<uuid:case>/check/", pages_check.check, name="check"),
    path("case/<uuid:case>/before/", pages_before.before, name="before"),
    path("case/<uuid:case>/answers/", pages_answers.answers, name="answers"),
    path("case/<uuid:case>/answers/<slug:question>/", pages_answers.change, name="change"),
    path("case/<uuid:case>/taken-back/", pages_answers.taken_back, name="taken_back"),
    path("case/<uuid:case>/stop/", pages_stop.stop, name="stop"),
    path("case/<uuid:case>/clinician/", pages_stop.clinician, name="clinician"),
    path("case/<uuid:case>/spots/", pages_spots.spots, name="spots"),
    path("case/<uuid:case>/ask/<slug:question>/", next_step.ask, name="ask"),
    path("case/<uuid:case>/press/<slug:spot>/", pages_spots.press, name="press"),
    path("case/<uuid:case>/about/<slug:spot>/", pages_spots.about, name="about"),
    path("case/<uuid:case>/close/", pages_answers.close, name="close"),
]
