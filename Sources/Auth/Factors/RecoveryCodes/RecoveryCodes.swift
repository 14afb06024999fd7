import Bytes
import Crypto

/// The recovery codes of an account that were not used yet, as hashes: each replaces the second factor
/// once.
struct RecoveryCodes: Sendable, Equatable {
    /// How many there are at first.
    static let initialCount = 10
    /// Random bytes of a code: 80 bits, so that a fast hash of one cannot be reversed.
    private static let codeBytes = 10
    /// Symbols between two dashes.
    private static let groupLength = 4
    /// A code is typed with at most this many bytes.
    private static let maximumTypedBytes = 64

    private var hashes: [Digest]

    /// How many are left.
    var count: Int { hashes.count }

    private init(hashes: [Digest]) {
        self.hashes = hashes
    }

    /// No codes.
    init() {
        hashes = []
    }

    /// Reads what `FactorVault` opened; nil when it has another length.
    init?(data: [UInt8]) {
        guard data.count.isMultiple(of: Digest.count) else { return nil }
        hashes = stride(from: 0, to: data.count, by: Digest.count).compactMap {
            Digest(bytes: data[$0..<$0 + Digest.count])
        }
    }

    /// What `FactorVault` seals.
    var data: [UInt8] { hashes.flatMap(\.bytes) }

    /// New codes, and their texts, four groups of four symbols of Base32, which are shown once.
    static func new() -> (codes: RecoveryCodes, texts: [String]) {
        let codes = (0..<initialCount).map { _ in Random.bytes(codeBytes) }
        return (RecoveryCodes(hashes: codes.map { SHA256.digest($0) }), codes.map(text))
    }

    /// Uses up a code.
    ///
    /// - Parameter code: As typed: in either case, with dashes and spaces anywhere.
    /// - Returns: Whether it was one of them.
    mutating func use(_ code: String) -> Bool {
        guard code.utf8.count <= Self.maximumTypedBytes, let bytes = Base32.decode(code.utf8),
            bytes.count == Self.codeBytes
        else { return false }
        let hash = SHA256.digest(bytes)
        guard let index = hashes.firstIndex(where: { constantTimeEquals($0, hash) }) else {
            return false
        }
        hashes.remove(at: index)
        return true
    }

    private static func text(of bytes: [UInt8]) -> String {
        let symbols = Array(Base32.encode(bytes))
        return stride(from: 0, to: symbols.count, by: groupLength).map {
            String(symbols[$0..<min($0 + groupLength, symbols.count)])
        }.joined(separator: "-")
    }
}

extension DataKeyReader {
    /// The recovery codes of an account; none for an account without any.
    ///
    /// - Parameters:
    ///   - credentials: All credentials of the account.
    ///   - vault: Opens them.
    /// - Returns: The codes.
    /// - Throws: `unavailable`.
    func recoveryCodes(
        among credentials: [Credential], opening vault: FactorVault
    ) throws(AuthError) -> RecoveryCodes {
        guard let credential = credentials.first(where: { $0.kind == .recovery }) else {
            return RecoveryCodes()
        }
        guard let codes = RecoveryCodes(data: try vault.open(credential, in: self)) else {
            throw FactorVault.unusable("recovery codes have data of another length")
        }
        return codes
    }
}

extension Transaction {
    /// Proves an account by a recovery code, and uses the code up; the rule that it never works without the
    /// password is the caller's, who also notifies the account.
    ///
    /// - Parameters:
    ///   - code: As typed.
    ///   - accountID: The account.
    ///   - vault: Opens and seals the codes.
    /// - Returns: How many are left.
    /// - Throws: `invalidCode`; `unavailable`.
    func proveRecoveryCode(
        code: String, of accountID: UUID, by vault: FactorVault
    ) throws(AuthError) -> Int {
        let credentials = try credentials(of: accountID)
        var codes = try recoveryCodes(among: credentials, opening: vault)
        let present = codes.count
        guard var credential = credentials.first(where: { $0.kind == .recovery }), codes.use(code)
        else { throw .invalidCode(.codeWrong) }
        try record(
            .recoveryCodeUsed, of: accountID, by: .account(accountID),
            [EventChange(.left, from: "\(present)", to: "\(codes.count)")])
        guard codes.count > 0 else {
            _ = try deleteCredential(credential.id, of: accountID)
            return 0
        }
        credential.data = try vault.seal(
            codes.data, for: accountID, credential.id, .recovery, in: self)
        credential.lastUsedAt = now
        try update(credential)
        return codes.count
    }

    /// Gives an account new recovery codes in place of those it has.
    ///
    /// - Throws: `unavailable`.
    func replaceRecoveryCodes(
        of accountID: UUID, by codes: RecoveryCodes, sealing vault: FactorVault
    ) throws(AuthError) {
        for former in try credentials(of: accountID) where former.kind == .recovery {
            _ = try deleteCredential(former.id, of: accountID)
        }
        let id = UUID.random()
        try insert(
            Credential(
                id: id, accountID: accountID, kind: .recovery,
                data: try vault.seal(codes.data, for: accountID, id, .recovery, in: self),
                createdAt: now))
    }
}
