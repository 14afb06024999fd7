import Bytes

/// The parts of a request line (RFC 9112 §3).
struct RequestLine: Sendable {
    /// The method.
    let method: Method
    /// The ranges of the parts of the request-target.
    let target: RequestTarget
    /// 0 for HTTP/1.0, 1 for every later 1.x: those are read as 1.1 (RFC 9110 §2.5).
    let minorVersion: UInt8
}

/// Parses `method SP request-target SP HTTP-version CRLF`, one byte at a time.
///
/// One empty line before it is skipped, which some clients send after a body (RFC 9112 §2.2). All
/// other leniency that RFC 9112 §3 permits is not granted: one space between the parts, no white
/// space at the end.
struct RequestLineParser: Sendable {
    private enum Part: Sendable {
        case emptyLine
        case method
        case target
        case version
    }

    private var part = Part.emptyLine
    private var mark = 0
    private var methodStart = 0
    private var methodEnd = 0
    private var targetEnd = 0
    private var major: UInt8 = 0
    private var minor: UInt8 = 0

    /// Whether the method is not complete.
    var isWithinMethod: Bool { part == .emptyLine || part == .method }

    /// Whether nothing but an empty line was read up to a position.
    func isAtStart(_ position: Int) -> Bool {
        part == .emptyLine || part == .method && position == methodStart
    }

    /// Continues from a position.
    ///
    /// The line is evaluated when it is complete, and the version first: the preface of HTTP/2
    /// (`PRI * HTTP/2.0`) is refused for its version and not for its method.
    /// - Returns: The line when it is complete; `position` is then that of the line after it.
    mutating func advance(
        _ input: Span<UInt8>, from position: inout Int, targetLimit: Int
    ) throws(MessageError) -> RequestLine? {
        if part == .emptyLine { try skipEmptyLine(input, from: &position) }
        if part == .method { try readMethod(input, from: &position) }
        if part == .target { try readTarget(input, from: &position, limit: targetLimit) }
        guard part == .version, try readVersion(input, from: &position) else { return nil }

        if major != 1 { throw .versionNotSupported }
        guard let method = Method(input.extracting(methodStart..<methodEnd)) else {
            throw .methodNotImplemented
        }
        let target = try RequestTarget(input, (methodEnd + 1)..<targetEnd, method: method)
        return RequestLine(method: method, target: target, minorVersion: min(minor, 1))
    }

    private mutating func skipEmptyLine(
        _ input: Span<UInt8>, from position: inout Int
    ) throws(MessageError) {
        if position == 0 {
            guard input.count > 0 else { return }
            if input[0] == .carriageReturn { position = 1 }
        }
        if position == 1 {
            guard input.count > 1 else { return }
            guard input[1] == .lineFeed else { throw .malformed(.bareCarriageReturn) }
            position = 2
        }
        methodStart = position
        part = .method
    }

    private mutating func readMethod(
        _ input: Span<UInt8>, from position: inout Int
    ) throws(MessageError) {
        position = input.endOfToken(from: position)
        guard position < input.count else { return }
        guard input[position] == .space, position > methodStart else {
            throw .refusing(input[position], .requestLine)
        }
        methodEnd = position
        position += 1
        mark = position
        part = .target
    }

    private mutating func readTarget(
        _ input: Span<UInt8>, from position: inout Int, limit: Int
    ) throws(MessageError) {
        position = input.endOfVisible(from: position)
        if position - mark > limit { throw .targetTooLong }
        guard position < input.count else { return }
        switch input[position] {
        case .space where position > mark: break
        case .space, .carriageReturn: throw .malformed(.requestLine)
        case let byte: throw .refusing(byte, .requestTarget)
        }
        targetEnd = position
        position += 1
        mark = position
        part = .version
    }

    /// Parses `HTTP/d.d CRLF`; true when it is complete.
    private mutating func readVersion(
        _ input: Span<UInt8>, from position: inout Int
    ) throws(MessageError) -> Bool {
        // What nearly all clients send, in one step.
        if position == mark, input.extracting(position...).starts(with: "HTTP/1.1\r\n") {
            (major, minor) = (1, 1)
            position += 10
            return true
        }
        while position < input.count {
            let byte = input[position]
            switch (position - mark, byte) {
            case (0, UInt8(ascii: "H")), (1, UInt8(ascii: "T")), (2, UInt8(ascii: "T")),
                (3, UInt8(ascii: "P")), (4, UInt8(ascii: "/")), (6, UInt8(ascii: ".")),
                (8, .carriageReturn):
                break
            case (5, _) where byte.isDigit:
                major = byte & 0x0F
            case (7, _) where byte.isDigit:
                minor = byte & 0x0F
            case (9, .lineFeed):
                position += 1
                return true
            case (9, _):
                throw .malformed(.bareCarriageReturn)
            default:
                throw .refusing(byte, .requestLine)
            }
            position += 1
        }
        return false
    }
}
