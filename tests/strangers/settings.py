from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.strangers"]
AUTH_USER_MODEL = "strangers.Stranger"
