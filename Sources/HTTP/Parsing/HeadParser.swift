import Bytes

/// Parses the bytes of a request head into a `Request`, or requests more (RFC 9112 §2 to §6).
///
/// Every byte is checked once, in order of arrival, so that the result depends only on the bytes and
/// never on how they were split.
public struct HeadParser: Sendable {
    /// The limits of a head.
    public struct Limits: Sendable, Equatable {
        /// Bytes of the whole head, with request line and blank line; at most 65,536.
        public var headBytes = 32_768
        /// Bytes of the request-target.
        public var targetBytes = 8_192
        /// Number of field lines.
        public var fields = 100

        /// Creates the limits of the wire contract.
        public init() {}
    }

    /// A complete head.
    public struct Head: Sendable {
        /// The request, its body still empty.
        public var request: Request
        /// How its body is framed.
        public var framing: Framing
        /// Whether the client waits for `100 Continue` before it sends the body.
        public var expectsContinue: Bool
        /// The bytes of the input that belong to the head.
        public var length: Int
    }

    /// How the end of a body is determined (RFC 9112 §6.3).
    public enum Framing: Sendable, Equatable {
        /// This many bytes; 0 without Content-Length and Transfer-Encoding.
        case length(Int)
        /// Chunked transfer coding.
        case chunked
    }

    private var limits: Limits
    private var position = 0
    private var requestLineParser = RequestLineParser()
    private var requestLine: RequestLine?
    private var fieldLineParser = FieldLineParser()
    private var section = FieldSection()

    /// Creates a parser at the start of a message.
    public init(limits: Limits = Limits()) {
        self.limits = limits
        // `Request` stores the ranges of its fields in 16 bits; a line end follows the last of them.
        self.limits.headBytes = min(limits.headBytes, Int(UInt16.max) + 1)
    }

    /// Whether no byte of a request was read; an empty line before it does not count.
    public var isAtStart: Bool { requestLine == nil && requestLineParser.isAtStart(position) }

    /// Parses the received bytes of a message, from its first byte on.
    ///
    /// After nil, call it again with the same bytes and more; bytes that were read before are not
    /// scanned again. After a head or an error the parser is at the start of the next message.
    /// - Parameter input: All bytes since the start of the message.
    /// - Returns: The head when it is complete, else nil.
    /// - Throws: The violated rule, as soon as the bytes violate it.
    public mutating func parse(_ input: Span<UInt8>) throws(MessageError) -> Head? {
        do {
            return try advance(input.extracting(first: limits.headBytes))
        } catch {
            self = HeadParser(limits: limits)
            throw error
        }
    }

    /// Continues where the last call stopped, in an input no longer than a head may be.
    private mutating func advance(_ input: Span<UInt8>) throws(MessageError) -> Head? {
        if requestLine == nil {
            requestLine = try requestLineParser.advance(
                input, from: &position, targetLimit: limits.targetBytes)
        }
        guard let requestLine else {
            guard input.count >= limits.headBytes else { return nil }
            throw requestLineParser.isWithinMethod ? .methodNotImplemented : .targetTooLong
        }
        while let line = try fieldLineParser.advance(input, from: &position) {
            switch line {
            case .field(let field):
                if section.fields.count >= limits.fields { throw .fieldsTooLarge }
                try section.add(field, of: input, minorVersion: requestLine.minorVersion)
            case .blank:
                try section.finish(minorVersion: requestLine.minorVersion)
                defer { self = HeadParser(limits: limits) }
                return head(requestLine, of: input)
            }
        }
        if input.count >= limits.headBytes { throw .fieldsTooLarge }
        return nil
    }

    /// The head that ends at the current position.
    private func head(_ line: RequestLine, of input: Span<UInt8>) -> Head {
        let request = Request(
            method: line.method,
            minorVersion: line.minorVersion,
            isPersistent: section.isPersistent(minorVersion: line.minorVersion),
            head: [UInt8](copying: input.extracting(first: position)),
            fields: section.fields,
            names: section.names,
            pathRange: line.target.path,
            queryRange: line.target.query,
            authorityRange: line.target.authority)
        return Head(
            request: request,
            framing: section.framing,
            expectsContinue: section.expectsContinue && section.framing != .length(0),
            length: position)
    }
}
