import Auth
import Crypto
import Testing

struct InviteConformanceTests {
    private func redeem(
        _ invite: InviteSample, in store: any Store, email: String = "ada@example.org",
        at time: Timestamp = .start
    ) throws -> Invite {
        let email = try Email.sample(email)
        return try store.write { transaction throws(AuthError) in
            try transaction.redeemInvite(codeHash: invite.codeHash, email: email, at: time)
        }
    }

    @Test(arguments: StoreKind.all)
    func `an invitation gives its role and tier as often as it says`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let invite = InviteSample(maximumUses: 2)
        try subject.store().add(invite)
        for _ in 0..<2 {
            #expect(try store.isRedeemable(inviteHash: invite.codeHash, now: .start))
            let redeemed = try redeem(invite, in: store)
            #expect(redeemed.role == .member && redeemed.tier == .team)
        }
        #expect(try !store.isRedeemable(inviteHash: invite.codeHash, now: .start))
        #expect(throws: AuthError.invalidInvite) { try redeem(invite, in: store) }
    }

    @Test(arguments: StoreKind.all)
    func `a use that comes with work that throws is not counted`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let invite = InviteSample()
        try subject.store().add(invite)
        let email = try Email.sample("ada@example.org")
        #expect(throws: AuthError.emailTaken) {
            try store.write { transaction throws(AuthError) in
                _ = try transaction.redeemInvite(
                    codeHash: invite.codeHash, email: email, at: .start)
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
    func `a paused, expired or foreign invitation is refused`(
        kind: StoreKind, invite: InviteSample
    ) throws {
        let subject = try kind.open()
        try subject.store().add(invite)
        #expect(throws: AuthError.invalidInvite) { try redeem(invite, in: subject.store()) }
        let isForAnybody = invite.invite.email == nil
        #expect(
            try subject.store().isRedeemable(inviteHash: invite.codeHash, now: .start)
                != isForAnybody)
    }

    @Test(arguments: StoreKind.all)
    func `an invitation for an email serves that one`(kind: StoreKind) throws {
        let subject = try kind.open()
        let invite = InviteSample(email: "ada@example.org")
        try subject.store().add(invite)
        #expect(try redeem(invite, in: subject.store()).id == invite.invite.id)
    }

    @Test(arguments: StoreKind.all)
    func `an unknown invitation is refused`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        #expect(throws: AuthError.invalidInvite) { try redeem(InviteSample(), in: store) }
        #expect(try !store.isRedeemable(inviteHash: .random(), now: .start))
    }

    @Test(arguments: StoreKind.all)
    func `eight at once use an invitation for three exactly three times`(kind: StoreKind) throws {
        let subject = try kind.open()
        let invite = InviteSample(maximumUses: 3)
        try subject.store().add(invite)
        let email = try Email.sample("ada@example.org")
        let outcomes = try inParallel(8) { _ -> AuthError? in
            failure { () throws(AuthError) in
                _ = try subject.store().write { transaction throws(AuthError) in
                    try transaction.redeemInvite(
                        codeHash: invite.codeHash, email: email, at: .start)
                }
            }
        }
        #expect(outcomes.count { $0 == nil } == 3)
        #expect(outcomes.count { $0 == .invalidInvite } == 5)
    }
}
