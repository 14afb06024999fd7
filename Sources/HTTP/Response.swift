/// One answer, ready to be serialised.
public struct Response: Sendable {
    /// The status.
    public var status: Status
    /// The field lines, Date, Content-Length and Connection excepted: those are the serializer's.
    public var fields: FieldLines
    /// The content.
    public var body: [UInt8]

    /// An answer from its parts.
    public init(status: Status, fields: FieldLines = FieldLines(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// Field lines as they go on the wire, checked when they are added.
public struct FieldLines: Sendable, Equatable {
    /// `Name: value CRLF`, repeated.
    public private(set) var bytes: [UInt8] = []

    /// No field lines.
    public init() {}

    /// Adds a field line.
    ///
    /// A byte of the value that could end the line (CR, LF, NUL or another control) is dropped:
    /// no value can split a response, whoever wrote it (CWE-113).
    public mutating func add(_ name: String, _ value: some Sequence<UInt8>) {
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: [UInt8(ascii: ":"), UInt8(ascii: " ")])
        for byte in value where byte >= 0x20 && byte != 0x7F { bytes.append(byte) }
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    /// Adds a field line.
    public mutating func add(_ name: String, _ value: String) {
        add(name, value.utf8)
    }
}
