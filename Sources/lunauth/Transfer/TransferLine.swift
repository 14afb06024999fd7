import Auth
import Crypto
import ForeignPasswords
import JSON

/// One line of an export: a JSON object, described in `docs/import.md`.
enum TransferLine: Equatable {
    /// The first line.
    case header(withSecrets: Bool)
    /// An account or an invitation.
    case record(TransferRecord)
    /// The last line.
    case end(TransferTotals)

    /// The format, and its version.
    static let format = "lunauth"
    static let version: Int64 = 1
    /// The most bytes of a line that is read: an account with all that it may have is shorter.
    static let maximumBytes = 1 << 20

    /// The line, with its line feed.
    var encoded: [UInt8] {
        var object = JSONObject(capacity: 1_024)
        switch self {
        case .header(let withSecrets):
            object.add("type", .string(Self.format))
            object.add("version", .integer(Self.version))
            object.add("secrets", .bool(withSecrets))
        case .record(.account(let account)): account.add(to: &object)
        case .record(.invite(let invite)): invite.add(to: &object)
        case .end(let totals):
            object.add("type", .string("end"))
            object.add("accounts", .integer(totals.accounts))
            object.add("invites", .integer(totals.invites))
            object.add("sha256", .string(Hex.encode(totals.digest.bytes)))
        }
        return object.encoded() + [UInt8(ascii: "\n")]
    }
}

/// How much an export has, and the digest of all lines before the last one.
struct TransferTotals: Equatable {
    var accounts: Int64
    var invites: Int64
    var digest: Digest
}

extension AccountTransfer {
    fileprivate func add(to object: inout JSONObject) {
        object.add("type", .string("account"))
        object.add("id", .text(id.map { "\($0)" }))
        object.add("email", .string(email.address))
        object.add("name", .text(name))
        object.add("role", .text(role?.rawValue))
        object.add("tier", .text(tier?.rawValue))
        object.add("status", .text(status?.rawValue))
        object.add("createdAt", .text(createdAt?.rfc3339))
        object.add("emailVerified", isEmailVerified.map(JSONValue.bool) ?? .null)
        object.add("emailVerifiedAt", .text(emailVerifiedAt?.rfc3339))
        object.add("approvedAt", .text(approvedAt?.rfc3339))
        object.add("language", .text(language?.rawValue))
        object.add("passwordHash", .text(password?.text))
        object.add("factors", factors.map(\.object))
        object.add("apiKeys", apiKeys.map(\.object))
    }
}

extension StoredPassword {
    /// The text of the hash: a PHC string of lunauth's own, or the canonical one of another system.
    var text: String {
        switch self {
        case .own(let hash): hash.phc
        case .foreign(let hash): hash.text
        }
    }
}

extension FactorTransfer {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.add("id", .string("\(id)"))
        object.add("kind", .string(kind.rawValue))
        object.add("handle", .text(handle.map { Base64URL.encode($0) }))
        object.add("name", .text(name))
        object.add("createdAt", .string(createdAt.rfc3339))
        object.add("lastUsedAt", .text(lastUsedAt?.rfc3339))
        if let secret { object.add("secret", .string(Base64URL.encode(secret))) }
        return object
    }
}

extension APIKeyTransfer {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.add("id", .string("\(id)"))
        object.add("name", .string(name))
        object.add("prefix", .string(prefix))
        object.add("hash", .string(Hex.encode(hash.bytes)))
        object.add("scopes", .array(scopes.names.map(JSONValue.string)))
        object.add("createdAt", .string(createdAt.rfc3339))
        object.add("expiresAt", .text(expiresAt?.rfc3339))
        object.add("lastUsedAt", .text(lastUsedAt?.rfc3339))
        return object
    }
}

extension InviteTransfer {
    fileprivate func add(to object: inout JSONObject) {
        object.add("type", .string("invite"))
        object.add("id", .string("\(invite.id)"))
        object.add("codeHash", .string(Hex.encode(codeHash.bytes)))
        object.add("email", .text(invite.email?.address))
        object.add("role", .string(invite.role.rawValue))
        object.add("tier", .string(invite.tier.rawValue))
        object.add("maxUses", .integer(Int64(invite.maximumUses)))
        object.add("uses", .integer(Int64(invite.uses)))
        object.add("paused", .bool(invite.isPaused))
        object.add("createdBy", .text(invite.createdBy.map { "\($0)" }))
        object.add("createdAt", .string(invite.createdAt.rfc3339))
        object.add("expiresAt", .string(invite.expiresAt.rfc3339))
        object.add("keyId", .text(invite.keyID.map { "\($0)" }))
    }
}

extension JSONValue {
    /// A string, or `null`.
    fileprivate static func text(_ text: String?) -> JSONValue { text.map(string) ?? .null }
}
