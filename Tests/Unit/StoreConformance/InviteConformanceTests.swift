import Crypto
import TestSupport
import Testing

@testable import Auth

extension Store {
    /// Whether an invitation could be redeemed at the start.
    fileprivate func isRedeemable(_ codeHash: Digest) throws(AuthError) -> Bool {
        try invite(codeHash: codeHash)?.isRedeemable(at: .start) ?? false
    }
}

struct InviteConformanceTests {
    private func redeem(
        _ invite: InviteSample, in store: any Store, email: String = "ada@example.org"
    ) throws -> Invite {
        let email = try Email.sample(email)
        return try store.write { transaction throws(AuthError) in
            try transaction.redeemInvite(codeHash: invite.codeHash, email: email)
        }
    }

    @Test(arguments: StoreKind.all)
    func `an invite gives its role and tier up to its number of uses`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let invite = InviteSample(maximumUses: 2)
        try subject.store().add(invite)
        for _ in 0..<2 {
            #expect(try store.isRedeemable(invite.codeHash))
            let redeemed = try redeem(invite, in: store)
            #expect(redeemed.role == .member && redeemed.tier == .team)
        }
        #expect(try !store.isRedeemable(invite.codeHash))
        #expect(throws: AuthError.invalidInvite) { try redeem(invite, in: store) }
    }

    @Test(arguments: StoreKind.all, 0..<3)
    func `an invite ends with the key that created it, however that ends`(
        kind: StoreKind, way: Int
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        let (key, other) = (APIKeySample(of: account), APIKeySample(of: account))
        try store.add(account)
        for sample in [key, other] { try store.add(sample) }
        let ending = InviteSample(createdBy: account.id, madeWith: key.key.id)
        let kept = InviteSample()
        for invite in [ending, kept] { try store.add(invite) }
        let stored = try store.invites(PageRequest()).items
        #expect(stored.first { $0.id == ending.invite.id } == ending.invite)
        try store.write { transaction throws(AuthError) in
            #expect(try transaction.apiKey(key.key.id) == key.key)
            switch way {
            case 0: _ = try transaction.endAPIKey(key.key.id, of: nil)
            case 1: try transaction.endAPIKeys(of: account.id)
            default: try transaction.eraseAccount(account.id)
            }
            #expect(try transaction.apiKey(key.key.id) == nil)
        }
        #expect(try !store.isRedeemable(ending.codeHash))
        #expect(throws: AuthError.invalidInvite) { try redeem(ending, in: store) }
        #expect(try store.isRedeemable(kept.codeHash))
        let ended = try store.invites(PageRequest()).items
        let end = try #require(ended.first { $0.id == ending.invite.id }).expiresAt
        #expect(end < ending.invite.expiresAt)
        #expect(ended.first { $0.id == kept.invite.id } == kept.invite)
    }

    @Test(arguments: StoreKind.all)
    func `removing the open invites of an account counts them`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (maker, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(maker)
        try store.add(other)
        let open = [
            InviteSample(createdBy: maker.id), InviteSample(isPaused: true, createdBy: maker.id),
        ]
        let used = InviteSample(createdBy: maker.id)
        let expired = InviteSample(createdBy: maker.id, expiresAt: .start)
        let foreign = [InviteSample(createdBy: other.id), InviteSample()]
        for sample in open + [used, expired] + foreign { try store.add(sample) }
        _ = try redeem(used, in: store)
        let count = try store.write { transaction throws(AuthError) in
            try transaction.deleteOpenInvites(of: maker.id)
        }
        #expect(count == 2)
        let left = try store.invites(PageRequest()).items.map(\.id)
        #expect(Set(left) == Set(([used, expired] + foreign).map(\.invite.id)))
    }

    @Test(arguments: StoreKind.all)
    func `a redemption in work that throws does not count`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let invite = InviteSample()
        try subject.store().add(invite)
        let email = try Email.sample("ada@example.org")
        #expect(throws: AuthError.emailTaken) {
            try store.write { transaction throws(AuthError) in
                _ = try transaction.redeemInvite(codeHash: invite.codeHash, email: email)
                throw .emailTaken
            }
        }
        #expect(try redeem(invite, in: store).uses == 1)
    }

    @Test(
        arguments: StoreKind.all,
        [
            InviteSample(isPaused: true), InviteSample(expiresAt: .start),
            InviteSample(email: "else@example.org"),
        ])
    func `a paused, expired or foreign invite is refused`(
        kind: StoreKind, invite: InviteSample
    ) throws {
        let subject = try kind.open()
        try subject.store().add(invite)
        #expect(throws: AuthError.invalidInvite) { try redeem(invite, in: subject.store()) }
        let isUnbound = invite.invite.email == nil
        #expect(
            try subject.store().isRedeemable(invite.codeHash)
                != isUnbound)
    }

    @Test(arguments: StoreKind.all)
    func `an invite for an address can be redeemed with that address`(kind: StoreKind) throws {
        let subject = try kind.open()
        let invite = InviteSample(email: "ada@example.org")
        try subject.store().add(invite)
        #expect(try redeem(invite, in: subject.store()).id == invite.invite.id)
    }

    @Test(arguments: StoreKind.all)
    func `an unknown invite is refused`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        #expect(throws: AuthError.invalidInvite) { try redeem(InviteSample(), in: store) }
        #expect(try !store.isRedeemable(.random()))
    }

    @Test(arguments: StoreKind.all)
    func `eight concurrent redemptions of an invite for three succeed three times`(kind: StoreKind)
        throws
    {
        let subject = try kind.open()
        let invite = InviteSample(maximumUses: 3)
        try subject.store().add(invite)
        let email = try Email.sample("ada@example.org")
        let outcomes = try inParallel(8) { _ -> AuthError? in
            failure { () throws(AuthError) in
                _ = try subject.store().write { transaction throws(AuthError) in
                    try transaction.redeemInvite(codeHash: invite.codeHash, email: email)
                }
            }
        }
        #expect(outcomes.count { $0 == nil } == 3)
        #expect(outcomes.count { $0 == .invalidInvite } == 5)
    }

    @Test(arguments: StoreKind.all)
    func `of ten concurrent registrations for the last use one succeeds`(kind: StoreKind) throws {
        let subject = try kind.open()
        let invite = InviteSample(maximumUses: 3)
        try subject.store().add(invite)
        for _ in 1...2 { _ = try redeem(invite, in: subject.store()) }
        let hash = try PasswordHash.sample()
        let accounts = try (0..<10).map { try Account.sample("person\($0)@example.org") }
        let outcomes = try inParallel(10) { index -> AuthError? in
            failure { () throws(AuthError) in
                try subject.store().write { transaction throws(AuthError) in
                    let account = accounts[index]
                    // The account first: it has to be rolled back with a redemption that is refused.
                    try transaction.insert(account, passwordHash: hash)
                    _ = try transaction.redeemInvite(
                        codeHash: invite.codeHash, email: account.email)
                }
            }
        }
        #expect(outcomes.count { $0 == .invalidInvite } == 9)
        let winner = try #require(outcomes.firstIndex(of: nil))
        #expect(try subject.store().accounts(after: nil, limit: 10) == [accounts[winner]])
        #expect(try subject.store().invites(PageRequest()).items.map(\.uses) == [3])
    }

    @Test(arguments: StoreKind.all)
    func `an invite can be paused, resumed and deleted`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (sample, other) = (InviteSample(), InviteSample())
        for invite in [sample, other] { try store.add(invite) }
        let id = sample.invite.id
        for paused in [true, true, false] {
            let seen = try store.write { transaction throws(AuthError) in
                try transaction.updateInvite(id, isPaused: paused)
                return try transaction.invite(id)
            }
            #expect(seen?.isPaused == paused)
            let hash = sample.codeHash
            #expect(try store.isRedeemable(hash) == !paused)
        }
        for _ in 1...2 {
            let seen = try store.write { transaction throws(AuthError) in
                try transaction.deleteInvite(id)
                return try transaction.invite(id)
            }
            #expect(seen == nil)
        }
        #expect(try store.invites(PageRequest()).items == [other.invite])
    }

    @Test(arguments: StoreKind.all)
    func `the invites of an administrator who is demoted, disabled or deleted are paused`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let admins = try (0..<4).map { try Account.sample("admin\($0)@example.org", role: .admin) }
        var samples = [InviteSample()]
        for admin in admins {
            try store.add(admin)
            samples.append(InviteSample(createdBy: admin.id))
        }
        for sample in samples { try store.add(sample) }
        var (renamed, demoted, disabled) = (admins[0], admins[1], admins[2])
        renamed.name = "Grace"
        demoted.role = .member
        disabled.status = .disabled
        for account in [renamed, demoted, disabled] { try store.update(account) }
        try store.write { [deleted = admins[3].id] transaction throws(AuthError) in
            try transaction.eraseAccount(deleted)
        }
        let seen = try store.invites(PageRequest()).items
        for (sample, isPaused) in zip(samples, [false, false, true, true, true]) {
            let invite = try #require(seen.first { $0.id == sample.invite.id })
            #expect(invite.isPaused == isPaused)
            let isGone = sample.invite.createdBy == admins[3].id
            #expect(invite.createdBy == (isGone ? nil : sample.invite.createdBy))
        }
    }

    @Test(arguments: StoreKind.all)
    func `pausing the invites of an account affects no others`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = [try Account.sample(), try Account.sample("bob@example.org")]
        for account in accounts {
            try store.add(account)
            try store.add(InviteSample(createdBy: account.id))
        }
        try store.write { transaction throws(AuthError) in
            _ = try transaction.pauseInvites(of: accounts[0].id)
        }
        let paused = try store.invites(PageRequest()).items.filter(\.isPaused)
        #expect(paused.map(\.createdBy) == [accounts[0].id])
    }
}
