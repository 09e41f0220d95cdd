from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.custom_user_model"]
AUTH_USER_MODEL = "custom_user_model.Stranger"
