import Bytes

extension Response {
    /// Appends the serialised response (RFC 9112 §4, §6).
    ///
    /// The version is always HTTP/1.1, that of this server, whatever the version of the request
    /// (RFC 9110 §6.2).
    /// - Parameters:
    ///   - output: The bytes are appended to it.
    ///   - date: The value of the Date header field (IMF-fixdate, 29 bytes).
    ///   - omitsBody: For HEAD: Content-Length is that of the omitted content.
    ///   - minorVersion: The minor version of the request.
    ///   - closes: Whether the connection closes after this response.
    public func serialize(
        into output: inout [UInt8], date: [UInt8], omitsBody: Bool, minorVersion: UInt8,
        closes: Bool
    ) {
        // Spans, so that what is captured has no references to be counted.
        let (line, date, fields) = (status.line.span, date.span, fields.bytes.span)
        let length = body.count
        let body = status.allowsContent && !omitsBody ? body.span : Span()
        let allowsContent = status.allowsContent
        let capacity = line.count + date.count + fields.count + body.count
        output.append(addingCapacity: capacity + Self.constantBytes) { output in
            output.append(copying: line)
            output.append("Date: ")
            output.append(copying: date)
            if allowsContent {
                output.append("\r\nContent-Length: ")
                output.append(decimal: UInt64(length))
            }
            output.append("\r\n")
            output.append(copying: fields)
            if closes {
                output.append("Connection: close\r\n")
            } else if minorVersion == 0 {
                output.append("Connection: keep-alive\r\n")
            }
            output.append("\r\n")
            output.append(copying: body)
        }
    }

    /// At least as many as the bytes of what is no argument, a number of 20 digits included.
    private static var constantBytes: Int { 96 }
}

extension Status {
    /// The status line of each status from 200 on; empty for unused codes.
    private static let lines = (UInt16(200)...599).map { code in
        guard let status = Status(rawValue: code) else { return [UInt8]() }
        return Array("HTTP/1.1 \(code) \(status.reasonPhrase)\r\n".utf8)
    }

    /// `HTTP-version SP status-code SP reason-phrase CRLF` (RFC 9112 §4).
    fileprivate var line: [UInt8] { Self.lines[Int(rawValue) - 200] }

    /// Whether a response with this status may have content and so Content-Length (RFC 9110 §8.6): of
    /// 304 it would be that of the content that the client has.
    fileprivate var allowsContent: Bool {
        rawValue >= 200 && self != .noContent && self != .notModified
    }
}
