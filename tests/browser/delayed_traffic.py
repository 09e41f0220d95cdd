"""What goes over a socket can come late."""


class Late:
    """Frames of one kind that a browser hears or says can be kept waiting.

    Args:
        page: before it has opened a room.
        mark: what stands in the frames of this kind.
    """

    PAGE = '"more_before"'  # an answer: messages of the past
    SIT = '"type":"subscribe"'  # a command

    def __init__(self, page, mark):
        self._page = page
        self._mark = mark
        self._held = None
        self._connections = self._dead = 0
        page.route_web_socket("**/ws/zashiki/*", self._connected)

    def hold(self):
        self._held = []

    def wait(self):
        """Until there is one that is kept."""
        while not self._held:
            self._page.wait_for_timeout(50)

    def release(self):
        held, self._held = self._held, None
        for send, frame in held:
            send(frame)

    def die(self):
        """Nothing comes any more over the connections that there are, in either direction, and nobody closes them."""
        self._dead = self._connections

    def _connected(self, browser):
        self._connections += 1
        server = browser.connect_to_server()
        server.on_message(self._pass(browser.send))
        browser.on_message(self._pass(server.send))

    def _pass(self, send):
        number = self._connections

        def on(frame):
            if number <= self._dead:
                return
            if self._held is not None and self._mark in frame:
                self._held.append((send, frame))
            else:
                send(frame)

        return on
