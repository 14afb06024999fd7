import Bytes
import Crypto

/// One account that is imported, in a transaction.
///
/// First it is decided what changes, then that is done: a trial decides, and does nothing.
struct AccountImport {
    let record: AccountTransfer
    let options: ImportOptions
    let vault: FactorVault

    /// Imports the account.
    ///
    /// - Throws: `unavailable`.
    func run(in transaction: any Transaction) throws(AuthError) -> ImportResult {
        let present = try present(in: transaction)
        if let taken = try transaction.account(record.email), taken.id != present?.account.id {
            return ImportResult(.refused(.emailTaken))
        }
        let account: Account
        do throws(ImportRefusal) {
            account = try record.account(over: present?.account, at: transaction.now)
        } catch {
            return ImportResult(.refused(error))
        }
        let isProven = present.map(self.isProven) ?? true
        let additions =
            isProven
            ? try AccountAdditions(
                of: record, to: account.id, isPresent: present != nil, in: transaction)
            : AccountAdditions()
        if let refusal = additions.refusal { return ImportResult(.refused(refusal)) }
        let whole = AccountPlan(
            account: account, present: present, password: newPassword(over: present),
            additions: additions)
        let differs =
            whole.changesAccess || !isProven && !(record.factors.isEmpty && record.apiKeys.isEmpty)
        if differs, options.overwrites, !isProven {
            return ImportResult(.refused(.addressUnproven))
        }
        let plan = options.overwrites ? whole : whole.keepingAccess
        if let refusal = try refusal(of: plan, in: transaction) {
            return ImportResult(.refused(refusal))
        }
        if !isProven, let present,
            plan.account.role != present.account.role || plan.account.tier != present.account.tier
        {
            return ImportResult(.refused(.addressUnproven))
        }
        if !options.isTrial { try plan.apply(in: transaction, sealing: vault) }
        return ImportResult(
            plan.outcome, factorsToEnrol: additions.factorsToEnrol,
            isKept: differs && !options.overwrites)
    }

    /// Whether a present account is that of the record: by its id, or by an address that is confirmed on both
    /// sides.
    ///
    /// An address that only one side has confirmed, or none, is a claim: the person who opened an account with the
    /// address of another person would take over theirs, have theirs confirmed, or get their role or tier.
    private func isProven(_ present: AccountCredential) -> Bool {
        present.account.id == record.id
            || record.isEmailVerified == true && present.account.emailVerifiedAt != nil
    }

    /// The account of the record's id, otherwise that of its address.
    private func present(in transaction: any Transaction) throws(AuthError) -> AccountCredential? {
        if let id = record.id, let found = try transaction.credential(id) { return found }
        guard let account = try transaction.account(record.email) else { return nil }
        return try transaction.credential(account.id)
    }

    /// The password to store; nil for the one that is stored.
    private func newPassword(over present: AccountCredential?) -> StoredPassword? {
        guard let password = record.password, password != present?.password else { return nil }
        // A sign-in has renewed just this hash: the import is run again.
        if case .foreign(let hash) = password, let present, let own = present.passwordHash,
            own.salt == PasswordRenewal.salt(of: present.account.id, replacing: hash)
        {
            return nil
        }
        return password
    }

    private func refusal(
        of plan: AccountPlan, in transaction: any Transaction
    ) throws(AuthError) -> ImportRefusal? {
        guard plan.outcome != .unchanged else { return nil }
        let (old, new) = (plan.present?.account.role, plan.account.role)
        if old == .owner, new != .owner { return .ownerProtected }
        if new == .owner, old != .owner, try transaction.hasOwner() { return .ownerExists }
        let administers = new.administers || old?.administers == true
        return administers && !options.allowsAdministrators ? .administrator : nil
    }
}

extension AccountTransfer {
    /// The account after the import.
    ///
    /// - Parameters:
    ///   - present: The account before; nil for a new one.
    ///   - time: Now.
    /// - Returns: The account.
    /// - Throws: `invalidName`.
    func account(
        over present: Account?, at time: Timestamp
    ) throws(ImportRefusal) -> Account {
        let name: String
        do throws(PersonName.Objection) {
            name =
                try self.name.map { text throws(PersonName.Objection) in
                    try PersonName(text).text
                } ?? present?.name ?? String(email.localPart)
        } catch {
            throw .invalidName
        }
        let isVerified =
            isEmailVerified ?? (present?.email == email && present?.emailVerifiedAt != nil)
        let wasVerified = present?.email == email ? present?.emailVerifiedAt : nil
        return Account(
            id: present?.id ?? id ?? .random(), email: email, name: name,
            tier: tier ?? present?.tier ?? .free, role: role ?? present?.role ?? .user,
            status: status ?? present?.status ?? .active,
            createdAt: present?.createdAt ?? createdAt ?? time,
            emailVerifiedAt: isVerified ? wasVerified ?? emailVerifiedAt ?? time : nil,
            approvedAt: present?.approvedAt ?? approvedAt, language: language ?? present?.language)
    }
}
