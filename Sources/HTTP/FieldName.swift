/// The field names this server reads; the parser recognises them once, so that a lookup compares
/// one byte. Every other name is kept as `other`.
public enum FieldName: UInt8, Sendable, Equatable {
    case accept
    case authorization
    case connection
    case contentLength
    case contentType
    case cookie
    case expect
    case forwarded
    case host
    case origin
    case secFetchDest
    case secFetchMode
    case secFetchSite
    case secPurpose
    case transferEncoding
    case userAgent
    case xForwardedFor
    case xForwardedProto
    case xRequestID
    case xSetupCode
    case other
}
