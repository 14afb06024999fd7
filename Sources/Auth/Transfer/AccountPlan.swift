import Crypto

/// What the import of an account changes.
struct AccountPlan {
    /// The account afterwards.
    let account: Account
    /// What was here before.
    let present: AccountCredential?
    /// The password to store; nil for the one that is stored.
    let password: StoredPassword?
    /// What is added to it.
    let additions: AccountAdditions

    /// Whether a present account would be signed in to with something else, or by someone else.
    var changesAccess: Bool {
        guard let old = present?.account else { return false }
        return password != nil || account.email != old.email || account.status != old.status
            || account.emailVerifiedAt != old.emailVerifiedAt
    }

    /// The plan without what changes access to a present account.
    var keepingAccess: AccountPlan {
        guard let old = present?.account else { return self }
        let kept = Account(
            id: account.id, email: old.email, name: account.name, tier: account.tier,
            role: account.role, status: old.status, createdAt: account.createdAt,
            emailVerifiedAt: old.emailVerifiedAt, approvedAt: account.approvedAt,
            language: account.language)
        return AccountPlan(account: kept, present: present, password: nil, additions: additions)
    }

    /// What becomes of the account.
    var outcome: ImportOutcome {
        guard let present else { return .created }
        let isSame = present.account == account && password == nil && additions.isEmpty
        return isSame ? .unchanged : .updated
    }

    /// Makes the changes; a changed account loses its sessions and the steps that lead to one.
    ///
    /// - Throws: `unavailable`.
    func apply(
        in transaction: any Transaction, sealing vault: FactorVault
    ) throws(AuthError) {
        switch outcome {
        case .created: try transaction.create(account, password: password)
        case .updated: try update(in: transaction)
        case .unchanged, .refused: return
        }
        try additions.insert(for: account.id, in: transaction, sealing: vault)
    }

    private func update(in transaction: any Transaction) throws(AuthError) {
        guard let old = present?.account else { return }
        try transaction.change(account)
        let isVerified = account.emailVerifiedAt != nil
        if account.email != old.email || isVerified != (old.emailVerifiedAt != nil) {
            try transaction.setEmail(
                account.id, to: account.email, verifiedAt: account.emailVerifiedAt)
        }
        if let password {
            try transaction.recordPassword(.passwordReset, of: account.id)
            try transaction.setPassword(account.id, to: password, keeping: nil)
        }
        try transaction.endSessions(of: account.id, except: nil, because: .accountImported)
        try transaction.endReliance(onFactorsOf: account.id)
    }
}
