/// One response, ready to be serialised.
public struct Response: Sendable {
    /// The status.
    public var status: Status
    /// The header fields except Date, Content-Length and Connection, which the serializer adds.
    public var fields: FieldLines
    /// The content.
    public var body: [UInt8]
    /// Whether the connection is closed instead of sending it, as by a server that failed.
    public var isDropped = false

    /// Creates a response.
    public init(status: Status, fields: FieldLines = FieldLines(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// Serialised field lines, checked when they are added.
public struct FieldLines: Sendable, Equatable {
    /// `Name: value CRLF`, repeated.
    public private(set) var bytes: [UInt8] = []

    /// Creates an empty section.
    public init() {}

    /// These lines with reserved capacity, so that further ones are added without a copy.
    ///
    /// - Parameter byteCount: The bytes of the lines to come, with CRLF.
    /// - Returns: The same lines.
    public func addingCapacity(_ byteCount: Int) -> FieldLines {
        var copy = FieldLines()
        copy.bytes.reserveCapacity(bytes.count + byteCount)
        copy.bytes.append(contentsOf: bytes)
        return copy
    }

    /// Adds a field line.
    ///
    /// Control bytes in the value, which could end the line (CR, LF, NUL and others), are dropped: no
    /// value can split a response (CWE-113).
    /// - Parameters:
    ///   - name: A token.
    ///   - writeValue: Appends the value to the given bytes.
    public mutating func add(_ name: StaticString, by writeValue: (inout [UInt8]) -> Void) {
        bytes.append(name)
        bytes.append(": ")
        let start = bytes.count
        writeValue(&bytes)
        if !bytes.span.extracting(droppingFirst: start).isPrintable {
            let value = bytes[start...].filter(\.isPrintable)
            bytes.replaceSubrange(start..., with: value)
        }
        bytes.append("\r\n")
    }

    /// Adds a field line.
    public mutating func add(_ name: StaticString, _ value: String) {
        add(name) { $0.append(contentsOf: value.utf8) }
    }
}

extension UInt8 {
    /// Whether this is neither a control character nor a tab.
    fileprivate var isPrintable: Bool { self >= 0x20 && self != 0x7F }
}

extension Span<UInt8> {
    /// Whether all bytes are printable.
    fileprivate var isPrintable: Bool {
        var isPrintable = true
        for index in indices where !self[index].isPrintable { isPrintable = false }
        return isPrintable
    }
}
