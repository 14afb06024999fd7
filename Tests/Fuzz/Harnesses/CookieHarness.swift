@testable import Web

/// Lines of Cookie header fields: the session is the one that a simple reader finds, or none.
enum CookieHarness {
    private static let cookie = SessionCookie(name: "session_token", sameSite: .lax)

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let lines = input.split(separator: UInt8(ascii: "\n"))
        guard let request = HeadText.request(lines.map { Array("Cookie: ".utf8) + $0 }) else {
            return
        }
        let found = cookie.token(in: request).map { Array($0) }
        let values = Set(lines.flatMap(values))
        try check(
            found == (values.count == 1 ? values.first : nil),
            "\(values.count) values, found \(found.map { "\($0)" } ?? "none")")
    }

    /// The values of the session cookie in a line.
    private static func values(in line: ArraySlice<UInt8>) -> [[UInt8]] {
        let name = Array("session_token=".utf8)
        return line.split(separator: UInt8(ascii: ";")).compactMap { pair in
            var pair = pair
            while let last = pair.last, last == 0x20 || last == 0x09 { pair.removeLast() }
            while let first = pair.first, first == 0x20 || first == 0x09 { pair.removeFirst() }
            return pair.starts(with: name) ? Array(pair.dropFirst(name.count)) : nil
        }
    }
}
