/// One complete request that owns its bytes: passed from an event loop to a worker and back.
///
/// The head is stored as received; everything else are ranges into it.
public struct Request: Sendable {
    /// The method.
    public let method: Method
    /// The minor version: 0 for HTTP/1.0, 1 for HTTP/1.1 and above.
    public let minorVersion: UInt8
    /// Whether the connection may carry another request after this one (RFC 9112 §9.3).
    public let isPersistent: Bool
    /// The listener that accepted it.
    public var listener = ListenerRole.public
    /// The content, with the chunked coding decoded.
    public var body: [UInt8] = []
    /// The peer.
    public var peer: Peer = .local(user: nil)
    /// When the head was complete, in nanoseconds of the server's monotonic clock.
    public var arrival: UInt64 = 0

    let head: [UInt8]
    let fields: [Field]
    let names: FieldName.Set
    let pathRange: Range<Int>
    let queryRange: Range<Int>?
    let authorityRange: Range<Int>?

    /// One field line: its name if recognised, and the range of its value in the head.
    struct Field: Sendable, Equatable {
        /// The name.
        var name: FieldName
        /// The start of the value.
        var start: UInt16
        /// The end of the value.
        var end: UInt16

        /// The range of the value.
        var range: Range<Int> { Int(start)..<Int(end) }
    }
}

extension Request {
    /// The path of the request-target, byte for byte as received; `*` for `OPTIONS *`.
    public var path: ArraySlice<UInt8> { head[pathRange] }

    /// The query after the first `?` of the request-target; nil without one.
    public var query: ArraySlice<UInt8>? { queryRange.map { head[$0] } }

    /// The authority that the client addressed: that of an absolute-form target, else the Host header
    /// field (RFC 9112 §3.2.2); nil without either, which only HTTP/1.0 allows.
    public var authority: ArraySlice<UInt8>? {
        authorityRange.map { head[$0] } ?? self[.host]
    }

    /// Whether there is a header field with this name.
    public func has(_ name: FieldName) -> Bool { names.contains(name) }

    /// The value of the first header field with this name, without surrounding white space.
    public subscript(name: FieldName) -> ArraySlice<UInt8>? {
        guard names.contains(name) else { return nil }
        for field in fields where field.name == name {
            return head[field.range]
        }
        return nil
    }

    /// The value of the only header field with this name; nil when there is none or more than one.
    public func single(_ name: FieldName) -> ArraySlice<UInt8>? {
        guard names.contains(name) else { return nil }
        var found: Field?
        for field in fields where field.name == name {
            guard found == nil else { return nil }
            found = field
        }
        return found.map { head[$0.range] }
    }

    /// The values of all header fields with this name, in the order of arrival.
    public func values(of name: FieldName) -> FieldValues {
        FieldValues(of: name, in: names.contains(name) ? fields : [], of: head)
    }
}

/// The other end of a connection.
public enum Peer: Sendable, Equatable {
    /// A TCP peer.
    case address(IPAddress, port: UInt16)
    /// A process on this machine, over a Unix-domain socket; the user that it ran as when it
    /// connected, nil when the kernel does not report it.
    case local(user: UInt32?)
}
