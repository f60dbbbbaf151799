from django.urls import path

from unknot.app.phones import pages

app_name = "phones"
urlpatterns = [
    path("phones/", pages.phones, name="phones"),
    path("phones/code/", pages.code, name="code"),
    path("phones/passphrase/", pages.choose_passphrase, name="passphrase"),
    path("phones/unpair/", pages.unpair, name="unpair"),
    path("phones/lock/", pages.lock, name="lock"),
    path("pair/", pages.pair, name="pair"),
    path("login/", pages.login, name="login"),
    path("certificate/", pages.certificate, name="certificate"),
]
