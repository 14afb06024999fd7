import Auth
import Crypto
import ForeignPasswords
import JSON

extension TransferLine {
    /// An account with passkeys and keys, each with its members.
    private static let limits = JSONLimits(depth: 8, values: 8_192)

    /// Reads a line without its line feed.
    ///
    /// - Throws: What is wrong with it.
    init(line: [UInt8]) throws(TransferProblem) {
        guard case .object(let object)? = try? JSONValue.decode(line, limits: Self.limits) else {
            throw TransferProblem("not one JSON object")
        }
        let members = TransferMembers(object)
        switch try members.text("type") {
        case Self.format:
            guard try members.integer("version", 1...Self.version) != nil else {
                throw TransferProblem("no version")
            }
            self = .header(withSecrets: try members.bool("secrets") ?? false)
        case "account": self = .record(.account(try AccountTransfer(members)))
        case "invite": self = .record(.invite(try InviteTransfer(members)))
        case "end":
            self = .end(
                TransferTotals(
                    accounts: try members.integer("accounts", 0...(.max)) ?? 0,
                    invites: try members.integer("invites", 0...(.max)) ?? 0,
                    digest: try members.required("sha256", Digest.init(hexadecimal:))))
        default: throw TransferProblem("no known type")
        }
    }
}

extension AccountTransfer {
    fileprivate init(_ members: TransferMembers) throws(TransferProblem) {
        try members.allow(
            "type", "id", "email", "name", "role", "tier", "status", "createdAt", "emailVerified",
            "emailVerifiedAt", "approvedAt", "language", "passwordHash", "factors", "apiKeys")
        self.init(email: try members.required("email", Email.init))
        id = try members.id("id")
        name = try members.text("name")
        role = try members.choice("role")
        tier = try members.choice("tier")
        status = try members.choice("status")
        createdAt = try members.time("createdAt")
        emailVerifiedAt = try members.time("emailVerifiedAt")
        isEmailVerified = try members.bool("emailVerified") ?? (emailVerifiedAt.map { _ in true })
        approvedAt = try members.time("approvedAt")
        language = try members.choice("language")
        password = try members.text("passwordHash").map(StoredPassword.init(text:))
        factors = try members.objects("factors").map(FactorTransfer.init(_:))
        apiKeys = try members.objects("apiKeys").map(APIKeyTransfer.init(_:))
    }
}

extension StoredPassword {
    /// Reads the hash of a password, lunauth's own or that of another system.
    ///
    /// - Throws: The form, where it is unknown, malformed or too costly.
    init(text: String) throws(TransferProblem) {
        if let own = PasswordHash(phc: text) {
            self = .own(own)
            return
        }
        do throws(ForeignHashError) {
            self = .foreign(try ForeignHash(text))
        } catch {
            throw TransferProblem(error.description)
        }
    }

    /// Reads the hash of another system, which never is lunauth's own: the bytes of a password count as they are.
    ///
    /// - Throws: As `init(text:)`.
    init(foreign text: String) throws(TransferProblem) {
        do throws(ForeignHashError) {
            self = .foreign(try ForeignHash(text))
        } catch {
            throw TransferProblem(error.description)
        }
    }
}

extension FactorTransfer {
    fileprivate init(_ members: TransferMembers) throws(TransferProblem) {
        try members.allow("id", "kind", "handle", "name", "createdAt", "lastUsedAt", "secret")
        guard let id = try members.id("id"), let createdAt = try members.time("createdAt") else {
            throw TransferProblem("a factor without id or createdAt")
        }
        self.init(
            id: id, kind: try members.required("kind", Credential.Kind.init(rawValue:)),
            handle: try members.optional("handle") { Base64URL.decode($0.utf8) },
            name: try members.text("name"), createdAt: createdAt,
            lastUsedAt: try members.time("lastUsedAt"),
            secret: try members.optional("secret") { Base64URL.decode($0.utf8) })
    }
}

extension APIKeyTransfer {
    fileprivate init(_ members: TransferMembers) throws(TransferProblem) {
        try members.allow(
            "id", "name", "prefix", "hash", "scopes", "createdAt", "expiresAt", "lastUsedAt")
        guard let id = try members.id("id"), let createdAt = try members.time("createdAt") else {
            throw TransferProblem("an API key without id or createdAt")
        }
        guard let scopes = APIKey.Scopes(names: try members.texts("scopes")) else {
            throw TransferMembers.malformed("scopes")
        }
        self.init(
            id: id, name: try members.required("name") { $0 },
            prefix: try members.required("prefix") { $0 },
            hash: try members.required("hash", Digest.init(hexadecimal:)), scopes: scopes,
            createdAt: createdAt, expiresAt: try members.time("expiresAt"),
            lastUsedAt: try members.time("lastUsedAt"))
    }
}

extension InviteTransfer {
    fileprivate init(_ members: TransferMembers) throws(TransferProblem) {
        try members.allow(
            "type", "id", "codeHash", "email", "role", "tier", "maxUses", "uses", "paused",
            "createdBy", "createdAt", "expiresAt", "keyId")
        guard let id = try members.id("id"), let createdAt = try members.time("createdAt"),
            let expiresAt = try members.time("expiresAt"),
            let uses = try members.integer("uses", 0...Invite.useBounds.upperBound),
            let maximumUses = try members.integer("maxUses", Invite.useBounds)
        else { throw TransferProblem("an invite without all it needs") }
        let role = try members.required("role", Account.Role.init(rawValue:))
        guard role != .owner else { throw TransferMembers.malformed("role") }
        self.init(
            Invite(
                id: id, email: try members.optional("email", Email.init), role: role,
                tier: try members.required("tier", Account.Tier.init(rawValue:)),
                maximumUses: Int(maximumUses), uses: Int(uses),
                isPaused: try members.bool("paused") ?? false,
                createdBy: try members.id("createdBy"), createdAt: createdAt,
                expiresAt: expiresAt, madeWith: try members.id("keyId")),
            codeHash: try members.required("codeHash", Digest.init(hexadecimal:)))
    }
}

extension Digest {
    /// The digest of 64 hexadecimal digits.
    fileprivate init?(hexadecimal text: String) {
        guard let bytes = Hex.decode(text.utf8), let digest = Digest(bytes: bytes) else {
            return nil
        }
        self = digest
    }
}
