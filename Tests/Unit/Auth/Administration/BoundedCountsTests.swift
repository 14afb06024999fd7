import Crypto
import Testing
import TestSupport

@testable import Auth

struct BoundedCountsTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer, .pending, .disabled)
        service = try world.service()
    }

    private func exactly(_ value: Int) -> BoundedCount { BoundedCount(value, upTo: 1_000) }

    @Test func `accounts are counted by status and by whether the address is confirmed`() throws {
        let counts = try service.administration.accountCounts(upTo: 1_000)
        #expect(counts.accounts == exactly(5) && counts.active == exactly(3))
        #expect(counts.waiting == exactly(1) && counts.disabled == exactly(1))
        // The owner has confirmed theirs.
        #expect(counts.unconfirmed == exactly(4))
        #expect(counts.openInvites == exactly(0) && counts.deadMails == exactly(0))
    }

    @Test func `invites that can still be used and mails that were given up are counted`() throws {
        var used = StoredInvite(code: "used")
        used.invite.uses = 1
        let invites = [
            StoredInvite(code: "open"), StoredInvite(code: "paused", isPaused: true), used,
            StoredInvite(code: "expired", expiresAt: TestClock.start),
        ]
        world.store.change { $0.invites = invites }
        for outcome in [MailOutcome.rejected("550"), .sent] {
            _ = try service.outbox.sendTestMail(to: "any@example.org")
            let next = try #require(try service.outbox.nextMail())
            try service.outbox.settle(next.queued, outcome, nextAttemptAt: nil)
        }
        let counts = try service.administration.accountCounts(upTo: 1_000)
        #expect(counts.openInvites == exactly(2) && counts.deadMails == exactly(1))
    }

    @Test func `a count ends at its limit and says that there are more`() throws {
        let counts = try service.administration.accountCounts(upTo: 3)
        #expect(counts.accounts.value == 3 && counts.accounts.isExceeded)
        #expect(counts.active.value == 3 && !counts.active.isExceeded)
        #expect(counts.waiting.value == 1 && !counts.waiting.isExceeded)
    }

    @Test func `a fault of the store is no count`() {
        world.store.condition = .broken
        #expect(throws: AuthError.unavailable("disk I/O error")) {
            try service.administration.accountCounts(upTo: 1_000)
        }
    }
}
