"""Django's settings. What differs from place to place comes from the environment."""

from __future__ import annotations

from pathlib import Path

from jixiao.web import environment

BASE = Path(__file__).parent

SECRET_KEY = environment.secret_key()
DEBUG = False
ALLOWED_HOSTS = environment.hosts()
HTTPS = environment.is_https()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "jixiao.web.jobs",
    "jixiao.web.journal",
    "jixiao.web.accounts",
    "jixiao.web.targets",
    "jixiao.web.rounds",
    "jixiao.web.adjustments",
    "jixiao.web.imports",
    "jixiao.web.library",
    "jixiao.web.api",
    "jixiao.web.review",
]

PROXIES = environment.proxies()

MIDDLEWARE = [
    "jixiao.web.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jixiao.web.headers.SecurityHeaders",
    "jixiao.web.headers.OneEncoding",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jixiao.web.accounts.idle.KeepInUse",
    "jixiao.web.accounts.renewal.RenewPassword",
    "jixiao.web.errors.TellErrors",
    "jixiao.web.scope.ScopeMiddleware",
]

ROOT_URLCONF = "jixiao.web.urls"
WSGI_APPLICATION = "jixiao.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "jixiao.web.targets.templatetags.form",
                "jixiao.web.rounds.templatetags.rounds",
                "jixiao.web.adjustments.templatetags.adjustments",
                "jixiao.web.review.templatetags.review",
            ],
            "libraries": {
                "form": "jixiao.web.targets.templatetags.form",
                "review": "jixiao.web.review.templatetags.review",
            },
        },
    }
]

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "jixiao.web.jobs.backend.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["jixiao.web.accounts.lockout.LockoutBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
] + [
    {"NAME": "jixiao.web.accounts.passwords.Classes", "OPTIONS": {"least": 3}},
    {"NAME": "jixiao.web.accounts.passwords.NotUsedBefore", "OPTIONS": {"count": 5}},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "login"

# GB/T 22239-2019 (等级保护第三级) 8.1.4.1：口令有复杂度要求并定期更换；登录失败处理、登录连接超时
# 自动退出。
PASSWORD_DAYS = environment.password_days()
LOCKOUT_FAILURES = 5
LOCKOUT_MINUTES = 15
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_REFRESH = 5 * 60
"""Seconds after which a session that is in use is prolonged: not at every request."""
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "jixiao.web.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Only what a trusted proxy says of it is left by then (proxies.TrustedProxies).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE / "static"]
# Files are served as they stand in the packages: no step of collecting them is to be forgotten.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

UPLOAD_LIMIT = 30 * 1024 * 1024
"""Bytes of the largest file taken for import; a text of 100 projects has under 1 MB."""
CHECKS_AT_ONCE = 2
"""Files that the API checks at the same time, in each process of the server."""
CHECK_SECONDS = 60
"""Of one such check; LibreOffice, which reads old formats, takes 5 to 20 to start."""
CHECK_MEMORY = 3 * 1024**3
"""Bytes of address space of one such check; LibreOffice alone takes 1.5 GB of it."""
FILE_UPLOAD_HANDLERS = ["jixiao.web.imports.uploads.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
