"""A page as a person's software sees it: the tree of tags and attributes, and the text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "rect", "line", "circle"})


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: "list[Element]" = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def find(self, *tags: str) -> "list[Element]":
        found = [self] if self.tag in tags else []
        return found + [element for child in self.children for element in child.find(*tags)]

    def find_class(self, name: str) -> "list[Element]":
        found = [self] if name in self.attributes.get("class", "").split() else []
        return found + [element for child in self.children for element in child.find_class(name)]

    @property
    def text(self) -> str:
        """The text within, in order, with single spaces."""
        return " ".join("".join(self.texts).split())

    def outline(self) -> tuple[object, ...]:
        """Tags and the names of their attributes, without any value or text."""
        return (self.tag, tuple(self.attributes), tuple(child.outline() for child in self.children))


class _Outliner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of <{tag}> stands there twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open = self.open[:-1] if tag not in VOID else self.open

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def read_page(page: bytes) -> Element:
    """Return the page's tree; a tag that is not closed in its turn fails the test."""
    outliner = _Outliner()
    outliner.feed(page.decode("utf-8"))
    outliner.close()
    assert outliner.open == [outliner.root]
    return outliner.root
