import Crypto

/// Factors and API keys of a record that the account does not have yet.
struct AccountAdditions {
    /// Added with their secrets.
    private(set) var factors: [FactorTransfer] = []
    /// Named without their secrets, or in conflict with what is here.
    private(set) var factorsToEnrol: [Credential.Kind] = []
    /// Added.
    private(set) var apiKeys: [APIKeyTransfer] = []

    /// Why none of it can be added: an id or a text that another one has.
    private(set) var refusal: ImportRefusal?

    /// Nothing.
    init() {}

    /// Whether there is nothing to add.
    var isEmpty: Bool { factors.isEmpty && apiKeys.isEmpty }

    /// Compares a record with an account.
    ///
    /// What is here is never changed: a factor moves on with each use, a key has one text.
    /// - Parameters:
    ///   - record: The record.
    ///   - accountID: The account.
    ///   - isPresent: Whether it is here already.
    ///   - transaction: Sees what it has.
    /// - Throws: `unavailable`.
    init(
        of record: AccountTransfer, to accountID: UUID, isPresent: Bool,
        in transaction: any Transaction
    ) throws(AuthError) {
        let present = isPresent ? try transaction.credentials(of: accountID) : []
        for factor in record.factors where !present.contains(where: { $0.id == factor.id }) {
            if try isKnown(factor, in: transaction) { refusal = .factorTaken }
            let isTaken =
                if let handle = factor.handle {
                    try transaction.passkey(handle) != nil
                        || factors.contains { $0.handle == handle }
                } else {
                    present.contains { $0.kind == factor.kind }
                        || factors.contains { $0.kind == factor.kind }
                }
            if factor.secret != nil, factor.isWellFormed, !isTaken {
                factors.append(factor)
            } else {
                factorsToEnrol.append(factor.kind)
            }
        }
        for key in record.apiKeys {
            if let there = try transaction.apiKeyDetails(key.id) {
                if there.key.accountID != accountID { refusal = .keyTaken }
            } else if try isKnown(key, in: transaction) {
                refusal = .keyTaken
            } else {
                apiKeys.append(key)
            }
        }
    }

    /// Whether a factor here, or before it in the record, has its id.
    private func isKnown(
        _ factor: FactorTransfer, in transaction: any Transaction
    ) throws(AuthError) -> Bool {
        guard !factors.contains(where: { $0.id == factor.id }) else { return true }
        return try transaction.hasCredential(factor.id)
    }

    /// Whether a key here has its text, or one before it in the record its id or text.
    private func isKnown(
        _ key: APIKeyTransfer, in transaction: any Transaction
    ) throws(AuthError) -> Bool {
        guard !apiKeys.contains(where: { $0.id == key.id || $0.hash == key.hash }) else {
            return true
        }
        return try transaction.hasAPIKey(key.hash)
    }

    /// Adds all of them.
    ///
    /// - Parameters:
    ///   - accountID: The account, which is there.
    ///   - transaction: Adds them.
    ///   - vault: Seals the factors.
    /// - Throws: `unavailable`.
    func insert(
        for accountID: UUID, in transaction: any Transaction, sealing vault: FactorVault
    ) throws(AuthError) {
        for factor in factors {
            guard let secret = factor.secret else { continue }
            let data = try vault.seal(
                secret, for: accountID, factor.id, factor.kind, in: transaction)
            try transaction.insert(
                Credential(
                    id: factor.id, accountID: accountID, kind: factor.kind, handle: factor.handle,
                    name: factor.name, data: data, createdAt: factor.createdAt,
                    lastUsedAt: factor.lastUsedAt))
            try transaction.record(
                .factorAdded, of: accountID, object: factor.id,
                [EventChange(.factor, to: factor.kind.rawValue)])
        }
        for key in apiKeys {
            try transaction.create(key.details(of: accountID), hash: key.hash)
        }
    }
}
