/// The elements that are written most, by the names of their tags.
func div(_ names: String, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("div", .class(names), content: content)
}

func span(_ names: String, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("span", .class(names), content: content)
}

func p(_ names: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("p", names.map(Attribute.class), content: content)
}

func h1(@HTMLBuilder _ content: () -> HTML) -> HTML { element("h1", content: content) }

func h2(id: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("h2", id.map(Attribute.id), content: content)
}

func h3(@HTMLBuilder _ content: () -> HTML) -> HTML { element("h3", content: content) }

func a(_ address: String, class names: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("a", names.map(Attribute.class), .href(address), content: content)
}

func code(@HTMLBuilder _ content: () -> HTML) -> HTML { element("code", content: content) }

/// What a browser shows that runs no scripts.
func noscript(@HTMLBuilder _ content: () -> HTML) -> HTML { element("noscript", content: content) }

func b(@HTMLBuilder _ content: () -> HTML) -> HTML { element("b", content: content) }

/// A name or other text of a person, whatever its direction (WHATWG HTML §4.5.24).
func bdi(_ text: String) -> HTML { element("bdi") { text } }

func ul(_ names: String, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("ul", .class(names), content: content)
}

func li(@HTMLBuilder _ content: () -> HTML) -> HTML { element("li", content: content) }
