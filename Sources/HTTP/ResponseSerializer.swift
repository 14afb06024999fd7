extension Response {
    /// Appends the answer as it goes on the wire (RFC 9112 §4, §6).
    ///
    /// The version is always HTTP/1.1, that of this server, whatever the request's was
    /// (RFC 9110 §6.2).
    /// - Parameters:
    ///   - output: Where the bytes go.
    ///   - date: The value of the Date field (IMF-fixdate, 29 bytes).
    ///   - omitsBody: For HEAD: Content-Length is that of the content, which is left out.
    ///   - minorVersion: The minor version of the request.
    ///   - closes: Whether the connection closes after this answer.
    public func serialize(
        into output: inout [UInt8], date: [UInt8], omitsBody: Bool, minorVersion: UInt8,
        closes: Bool
    ) {
        output.append("HTTP/1.1 ")
        output.append(decimal: UInt64(status.rawValue))
        output.append(.space)
        output.append(status.reasonPhrase)
        output.append("\r\nDate: ")
        output.append(copying: date.span)
        output.append("\r\n")
        output.append(copying: fields.bytes.span)
        if status.allowsContent {
            output.append("Content-Length: ")
            output.append(decimal: UInt64(body.count))
            output.append("\r\n")
        }
        if closes {
            output.append("Connection: close\r\n")
        } else if minorVersion == 0 {
            output.append("Connection: keep-alive\r\n")
        }
        output.append("\r\n")
        if status.allowsContent, !omitsBody { output.append(copying: body.span) }
    }
}

extension Status {
    /// Whether an answer of this status may have content and so Content-Length (RFC 9110 §8.6).
    fileprivate var allowsContent: Bool { rawValue >= 200 && self != .noContent }
}
