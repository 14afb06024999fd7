import Bytes

/// What the header fields of a message mean for its framing and connection: processed line by
/// line, so that a rule is enforced on the line that breaks it.
struct FieldSection: Sendable {
    /// The field lines, in order of arrival.
    private(set) var fields: [Request.Field] = []
    /// Their names.
    private(set) var names = FieldName.Set()
    /// Whether a 1.1 client waits for `100 Continue`.
    private(set) var expectsContinue = false

    private var contentLength: Int?
    private var isChunked = false
    private var hasHost = false
    private var hasAuthorization = false
    private var hasClose = false
    private var hasKeepAlive = false

    /// How the body is framed (RFC 9112 §6.3).
    var framing: HeadParser.Framing { isChunked ? .chunked : .length(contentLength ?? 0) }

    /// Whether the connection may carry another request (RFC 9112 §9.3).
    func isPersistent(minorVersion: UInt8) -> Bool {
        !hasClose && (minorVersion > 0 || hasKeepAlive)
    }

    /// Processes a field line.
    ///
    /// - Parameters:
    ///   - field: The field line.
    ///   - input: The bytes that its range refers to.
    ///   - minorVersion: The minor version of the message.
    /// - Throws: The rule that the line breaks, by itself or together with an earlier one.
    mutating func add(
        _ field: Request.Field, of input: Span<UInt8>, minorVersion: UInt8
    ) throws(MessageError) {
        // A typical head fits, so that it costs one allocation.
        if fields.isEmpty { fields.reserveCapacity(16) }
        fields.append(field)
        names.insert(field.name)

        let value = input.extracting(field.range)
        switch field.name {
        case .authorization: try addAuthorization()
        case .connection: try addConnection(value)
        case .contentLength: try addContentLength(value)
        case .expect: try addExpect(value, minorVersion: minorVersion)
        case .host: try addHost(value)
        case .transferEncoding: try addTransferEncoding(value, minorVersion: minorVersion)
        case .accept, .acceptEncoding, .acceptLanguage, .contentEncoding, .contentType, .cookie,
            .forwarded, .ifNoneMatch, .origin, .secFetchDest, .secFetchMode, .secFetchSite,
            .secPurpose, .userAgent, .xForwardedFor, .xForwardedHost, .xLunauthProbe,
            .xForwardedMethod, .xForwardedProto, .xForwardedURI, .xRequestID, .xSetupCode,
            .other:
            break
        }
    }

    /// Checks the complete section: HTTP/1.1 requires Host (RFC 9112 §3.2).
    func finish(minorVersion: UInt8) throws(MessageError) {
        if minorVersion > 0, !hasHost { throw .malformed(.missingHost) }
    }

    /// With two credentials it would depend on the reader which of them counts.
    private mutating func addAuthorization() throws(MessageError) {
        if hasAuthorization { throw .malformed(.repeatedField) }
        hasAuthorization = true
    }

    /// RFC 9112 §3.2: exactly one valid Host, even when the target has an authority of its own.
    private mutating func addHost(_ value: Span<UInt8>) throws(MessageError) {
        if hasHost { throw .malformed(.repeatedHost) }
        guard HostGrammar.isValid(value) else { throw .malformed(.invalidHost) }
        hasHost = true
    }

    /// RFC 9110 §7.6.1: a list of tokens, empty elements ignored (§5.6.1.2).
    private mutating func addConnection(_ value: Span<UInt8>) throws(MessageError) {
        var start = 0
        while start <= value.count {
            var end = start
            while end < value.count, value[end] != UInt8(ascii: ",") { end += 1 }
            let option = value.extracting(value.trimmingWhiteSpace(start..<end))
            for index in option.indices where !option[index].isToken {
                throw .malformed(.fieldValue)
            }
            if option.spells("close") { hasClose = true }
            if option.spells("keep-alive") { hasKeepAlive = true }
            start = end + 1
        }
    }

    /// RFC 9112 §6.2, §6.3: two readers that disagree about the length make request smuggling
    /// possible; so a second field is refused even when it is equal.
    private mutating func addContentLength(_ value: Span<UInt8>) throws(MessageError) {
        if isChunked { throw .malformed(.conflictingLength) }
        if contentLength != nil { throw .malformed(.repeatedContentLength) }
        guard let length = Decimal.parse(value) else { throw .malformed(.invalidContentLength) }
        contentLength = length
    }

    /// RFC 9112 §6.1: chunked is the only coding that this server decodes, and HTTP/1.0 has none.
    private mutating func addTransferEncoding(
        _ value: Span<UInt8>, minorVersion: UInt8
    ) throws(MessageError) {
        if minorVersion == 0 { throw .malformed(.transferEncoding) }
        if contentLength != nil { throw .malformed(.conflictingLength) }
        guard !isChunked, value.spells("chunked") else { throw .malformed(.transferEncoding) }
        isChunked = true
    }

    /// RFC 9110 §10.1.1: `100-continue` is the only expectation; HTTP/1.0 expectations are ignored.
    private mutating func addExpect(
        _ value: Span<UInt8>, minorVersion: UInt8
    ) throws(MessageError) {
        if minorVersion == 0 { return }
        guard value.spells("100-continue") else { throw .expectationFailed }
        expectsContinue = true
    }
}
