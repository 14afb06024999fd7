/// Writes one JSON object, its members in the order in which they are added.
///
/// Responses are written with it, so that a person reads their members in the documented order.
public struct JSONObject: Sendable {
    /// The text so far, without its closing brace.
    private var text = [UInt8(ascii: "{")]

    /// An object without members.
    public init() {}

    /// An object without members that is expected to have so many bytes.
    public init(capacity: Int) {
        text.reserveCapacity(capacity)
    }

    /// Adds a member, whose name must be new to this object.
    public mutating func add(_ name: String, _ value: JSONValue) {
        start(name)
        JSONText.append(value, to: &text)
    }

    /// Adds a member that is an object in its own order; its name must be new to this object.
    public mutating func add(_ name: String, _ value: JSONObject) {
        start(name)
        text.append(contentsOf: value.text)
        text.append(UInt8(ascii: "}"))
    }

    /// Adds a member that is an array of objects, each in its own order; its name must be new to this
    /// object.
    public mutating func add(_ name: String, _ values: [JSONObject]) {
        start(name)
        text.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: value.encoded())
        }
        text.append(UInt8(ascii: "]"))
    }

    /// The whole object in UTF-8.
    public consuming func encoded() -> [UInt8] {
        text.append(UInt8(ascii: "}"))
        return text
    }

    private mutating func start(_ name: String) {
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        JSONText.append(name, to: &text)
        text.append(UInt8(ascii: ":"))
    }
}
