import Bytes
import Crypto

/// A path that requests are compared with byte for byte; `{id}` in it matches one UUID, `{requestId}` at
/// its end a request id, `{rest}` there anything.
package struct PathTemplate: Sendable {
    /// As it is documented: `/auth/users/{id}/approve`.
    package let text: String
    private let start: [UInt8]
    private let end: End

    /// What follows the start.
    private enum End: Sendable {
        case nothing
        case id(then: [UInt8])
        case requestID
        case rest
    }

    private static let idCount = 36

    init(_ text: String) {
        self.text = text
        if !text.utf8.contains(UInt8(ascii: "{")) {
            start = Array(text.utf8)
            end = .nothing
        } else if text.hasSuffix("{rest}") {
            start = Array(text.dropLast("{rest}".count).utf8)
            end = .rest
        } else if text.hasSuffix("{requestId}") {
            start = Array(text.dropLast("{requestId}".count).utf8)
            end = .requestID
        } else {
            let parts = text.split(separator: "{id}", omittingEmptySubsequences: false)
            start = Array(parts[0].utf8)
            end = .id(then: Array(parts[1].utf8))
        }
    }

    /// Whether a path is one of these.
    func matches(_ path: ArraySlice<UInt8>) -> Bool {
        switch end {
        case .nothing: path.span.equals(start.span)
        case .id(let end):
            path.count == start.count + Self.idCount + end.count && begins(path)
                && path.suffix(end.count).elementsEqual(end) && id(in: path) != nil
        case .requestID:
            begins(path) && RequestID.isWellFormed(path.dropFirst(start.count))
        case .rest: begins(path)
        }
    }

    private func begins(_ path: ArraySlice<UInt8>) -> Bool {
        path.span.extracting(first: start.count).equals(start.span)
    }

    /// The id in a path that matches; nil where the template has none.
    func id(in path: ArraySlice<UInt8>) -> UUID? {
        guard case .id = end else { return nil }
        return UUID(parsing: path.dropFirst(start.count).prefix(Self.idCount))
    }
}
