extension Response {
    /// Appends the answer as it goes on the wire.
    ///
    /// - Parameters:
    ///   - output: Where the bytes go.
    ///   - date: The value of the Date field (IMF-fixdate, 29 bytes).
    ///   - omitsBody: For HEAD: Content-Length is that of the content, which is left out.
    ///   - minorVersion: The minor version of the request.
    ///   - closes: Whether the connection closes after this answer.
    public func serialize(
        into output: inout [UInt8], date: [UInt8], omitsBody: Bool, minorVersion: UInt8,
        closes: Bool
    ) {}
}

/// A Date field value (IMF-fixdate, RFC 9110 §5.6.7).
public enum HTTPDate {
    /// The 29 bytes for a time.
    ///
    /// - Parameter seconds: Seconds since 1970-01-01T00:00:00Z; 0 to 253402300799.
    public static func format(_ seconds: Int64) -> [UInt8] { [] }
}
