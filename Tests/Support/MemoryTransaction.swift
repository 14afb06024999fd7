import Auth
import Crypto

/// One unit of work on a copy of the contents, which replaces them unless the work throws.
final class MemoryTransaction: Transaction {
    var memory: Memory
    let now: Timestamp
    let cause: Cause
    /// Accounts whose failed logins are cleared.
    private(set) var unlocked: [Email] = []

    init(_ memory: Memory, now: Timestamp, for cause: Cause = .server) {
        self.memory = memory
        self.cause = cause
        self.now = now
    }

    func credential(_ id: UUID) throws(AuthError) -> AccountCredential? { memory.credential(id) }

    func account(_ email: Email) throws(AuthError) -> Account? {
        memory.credentials.first { $0.account.email == email }?.account
    }

    func insert(_ account: Account, password: StoredPassword?) throws(AuthError) {
        guard !memory.credentials.contains(where: { $0.account.email == account.email }) else {
            throw .emailTaken
        }
        guard account.role != .owner || !memory.hasOwner else { throw .alreadySetUp }
        memory.credentials.append(AccountCredential(account: account, password: password))
    }

    func updateAccount(_ account: Account) throws(AuthError) {
        if account.role == .owner, let owner = try owner(), owner.id != account.id {
            throw .alreadySetUp
        }
        replace(account.id) { old in
            var changed = old.account
            changed.name = account.name
            changed.tier = account.tier
            changed.role = account.role
            changed.status = account.status
            changed.approvedAt = account.approvedAt
            changed.language = account.language
            return AccountCredential(account: changed, password: old.password)
        }
    }

    func updatePassword(
        of id: UUID, to password: StoredPassword, ifStill old: StoredPassword?
    ) throws(AuthError) {
        replace(id) { present in
            AccountCredential(
                account: present.account,
                password: old == nil || present.password == old ? password : present.password)
        }
    }

    func deletePassword(of id: UUID) throws(AuthError) {
        replace(id) { AccountCredential(account: $0.account, password: nil) }
    }

    func updateEmail(
        of id: UUID, to email: Email, verifiedAt: Timestamp?
    ) throws(AuthError) {
        guard
            !memory.credentials.contains(where: {
                $0.account.email == email && $0.account.id != id
            })
        else { throw .emailTaken }
        replace(id) { old in
            var account = old.account
            account.email = email
            account.emailVerifiedAt = verifiedAt
            return AccountCredential(account: account, password: old.password)
        }
    }

    func updateEmailRejection(of id: UUID, at time: Timestamp?) throws(AuthError) {
        memory.rejectedEmails.removeAll { $0 == id }
        if time != nil { memory.rejectedEmails.append(id) }
    }

    func deleteAccount(_ id: UUID) throws(AuthError) {
        changeInvites { if $0.createdBy == id { $0.createdBy = nil } }
        memory.credentials.removeAll { $0.account.id == id }
        memory.sessions.removeAll { $0.session.accountID == id }
        memory.apiKeys.removeAll { $0.details.key.accountID == id }
        memory.linkTokens.removeAll { $0.accountID == id }
        memory.factors.removeAll { $0.accountID == id }
        memory.challenges.removeAll { $0.accountID == id }
        memory.trustedBrowsers.removeAll { $0.accountID == id }
        memory.rejectedEmails.removeAll { $0 == id }
    }

    func clearFailedLogins(of account: Account) throws(AuthError) {
        unlocked.append(account.email)
    }

    func owner() throws(AuthError) -> Account? {
        memory.credentials.first { $0.account.role == .owner }?.account
    }

    func save(_ settings: Settings) throws(AuthError) { memory.settings = settings }

    func settings() throws(AuthError) -> Settings { memory.settings }

    func insertNote(_ text: String) throws(AuthError) { memory.notes.append(text) }

    func deleteNotes(keeping count: Int) throws(AuthError) {
        memory.notes = memory.notes.suffix(count)
    }

    func changeInvites(_ change: (inout Invite) -> Void) {
        for index in memory.invites.indices { change(&memory.invites[index].invite) }
    }

    private func replace(_ id: UUID, _ change: (AccountCredential) -> AccountCredential) {
        for index in memory.credentials.indices where memory.credentials[index].account.id == id {
            memory.credentials[index] = change(memory.credentials[index])
        }
    }

    /// Ends the matching sessions.
    ///
    /// - Returns: How many were live.
    @discardableResult
    func endSessions(where matches: (StoredSession) -> Bool) -> Int {
        var count = 0
        for index in memory.sessions.indices
        where memory.sessions[index].endedAt == nil && matches(memory.sessions[index]) {
            count += memory.sessions[index].isLive(at: now) ? 1 : 0
            memory.sessions[index].endedAt = now
        }
        return count
    }
}
