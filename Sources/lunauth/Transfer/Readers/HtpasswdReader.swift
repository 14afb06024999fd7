import Auth

/// Reads the password file of Apache httpd (htpasswd(1)): `name:hash`, a line each.
///
/// The name has to be an address: an account is signed in to by its email.
struct HtpasswdReader: ImportReader {
    static let maximumBytes = 8 << 10

    private let lines: LineSource
    private var number = 0

    init(_ lines: LineSource) {
        self.lines = lines
    }

    mutating func next() throws -> ImportEntry? {
        while let line = try lines.next() {
            number += 1
            let text = String(decoding: line, as: UTF8.self).trimmingSuffix("\r")
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            // What is no address may be a hash or a password, and is not shown.
            return .account(number, Email(name) == nil ? "" : name) { () throws(TransferProblem) in
                guard parts.count == 2 else { throw TransferProblem("no colon") }
                var account = AccountTransfer(email: try .imported(name))
                account.password = try StoredPassword(foreign: String(parts[1]))
                return account
            }
        }
        return nil
    }
}

extension String {
    /// The text without an end.
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        utf8.last == suffix.utf8.last
            ? String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self) : self
    }
}
