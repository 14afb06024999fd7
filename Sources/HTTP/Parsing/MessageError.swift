/// Why bytes are refused as an HTTP message.
///
/// The connection closes after each of them.
public enum MessageError: Error, Sendable, Equatable {
    /// 400: the bytes violate the grammar or the framing rules; the rule, for log and response.
    case malformed(Reason)
    /// 413: the content is larger than the limit.
    case contentTooLarge
    /// 414: the request-target is larger than the limit.
    case targetTooLong
    /// 417: an expectation other than `100-continue`.
    case expectationFailed
    /// 431: the head is larger than the limit or contains too many fields.
    case fieldsTooLarge
    /// 501: the method is not one of `Method`.
    case methodNotImplemented
    /// 505: the major version is not 1.
    case versionNotSupported

    /// The rule that a malformed message breaks.
    public enum Reason: String, Sendable, Equatable, CaseIterable {
        case controlByte = "a control byte in the head"
        case bareCarriageReturn = "a carriage return without a line feed"
        case bareLineFeed = "a line feed without a carriage return"
        case requestLine = "the request line is malformed"
        case requestTarget = "the request target is malformed"
        case fieldName = "a field name is malformed"
        case fieldValue = "a field value is malformed"
        case lineFolding = "a field is folded over several lines"
        case missingHost = "the Host field is missing"
        case repeatedHost = "the Host field is repeated"
        case invalidHost = "the Host field is malformed"
        case invalidContentLength = "the Content-Length field is malformed"
        case repeatedContentLength = "the Content-Length field is repeated"
        case conflictingLength = "Content-Length and Transfer-Encoding are both present"
        case transferEncoding = "the transfer coding is not one final chunked"
        case repeatedField = "a field that may stand once is repeated"
        case chunkSize = "a chunk size is malformed"
        case chunkData = "a chunk is malformed"
        case trailer = "a trailer is malformed"
    }
}

extension MessageError {
    /// The error for a byte that is not allowed at its position: the given reason, unless it is a bare
    /// line feed or a control byte, which are not allowed anywhere.
    static func refusing(_ byte: UInt8, _ reason: Reason) -> MessageError {
        if byte == .lineFeed { return .malformed(.bareLineFeed) }
        return .malformed(byte.isControl ? .controlByte : reason)
    }
}
