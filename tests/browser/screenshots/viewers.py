"""Browsers of any size, theme and language for screenshots."""

from tests.browser.screenshots.view import RESIDENT
from tests.browser.screenshots.viewer import RESIDENTS, Viewer

WIDE = {"viewport": {"width": 1280, "height": 800}}
NARROW = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
SIZES = {"wide": WIDE, "narrow": NARROW}


class Viewers:
    """
    Args:
        chat_server: a `ScreenshotServer`.
        browser: in which each viewer gets a context.
    """

    def __init__(self, chat_server, browser):
        self.chat_server, self._browser = chat_server, browser
        self._signed_in = {}
        self._known = {}

    def open(self, who, size, theme, language):
        """A browser of somebody: `View` says who they may be."""
        who = RESIDENTS[language] if who == RESIDENT else who
        options = {**SIZES[size], "color_scheme": theme, "locale": language, "timezone_id": "UTC"}
        return self._viewer(language, storage_state=self._state_of(who), **options)

    def open_again(self, who, size, theme, language):
        """The browser in which somebody was before, which remembers nothing but who they are; strangers have none."""
        way = (who, size, theme, language)
        if who is None:
            return self.open(*way)
        if way not in self._known:
            self._known[way] = self.open(*way)
        self._known[way].forget_all()
        return self._known[way]

    def _state_of(self, who):
        if who and who not in self._signed_in:
            viewer = self._viewer("en", locale="en")
            self._signed_in[who] = viewer.sign_in(who).context.storage_state()
            viewer.context.close()
        return self._signed_in.get(who)

    def _viewer(self, language, **options):
        return Viewer(self.chat_server, self._browser.new_context(**options), language)
