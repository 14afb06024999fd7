import Auth
import Crypto

/// Invites and the outbox.
extension MemoryTransaction {
    func insert(_ invite: Invite, codeHash: Digest) throws(AuthError) {
        guard try self.invite(invite.id) == nil else {
            throw .unavailable("a second invite of this id")
        }
        memory.invites.append(StoredInvite(codeHash: codeHash, invite: invite))
    }

    func invite(_ id: UUID) throws(AuthError) -> Invite? {
        memory.invites.first { $0.invite.id == id }?.invite
    }

    func invite(codeHash: Digest) throws(AuthError) -> Invite? {
        memory.invites.first { $0.codeHash == codeHash }?.invite
    }

    func countUse(ofInvite id: UUID) throws(AuthError) {
        changeInvites { if $0.id == id { $0.uses += 1 } }
    }

    func updateInvite(_ id: UUID, isPaused: Bool) throws(AuthError) {
        changeInvites { if $0.id == id { $0.isPaused = isPaused } }
    }

    func pauseInvites(of accountID: UUID) throws(AuthError) -> Int {
        var count = 0
        changeInvites { invite in
            guard invite.createdBy == accountID, !invite.isPaused else { return }
            invite.isPaused = true
            count += 1
        }
        return count
    }

    func expireInvites(madeWith keyID: UUID) throws(AuthError) -> Int {
        var count = 0
        changeInvites { invite in
            guard invite.keyID == keyID, invite.expiresAt > now else { return }
            invite.expiresAt = now
            count += 1
        }
        return count
    }

    func expireInvites(madeWithKeysOf accountID: UUID) throws(AuthError) -> Int {
        var count = 0
        for stored in memory.apiKeys where stored.details.key.accountID == accountID {
            count += try expireInvites(madeWith: stored.details.key.id)
        }
        return count
    }

    func deleteInvite(_ id: UUID) throws(AuthError) {
        memory.invites.removeAll { $0.invite.id == id }
    }

    func deleteOpenInvites(of accountID: UUID) throws(AuthError) -> Int {
        let former = memory.invites.count
        memory.invites.removeAll { stored in
            let invite = stored.invite
            return invite.createdBy == accountID && invite.uses < invite.maximumUses
                && invite.expiresAt > now
        }
        return former - memory.invites.count
    }

    func deletePastInvites(of maker: UUID?, keeping count: Int) throws(AuthError) {
        let past = memory.invites.filter { stored in
            let invite = stored.invite
            return invite.createdBy == maker
                && (invite.expiresAt <= now || invite.uses >= invite.maximumUses)
        }.sorted { $0.invite.createdAt > $1.invite.createdAt }
        let removed = Set(past.dropFirst(count).map(\.invite.id))
        memory.invites.removeAll { removed.contains($0.invite.id) }
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

    func updateMail(_ mail: Mail) throws(AuthError) -> Bool {
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

    @discardableResult
    func deleteMail(_ id: UUID) throws(AuthError) -> Bool {
        let former = memory.mails.count
        memory.mails.removeAll { $0.mail.id == id }
        return memory.mails.count < former
    }

    func deleteMails(of accountID: UUID) throws(AuthError) {
        memory.mails.removeAll { $0.mail.accountID == accountID }
    }

    func retryMail(_ id: UUID?) throws(AuthError) -> Int {
        let chosen = memory.mails.filter { mail in
            id.map { $0 == mail.mail.id } ?? mail.nextAttemptAt.map { $0 > now } ?? true
        }
        for mail in chosen {
            _ = change(mail.mail.id) { old in
                QueuedMail(
                    mail: old.mail, attempts: old.attempts, nextAttemptAt: now,
                    lastError: old.lastError)
            }
        }
        return chosen.count
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
