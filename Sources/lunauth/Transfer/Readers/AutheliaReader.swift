import Auth
import System

/// Reads the users file of Authelia (`users_database.yml`).
///
/// Its groups have no counterpart, and are named in the report.
struct AutheliaReader: ImportReader {
    private static let maximumBytes = 32 << 20

    private var users: ArraySlice<YAMLField>
    private var number = 0

    /// Whether a switch is absent or off; what is neither in words of YAML 1.1 counts as on.
    private static func isOff(_ node: YAMLNode?) -> Bool {
        guard let node else { return true }
        return node.text.map {
            ["false", "no", "off", "n", "null", "~", ""].contains($0.lowercased())
        }
            ?? false
    }

    init(_ path: String) throws {
        guard let bytes = try DurableFile.read(path, limit: Self.maximumBytes) else {
            throw TransferProblem("the file is not there")
        }
        let document = try YAMLDocument.read(bytes)
        guard case .mapping(let users)? = document["users"] else {
            throw TransferProblem("no mapping \"users\": is it the users file of Authelia?")
        }
        self.users = users[...]
    }

    mutating func next() -> ImportEntry? {
        guard let user = users.popFirst() else { return nil }
        let (name, fields) = (user.name, user.value)
        number += 1
        let email = fields["email"]?.text ?? ""
        var remarks: [String] = []
        if case .sequence(let groups)? = fields["groups"], !groups.isEmpty {
            let names = groups.compactMap(\.text).joined(separator: ", ")
            remarks.append("groups are not moved: \(names)")
        }
        return .account(number, email.nonEmpty ?? name, remarks: remarks) {
            () throws(TransferProblem) in
            var account = AccountTransfer(email: try .imported(email))
            account.name = fields["displayname"]?.text?.nonEmpty ?? name
            account.status = Self.isOff(fields["disabled"]) ? .active : .disabled
            guard let hash = fields["password"]?.text else { throw TransferProblem("no password") }
            // A former form of the same hashes.
            let crypt = "{CRYPT}"
            account.password = try StoredPassword(
                foreign: hash.hasPrefix(crypt) ? String(hash.dropFirst(crypt.count)) : hash)
            return account
        }
    }
}
