import Auth
import Crypto

/// Invites and the outbox.
extension MemoryTransaction {
    func insert(_ invite: Invite, codeHash: Digest) throws(AuthError) {
        memory.invites.append(StoredInvite(codeHash: codeHash, invite: invite))
    }

    func invite(_ id: UUID) throws(AuthError) -> Invite? {
        memory.invites.first { $0.invite.id == id }?.invite
    }

    func setInvite(_ id: UUID, paused: Bool) throws(AuthError) {
        for index in memory.invites.indices where memory.invites[index].invite.id == id {
            memory.invites[index].invite.isPaused = paused
        }
    }

    func pauseInvites(of accountID: UUID) throws(AuthError) {
        changeInvites(of: accountID) { $0.isPaused = true }
    }

    func removeInvite(_ id: UUID) throws(AuthError) {
        memory.invites.removeAll { $0.invite.id == id }
    }

    func removeOpenInvites(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int {
        let former = memory.invites.count
        memory.invites.removeAll { stored in
            let invite = stored.invite
            return invite.createdBy == accountID && invite.uses < invite.maximumUses
                && invite.expiresAt > time
        }
        return former - memory.invites.count
    }

    func removePastInvites(
        by maker: UUID?, beyond count: Int, at time: Timestamp
    ) throws(AuthError) {
        let past = memory.invites.filter { stored in
            let invite = stored.invite
            return invite.createdBy == maker
                && (invite.expiresAt <= time || invite.uses >= invite.maximumUses)
        }.sorted { $0.invite.createdAt > $1.invite.createdAt }
        let removed = Set(past.dropFirst(count).map(\.invite.id))
        memory.invites.removeAll { removed.contains($0.invite.id) }
    }

    func redeemInvite(
        codeHash: Digest, email: Email, at time: Timestamp
    ) throws(AuthError) -> Invite {
        let index = memory.invites.firstIndex { stored in
            stored.codeHash == codeHash && stored.invite.isRedeemable(at: time)
                && (stored.invite.email == nil || stored.invite.email == email)
        }
        guard let index else { throw .invalidInvite }
        memory.invites[index].invite.uses += 1
        return memory.invites[index].invite
    }

    func enqueue(_ admitted: AdmittedMail) throws(AuthError) {
        let mail = admitted.mail
        memory.mails.append(
            QueuedMail(mail: mail, attempts: 0, nextAttemptAt: mail.createdAt, lastError: nil))
    }

    func mails(after id: UUID?, limit: Int) throws(AuthError) -> [Mail] {
        let later = memory.mails.map(\.mail).filter { mail in
            id.map { $0.octets.lexicographicallyPrecedes(mail.id.octets) } ?? true
        }
        return Array(
            later.sorted { $0.id.octets.lexicographicallyPrecedes($1.id.octets) }.prefix(limit))
    }

    func waitingMails() throws(AuthError) -> Int { memory.mails.count { !$0.isDead } }

    func mailTimes(
        to recipient: Digest, of share: MailShare, since time: Timestamp
    ) throws(AuthError) -> [Timestamp] {
        memory.recipientMails
            .filter { $0.recipient == recipient && $0.share == share && $0.time > time }
            .map(\.time)
    }

    func noteMail(
        to recipient: Digest, of share: MailShare, at time: Timestamp
    ) throws(AuthError) {
        memory.recipientMails.append(
            RecipientMail(recipient: recipient, share: share, time: time))
    }

    func refill(_ mail: Mail) throws(AuthError) -> Bool {
        change(mail.id) { old in
            QueuedMail(
                mail: mail, attempts: old.attempts, nextAttemptAt: old.nextAttemptAt,
                lastError: old.lastError)
        }
    }

    func noteFailure(
        ofMail id: UUID, nextAttemptAt: Timestamp?, error: String
    ) throws(AuthError) {
        _ = change(id) { old in
            QueuedMail(
                mail: old.mail, attempts: old.attempts + 1, nextAttemptAt: nextAttemptAt,
                lastError: error)
        }
    }

    func removeMail(_ id: UUID) throws(AuthError) {
        memory.mails.removeAll { $0.mail.id == id }
    }

    func retryMail(_ id: UUID?, at time: Timestamp) throws(AuthError) -> Int {
        let meant = memory.mails.filter { mail in
            id.map { $0 == mail.mail.id } ?? mail.nextAttemptAt.map { $0 > time } ?? true
        }
        for mail in meant {
            _ = change(mail.mail.id) { old in
                QueuedMail(
                    mail: old.mail, attempts: old.attempts, nextAttemptAt: time,
                    lastError: old.lastError)
            }
        }
        return meant.count
    }

    private func change(_ id: UUID, _ change: (QueuedMail) -> QueuedMail) -> Bool {
        guard let index = memory.mails.firstIndex(where: { $0.mail.id == id }) else { return false }
        memory.mails[index] = change(memory.mails[index])
        return true
    }
}

extension QueuedMail {
    /// Whether it was given up.
    var isDead: Bool { nextAttemptAt == nil }
}
