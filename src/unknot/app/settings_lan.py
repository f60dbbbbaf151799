"""Django settings of the server for phones: only over HTTPS, only paired phones that are logged in.

There is no HSTS header, on purpose. It would hold for every port of the host's name: the plain page that explains could
no longer be reached, nor a printer or router page under the same name, and once the authority is removed from a phone
nothing could open the name again. Cookies are Secure, and the plain port serves nothing but an explanation.
"""

from unknot.app.phones.authority import FILES
from unknot.app.phones.place import served
from unknot.app.settings import *  # noqa: F403
from unknot.app.settings import MIDDLEWARE

LAN = True
_served = served(FILES)
ALLOWED_HOSTS = _served.hosts if _served else []

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware"
    if name == "unknot.app.shell.middleware.launch_cookie"
    else name
    for name in MIDDLEWARE
]
MIDDLEWARE.insert(
    MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware") + 1,
    "unknot.app.phones.middleware.paired_phone",
)

CSRF_COOKIE_SECURE = True
