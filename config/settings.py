"""The one settings module; the environment is read in one block.

It must not know any step, post or paper.
"""

import os
import warnings
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

from config.database import completed
from config.production import refuse_unfit

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# The environment: everything an installation may choose stands in this block.
env = Env()
env.read_env(os.environ.get("CUNXIAN_ENV_FILE", VAR_DIR / "secrets.env"), recurse=False)
PRODUCTION = env.bool("CUNXIAN_PRODUCTION", default=False)
TRAINING = env.bool("CUNXIAN_TRAINING", default=not PRODUCTION)
DEBUG = env.bool("CUNXIAN_DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
FIELD_KEY = env.str("FIELD_KEY", default="")
INDEX_KEY = env.str("INDEX_KEY", default="")
PAPER_KEY = env.str("PAPER_KEY", default="")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BEHIND_PROXY = env.bool("CUNXIAN_BEHIND_PROXY", default=False)
# What a QR code leads to; a paper printed today is checked years later.
SITE_URL = env.str("CUNXIAN_SITE_URL", default="http://127.0.0.1:8000")
DATABASE = env.dj_db_url(
    "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'cunxian.sqlite3'}"
)
# The key papers are signed with; without it they are not (docs/decisions.md).
SIGN_PKCS12 = env.str("CUNXIAN_SIGN_PKCS12", default="")
SIGN_PASSPHRASE = env.str("CUNXIAN_SIGN_PASSPHRASE", default="")
MEDIA_ROOT = env.path("CUNXIAN_MEDIA", default=VAR_DIR / "media")
# Whether officials from the township up must have a code besides the password.
SECOND_FACTOR = env.str(
    "CUNXIAN_SECOND_FACTOR",
    default="optional",
    validate=validate.OneOf(["optional", "required"]),
)
LOG_LEVEL = env.str("CUNXIAN_LOG_LEVEL", default="WARNING")
# line: for people; json: one object a line, for whatever collects them.
LOG_FORM = env.str("CUNXIAN_LOG", default="line")

refusals = refuse_unfit(
    secrets={
        "SECRET_KEY": SECRET_KEY,
        "FIELD_KEY": FIELD_KEY,
        "INDEX_KEY": INDEX_KEY,
        "PAPER_KEY": PAPER_KEY,
    },
    production=PRODUCTION,
    debug=DEBUG,
    training=TRAINING,
    hosts=ALLOWED_HOSTS,
    signing={
        "CUNXIAN_SIGN_PKCS12": SIGN_PKCS12,
        "CUNXIAN_SIGN_PASSPHRASE": SIGN_PASSPHRASE,
    },
)
if refusals:
    raise ImproperlyConfigured("\n".join(refusals))

# django-fsm 3 is frozen and says so at import; which of the two packages is
# installed is proved by config.checks, so the advice is heard once, there.
warnings.filterwarnings("ignore", message="(?s).*django-fsm", category=UserWarning)

INSTALLED_APPS = [
    "config",
    "procedures",
    "workflows",
    "notices",
    "permissions",
    "registry",
    "guardian",
    "viewflow",
    "viewflow.workflow",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "config.middleware.numbered",
    "config.middleware.content_security_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.no_null_characters",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # The officer's language and size of type, then the post he acts under.
    "permissions.middleware.PreferencesMiddleware",
    "permissions.middleware.HatMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workflows.context.frame",
            ]
        },
    }
]

DATABASES = {"default": completed(DATABASE, tests_in=VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "permissions.Officer"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
LOGIN_URL = "permissions:login"
LOGIN_REDIRECT_URL = "workflows:worklist"
LOGOUT_REDIRECT_URL = "permissions:login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
# Read by the floors below `workflows`, which may not import it.
CLOCK = "workflows.clock.now"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Collected and hashed for production; found in place everywhere else.
STATIC_ROOT = VAR_DIR / "static" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    # Photos and papers: private, handed out by views only, never by an URL.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# A desk of 500 households posts some twenty fields per row.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 600
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    # Spreadsheets of persons stay in memory, whatever their size.
    "registry.sheets.uploads.SheetUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# One working day, then log in again; a shared office machine forgets on close.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "permissions.sessions"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
# Who asks whether the house stands asks from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "workflows.views.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.Line",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "config.logs.Json"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORM,
            # On the handler: the worker sets its own loggers to INFO.
            "level": LOG_LEVEL,
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
