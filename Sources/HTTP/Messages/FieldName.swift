import Bytes

/// The header field names that this server reads.
///
/// The parser recognises them once, so that a lookup compares one byte. All other names are stored
/// as `other`.
public enum FieldName: UInt8, Sendable, Equatable {
    case accept
    case acceptEncoding
    case acceptLanguage
    case authorization
    case connection
    case contentEncoding
    case contentLength
    case contentType
    case cookie
    case expect
    case forwarded
    case host
    case ifNoneMatch
    case origin
    case secFetchDest
    case secFetchMode
    case secFetchSite
    case secPurpose
    case transferEncoding
    case userAgent
    case xForwardedFor
    case xForwardedHost
    case xForwardedMethod
    case xForwardedProto
    case xForwardedURI
    case xLunauthProbe
    case xRequestID
    case xSetupCode
    case other
}

extension FieldName {
    /// Recognises a name, without regard to case (RFC 9110 §5.1).
    ///
    /// Length and first letter leave one candidate, rarely a few; only those are compared in full.
    /// - Parameter name: At least one byte.
    init(_ name: Span<UInt8>) {
        self =
            switch (name.count, name[0].lowercased) {
            case (4, UInt8(ascii: "h")) where name.spells("host"): .host
            case (6, UInt8(ascii: "a")) where name.spells("accept"): .accept
            case (6, UInt8(ascii: "c")) where name.spells("cookie"): .cookie
            case (6, UInt8(ascii: "e")) where name.spells("expect"): .expect
            case (6, UInt8(ascii: "o")) where name.spells("origin"): .origin
            case (9, UInt8(ascii: "f")) where name.spells("forwarded"): .forwarded
            case (10, UInt8(ascii: "c")) where name.spells("connection"): .connection
            case (10, UInt8(ascii: "u")) where name.spells("user-agent"): .userAgent
            case (11, UInt8(ascii: "s")) where name.spells("sec-purpose"): .secPurpose
            case (12, UInt8(ascii: "c")) where name.spells("content-type"): .contentType
            case (12, UInt8(ascii: "x")) where name.spells("x-request-id"): .xRequestID
            case (12, UInt8(ascii: "x")) where name.spells("x-setup-code"): .xSetupCode
            case (13, UInt8(ascii: "a")) where name.spells("authorization"): .authorization
            case (13, UInt8(ascii: "i")) where name.spells("if-none-match"): .ifNoneMatch
            case (14, UInt8(ascii: "c")) where name.spells("content-length"): .contentLength
            case (14, UInt8(ascii: "s")) where name.spells("sec-fetch-dest"): .secFetchDest
            case (14, UInt8(ascii: "s")) where name.spells("sec-fetch-mode"): .secFetchMode
            case (14, UInt8(ascii: "s")) where name.spells("sec-fetch-site"): .secFetchSite
            case (15, UInt8(ascii: "a")) where name.spells("accept-encoding"): .acceptEncoding
            case (15, UInt8(ascii: "a")) where name.spells("accept-language"): .acceptLanguage
            case (15, UInt8(ascii: "x")) where name.spells("x-forwarded-for"): .xForwardedFor
            case (15, UInt8(ascii: "x")) where name.spells("x-forwarded-uri"): .xForwardedURI
            case (15, UInt8(ascii: "x")) where name.spells("x-lunauth-probe"): .xLunauthProbe
            case (16, UInt8(ascii: "x")) where name.spells("x-forwarded-host"): .xForwardedHost
            case (16, UInt8(ascii: "c")) where name.spells("content-encoding"): .contentEncoding
            case (17, UInt8(ascii: "t")) where name.spells("transfer-encoding"): .transferEncoding
            case (17, UInt8(ascii: "x")) where name.spells("x-forwarded-proto"): .xForwardedProto
            case (18, UInt8(ascii: "x")) where name.spells("x-forwarded-method"): .xForwardedMethod
            default: .other
            }
    }
}

extension FieldName {
    /// Names as bits: most lookups are of fields that are absent.
    struct Set: Sendable, Equatable {
        private var bits: UInt32 = 0

        /// Adds a name.
        mutating func insert(_ name: FieldName) { bits |= 1 << UInt32(name.rawValue) }

        /// Whether a name is present.
        func contains(_ name: FieldName) -> Bool { bits >> UInt32(name.rawValue) & 1 == 1 }
    }
}
