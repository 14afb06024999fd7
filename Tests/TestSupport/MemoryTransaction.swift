import Auth
import Crypto

/// One unit of work on a copy of what is stored, which takes its place when the work does not throw.
final class MemoryTransaction: Transaction {
    private(set) var memory: Memory
    private let now: Timestamp

    init(_ memory: Memory, now: Timestamp) {
        self.memory = memory
        self.now = now
    }

    func hasOwner() throws(AuthError) -> Bool { memory.hasOwner }

    func credential(_ id: UUID) throws(AuthError) -> Credential? { memory.credential(id) }

    func insert(_ account: Account, passwordHash: PasswordHash) throws(AuthError) {
        guard !memory.credentials.contains(where: { $0.account.email == account.email }) else {
            throw .emailTaken
        }
        guard account.role != .owner || !memory.hasOwner else { throw .alreadySetUp }
        memory.credentials.append(Credential(account: account, passwordHash: passwordHash))
    }

    func update(_ account: Account) throws(AuthError) {
        replace(account.id) { old in
            var changed = old.account
            changed.name = account.name
            changed.tier = account.tier
            changed.role = account.role
            changed.status = account.status
            return Credential(account: changed, passwordHash: old.passwordHash)
        }
        if account.status == .disabled { endSessions { $0.session.accountID == account.id } }
    }

    func rehash(_ id: UUID, from old: PasswordHash, to new: PasswordHash) throws(AuthError) {
        replace(id) { present in
            Credential(
                account: present.account,
                passwordHash: present.passwordHash == old ? new : present.passwordHash)
        }
    }

    func setPassword(_ id: UUID, to hash: PasswordHash) throws(AuthError) {
        replace(id) { Credential(account: $0.account, passwordHash: hash) }
        endSessions { $0.session.accountID == id }
    }

    func insert(_ session: Session) throws(AuthError) {
        let live = memory.liveSessions(of: session.accountID, at: session.createdAt)
        let surplus = Set(live.dropLast(Session.maximumPerAccount - 1).map(\.id))
        endSessions { surplus.contains($0.session.id) }
        memory.sessions.append(StoredSession(session: session))
    }

    func endSession(_ key: Session.Key, at time: Timestamp) throws(AuthError) {
        endSessions { $0.has(key) }
    }

    func save(_ settings: Settings) throws(AuthError) { memory.settings = settings }

    func settings() throws(AuthError) -> Settings { memory.settings }

    func redeemInvite(
        codeHash: Digest, email: Email, at time: Timestamp
    ) throws(AuthError) -> Invite {
        let index = memory.invites.firstIndex { invite in
            invite.codeHash == codeHash && invite.isRedeemable(at: time)
                && (invite.email == nil || invite.email == email)
        }
        guard let index else { throw .invalidInvite }
        memory.invites[index].uses -= 1
        return memory.invites[index].invite
    }

    private func replace(_ id: UUID, _ change: (Credential) -> Credential) {
        for index in memory.credentials.indices where memory.credentials[index].account.id == id {
            memory.credentials[index] = change(memory.credentials[index])
        }
    }

    private func endSessions(_ isMeant: (StoredSession) -> Bool) {
        for index in memory.sessions.indices
        where memory.sessions[index].isLive(at: now) && isMeant(memory.sessions[index]) {
            memory.sessions[index].endedAt = now
        }
    }
}
