/// An attribute of an element; one without value is a boolean attribute (WHATWG HTML §2.3.2).
struct Attribute: Sendable {
    let name: StaticString
    let value: String?

    /// An attribute by its name.
    init(_ name: StaticString, _ value: String? = nil) {
        self.name = name
        self.value = value
    }

    /// The attribute where a condition holds; nil elsewhere.
    func when(_ condition: Bool) -> Attribute? { condition ? self : nil }
}

/// Those that are written most.
extension Attribute {
    static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    static func id(_ id: String) -> Attribute { Attribute("id", id) }
    static func href(_ address: String) -> Attribute { Attribute("href", address) }
    static func type(_ type: String) -> Attribute { Attribute("type", type) }
    static func name(_ name: String) -> Attribute { Attribute("name", name) }
    static func value(_ value: String) -> Attribute { Attribute("value", value) }
    static func autocomplete(_ tokens: String) -> Attribute { Attribute("autocomplete", tokens) }
    static func aria(_ property: Aria, _ value: String) -> Attribute {
        Attribute(property.name, value)
    }

    /// States and properties of WAI-ARIA 1.2 that the pages use.
    enum Aria {
        case controls, current, describedBy, hidden, invalid, label, labelledBy, live, pressed, sort

        fileprivate var name: StaticString {
            switch self {
            case .controls: "aria-controls"
            case .current: "aria-current"
            case .describedBy: "aria-describedby"
            case .hidden: "aria-hidden"
            case .invalid: "aria-invalid"
            case .label: "aria-label"
            case .labelledBy: "aria-labelledby"
            case .live: "aria-live"
            case .pressed: "aria-pressed"
            case .sort: "aria-sort"
            }
        }
    }
}
