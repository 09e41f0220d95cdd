from django.conf.urls.i18n import i18n_patterns

from tests.host_sites import urls

urlpatterns = i18n_patterns(*urls.urlpatterns)
