import Crypto

/// A path that requests are compared with byte for byte; `{id}` in it stands for one UUID.
struct PathTemplate: Sendable {
    /// As it is documented: `/auth/users/{id}/approve`.
    let text: String
    private let start: [UInt8]
    /// What follows the id; nil where there is none.
    private let end: [UInt8]?

    private static let idCount = 36

    init(_ text: String) {
        self.text = text
        let parts = text.split(separator: "{id}", omittingEmptySubsequences: false)
        start = Array(parts[0].utf8)
        end = parts.count > 1 ? Array(parts[1].utf8) : nil
    }

    /// Whether a path is one of these.
    func matches(_ path: ArraySlice<UInt8>) -> Bool {
        guard let end else { return path.count == start.count && path.elementsEqual(start) }
        return path.count == start.count + Self.idCount + end.count && path.starts(with: start)
            && path.suffix(end.count).elementsEqual(end) && id(in: path) != nil
    }

    /// The id in a path that matches; nil where the template has none.
    func id(in path: ArraySlice<UInt8>) -> UUID? {
        guard end != nil else { return nil }
        return UUID(parsing: path.dropFirst(start.count).prefix(Self.idCount))
    }
}
