"""Pages of the past that come late."""


class Pages:
    """What a browser asks of the past over its socket: the answers can be kept waiting.

    Args:
        page: before it has opened a room.
    """

    def __init__(self, page):
        self._page = page
        self._held = None
        page.route_web_socket("**/ws/zashiki/", self._connected)

    def hold(self):
        self._held = []

    def wait(self):
        while not self._held:
            self._page.wait_for_timeout(50)

    def release(self):
        held, self._held = self._held, None
        for answer in held:
            self._browser.send(answer)

    def _connected(self, browser):
        self._browser = browser
        server = browser.connect_to_server()
        server.on_message(self._heard)

    def _heard(self, frame):
        if self._held is not None and '"more_before"' in frame:
            self._held.append(frame)
        else:
            self._browser.send(frame)
