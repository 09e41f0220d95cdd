"""Django's settings for the stand-alone server; everything that can be chosen comes from `options`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from zashiki.server.config import private_files, single_sign_on
from zashiki.server.config.channel_layer import caches, channel_layers
from zashiki.server.config.database import database
from zashiki.server.config.email import mail_settings
from zashiki.server.config.hosts import allowed_hosts, public_origin
from zashiki.server.config.logging import logging_settings
from zashiki.server.config.options import app_settings, option
from zashiki.server.config.secret_key import secret_key
from zashiki.server.http.security_headers import add_to_file

DATA = Path(option("DATA_DIR")).absolute()
private_files.prepare(DATA)
(DATA / "static").mkdir(exist_ok=True)
ORIGIN = public_origin(option("PUBLIC_URL"))
IS_SECURE = ORIGIN.startswith("https:")

DEBUG = False
SECRET_KEY = option("SECRET_KEY") or secret_key(DATA)
ALLOWED_HOSTS = allowed_hosts(ORIGIN, option("HOST"), option("ALLOWED_HOSTS"))
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []

INSTALLED_APPS = [
    "zashiki.server.accounts",
    "zashiki",  # before the others, so that its words win over theirs
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *single_sign_on.APPS,
    "channels",
]
MIDDLEWARE = [
    "zashiki.server.http.security_headers.SecurityHeadersMiddleware",
    "zashiki.server.http.compression.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zashiki.server.utf8.Utf8Middleware",
    "allauth.account.middleware.AccountMiddleware",
    "zashiki.server.accounts.session_activity.SessionActivityMiddleware",
    "zashiki.server.http.request_identity.RequestIdentityMiddleware",
]
ROOT_URLCONF = "zashiki.server.urls"
ASGI_APPLICATION = "zashiki.server.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": database(option("DATABASE_URL") or f"sqlite:///{DATA / 'zashiki.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    private_files.close_file(Path(DATABASES["default"]["NAME"]))
FILE_UPLOAD_PERMISSIONS = private_files.FILE
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CHANNEL_LAYERS = channel_layers(option("REDIS_URL"))
CACHES = caches(DATA)

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["zashiki.server.accounts.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "zashiki:index"
ACCOUNT_ADAPTER = "zashiki.server.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if option("SMTP_URL") else "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{urlsplit(ORIGIN).netloc}] " if ORIGIN else None
ACCOUNT_REAUTHENTICATION_REQUIRED = (
    True  # whoever sits down at an open browser takes no account over by another address
)
SIGN_UP = option("ALLOW_SIGNUP")
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE  # browsers themselves allow it on localhost alone
MFA_TOTP_ISSUER = "Zashiki"
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_ADAPTER = "zashiki.server.accounts.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = single_sign_on.providers(
    option("OIDC_ISSUER"),
    option("OIDC_CLIENT_ID"),
    option("OIDC_CLIENT_SECRET"),
    option("OIDC_PROVIDER_NAME"),
)
SIGN_IN_ORIGIN = single_sign_on.origin(option("OIDC_ISSUER"))

DEFAULT_FROM_EMAIL = SERVER_EMAIL = option("EMAIL_FROM")
globals().update(mail_settings(option("SMTP_URL")))

SESSION_ENGINE = "zashiki.server.http.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
# This host alone: whether its subdomains have https, and whether browsers may know it beforehand, is their owner's to say.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = add_to_file
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zashiki.server.http.static_storage.ModuleStorage"},
}

FILE_UPLOAD_MAX_MEMORY_SIZE = (
    64 * 1024
)  # bytes of a body that are held in memory; what is larger is held on disk

LANGUAGE_CODE = option("LANGUAGE_CODE")
LANGUAGES = [("en", "English"), ("ja", "日本語")]
TIME_ZONE = option("TIME_ZONE")
USE_I18N = USE_TZ = True
LOGGING = logging_settings(option("LOG_LEVEL"))

ZASHIKI_LIMITS_FILE = str(DATA / "limits")
globals().update(app_settings())
if ORIGIN:
    ZASHIKI_ALLOWED_ORIGINS = [*globals().get("ZASHIKI_ALLOWED_ORIGINS", ()), ORIGIN]
