import Bytes

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
    ///   - capacity: At least the bytes of the value.
    ///   - writeValue: Appends the value.
    public mutating func add(
        _ name: StaticString, capacity: Int, by writeValue: (inout OutputSpan<UInt8>) -> Void
    ) {
        let start = bytes.count
        bytes.append(addingCapacity: name.utf8CodeUnitCount + capacity + 4) { output in
            output.append(name)
            output.append(": ")
            writeValue(&output)
            output.append("\r\n")
        }
        // The whole line: a name has none, and short values are faster with it.
        if bytes.span.extracting(start..<bytes.count - 2).containsControl {
            let value = start + name.utf8CodeUnitCount + 2..<bytes.count - 2
            bytes.replaceSubrange(value, with: bytes[value].filter { $0 >= 0x20 && $0 != 0x7F })
        }
    }

    /// Adds a field line.
    public mutating func add(_ name: StaticString, _ value: String) {
        let bytes = value.utf8Span.span
        add(name, capacity: bytes.count) { $0.append(copying: bytes) }
    }
}
