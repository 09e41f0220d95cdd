"""What is read of a message: the text of its html as a browser shows it, with the signs that a browser draws by itself."""

from html.parser import HTMLParser

BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "pre", "hr", "ul", "ol", "blockquote", "table"}


class Reader(HTMLParser):
    """Reads html: text, bullets and numbers of lists, boxes of tasks, rules and rows of tables."""

    def __init__(self):
        super().__init__()
        self.text = ""
        self._lists = []  # the next number of each list that is open; None for bullets
        self._is_code = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in BLOCKS:
            self._begin_line()
        if tag in ("ul", "ol"):
            self._lists.append(int(attrs.get("start", 1)) if tag == "ol" else None)
        elif tag == "li":
            self.text += self._marker(attrs)
        elif tag == "input":
            self.text += "[x]" if "checked" in attrs else "[ ]"
        elif tag == "hr":
            self.text += "---\n"
        elif tag == "pre":
            self._is_code = True
        elif tag in ("td", "th"):
            self.text += "| "
        elif tag == "br":
            self.text += "\n"

    def handle_endtag(self, tag):
        if tag in ("ul", "ol"):
            self._lists.pop()
        if tag == "pre":
            self._is_code = False
        if tag in ("td", "th"):
            self.text += " "
        if tag in BLOCKS:
            self._begin_line()

    def handle_data(self, data):
        self.text += data if self._is_code else data.replace("\n", "")

    def _begin_line(self):
        if self.text and not self.text.endswith(("\n", "- ", ". ")):
            self.text += "\n"

    def _marker(self, attrs):
        if self._lists[-1] is None:
            return "- "
        number = int(attrs.get("value", self._lists[-1]))
        self._lists[-1] = number + 1
        return f"{number}. "


def read(html):
    """The lines that are read, without empty ones and spaces at their ends."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return lines(reader.text)


def lines(text):
    return [line.rstrip() for line in text.split("\n") if line.strip()]
