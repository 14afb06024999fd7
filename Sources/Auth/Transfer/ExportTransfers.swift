import Bytes

extension TransferService {
    /// Accounts, oldest first.
    ///
    /// Each page is read by itself: what changes meanwhile is in the export as it was when its page was read.
    /// - Parameters:
    ///   - after: The position of the last account of the page before; nil for the first page.
    ///   - limit: The most that are returned.
    ///   - withSecrets: Whether factors are opened; otherwise they are only named.
    /// - Returns: A page; an empty one is the end.
    /// - Throws: `unavailable`, also when a factor does not open.
    public func accounts(
        after: Cursor?, limit: Int, withSecrets: Bool
    ) throws(AuthError) -> [AccountTransfer] {
        try context.readingFactors { (store, vault) throws(AuthError) in
            try store.accountTransfers(after: after, limit: limit).map {
                stored throws(AuthError) in
                try AccountTransfer(stored, opening: withSecrets ? vault : nil, in: store)
            }
        }
    }

    /// Invitations, oldest first.
    ///
    /// - Throws: `unavailable`.
    public func invites(after: Cursor?, limit: Int) throws(AuthError) -> [InviteTransfer] {
        try store.inviteTransfers(after: after, limit: limit)
    }

    /// Accounts for the owner, oldest first, without anything that proves them.
    ///
    /// - Parameters:
    ///   - page: The requested page; each is recorded, since a cursor may be made up.
    ///   - administrator: Who exports them.
    /// - Returns: The page.
    /// - Throws: `forbidden` for all but the owner, `apiKeyNotAllowed` unless in person; `unauthenticated` when the
    ///   requester is no longer an administrator; `unavailable`.
    public func accounts(
        _ page: PageRequest, by administrator: Administrator
    ) throws(AuthError) -> Page<Account> {
        try store.write { transaction throws(AuthError) in
            try AdminPermission.of(administrator, in: transaction).requireOwner()
            try transaction.recordExport(of: .none)
        }
        return try store.accounts(matching: AccountQuery(sort: .oldest), page)
    }

    /// Records that accounts left the server with their password hashes.
    ///
    /// - Parameter withSecrets: Whether the secrets of factors left it, too.
    /// - Throws: `unavailable`.
    public func recordExport(withSecrets: Bool) throws(AuthError) {
        try store.write { transaction throws(AuthError) in
            try transaction.recordExport(of: withSecrets ? .secrets : .names)
        }
    }
}

extension Transaction {
    /// Records that accounts left the server, and what of their factors.
    fileprivate func recordExport(of factors: ExportedFactors) throws(AuthError) {
        try record(.accountsExported, of: nil, [EventChange(.factors, to: factors.rawValue)])
    }
}

extension AccountTransfer {
    /// A stored account.
    ///
    /// - Parameters:
    ///   - stored: The account.
    ///   - vault: Opens its factors; nil where they are only named.
    ///   - reader: Has the data key.
    /// - Throws: `unavailable`.
    fileprivate init(
        _ stored: StoredTransfer, opening vault: FactorVault?, in reader: any DataKeyReader
    ) throws(AuthError) {
        let account = stored.credential.account
        self.init(email: account.email)
        id = account.id
        name = account.name
        role = account.role
        tier = account.tier
        status = account.status
        createdAt = account.createdAt
        isEmailVerified = account.emailVerifiedAt != nil
        emailVerifiedAt = account.emailVerifiedAt
        approvedAt = account.approvedAt
        language = account.language
        password = stored.credential.password
        factors = try stored.factors.map { factor throws(AuthError) in
            FactorTransfer(
                id: factor.id, kind: factor.kind, handle: factor.handle, name: factor.name,
                createdAt: factor.createdAt, lastUsedAt: factor.lastUsedAt,
                secret: try vault?.open(factor, in: reader))
        }
        apiKeys = stored.apiKeys
    }
}
