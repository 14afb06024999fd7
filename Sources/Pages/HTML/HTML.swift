import Bytes

/// A fragment of an HTML document (WHATWG HTML, §13).
///
/// Safe by construction (CWE-79): text is escaped where it enters, and markup comes from `element`
/// alone, whose names are written in the source.
struct HTML: Sendable {
    /// The fragment in UTF-8.
    fileprivate(set) var bytes: [UInt8] = []

    /// An empty fragment.
    init() {}

    /// Text that is nothing but text.
    init(_ text: String) {
        append(text)
    }

    /// Whether there is nothing in it.
    var isEmpty: Bool { bytes.isEmpty }

    /// The document with this fragment after the doctype.
    var document: [UInt8] { Array("<!doctype html>\n".utf8) + bytes + [UInt8(ascii: "\n")] }

    /// Appends a fragment.
    mutating func append(_ other: HTML) {
        bytes.append(contentsOf: other.bytes)
    }

    /// Appends text, escaped.
    mutating func append(_ text: String) {
        HTMLEscaping.append(text, to: &bytes)
    }

    /// Appends bytes of the source.
    private mutating func append(markup: StaticString) {
        bytes.append(contentsOf: markup.description.utf8)
    }

    /// One element.
    fileprivate init(
        _ name: StaticString, _ attributes: [Attribute?], content: HTML?
    ) {
        bytes.reserveCapacity((content?.bytes.count ?? 0) + 64)
        append(markup: "<")
        append(markup: name)
        for case let attribute? in attributes {
            append(markup: " ")
            append(markup: attribute.name)
            guard let value = attribute.value else { continue }
            append(markup: "=\"")
            append(value)
            append(markup: "\"")
        }
        append(markup: ">")
        guard let content else { return }
        append(content)
        append(markup: "</")
        append(markup: name)
        append(markup: ">")
    }
}

/// An element with content.
///
/// - Parameters:
///   - name: Of its tag.
///   - attributes: In this order; nil for one that is left out.
///   - content: What is in it.
/// - Returns: The element.
func element(
    _ name: StaticString, _ attributes: Attribute?..., @HTMLBuilder content: () -> HTML
) -> HTML {
    HTML(name, attributes, content: content())
}

/// An element with content, whose attributes were made before.
func element(
    _ name: StaticString, with attributes: [Attribute?], @HTMLBuilder content: () -> HTML
) -> HTML {
    HTML(name, attributes, content: content())
}

/// An element without content and end tag, such as `input` (WHATWG HTML §13.1.2, void elements).
func void(_ name: StaticString, _ attributes: Attribute?...) -> HTML {
    HTML(name, attributes, content: nil)
}

/// An element without content and end tag, whose attributes were made before.
func void(_ name: StaticString, with attributes: [Attribute?]) -> HTML {
    HTML(name, attributes, content: nil)
}

/// Joins the parts of a fragment.
@resultBuilder
enum HTMLBuilder {
    static func buildExpression(_ html: HTML) -> HTML { html }
    static func buildExpression(_ html: HTML?) -> HTML { html ?? HTML() }
    static func buildExpression(_ text: String) -> HTML { HTML(text) }

    static func buildBlock(_ parts: HTML...) -> HTML {
        parts.reduce(into: HTML()) { $0.append($1) }
    }

    static func buildOptional(_ part: HTML?) -> HTML { part ?? HTML() }
    static func buildEither(first part: HTML) -> HTML { part }
    static func buildEither(second part: HTML) -> HTML { part }
    static func buildArray(_ parts: [HTML]) -> HTML {
        parts.reduce(into: HTML()) { $0.append($1) }
    }
}

/// A fragment from its parts.
func html(@HTMLBuilder _ content: () -> HTML) -> HTML { content() }
