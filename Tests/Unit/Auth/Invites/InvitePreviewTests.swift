import Crypto
import Testing
import TestSupport

@testable import Auth

struct InvitePreviewTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin)
        service = try world.service()
    }

    private func add(_ invite: StoredInvite) { world.store.change { $0.invites.append(invite) } }

    @Test func `a preview names the inviter and what the invite gives, and writes nothing`() throws
    {
        var request = InviteRequest()
        (request.email, request.role) = (.text("new@example.org"), .text("admin"))
        request.tier = .text("team")
        let owner = try service.caller(world.signIn(Person.owner.email))
        let new = try service.invites.createInvite(request, by: .caller(owner))
        let writes = world.store.writes
        let preview = try service.invites.preview(code: new.code)
        #expect(
            preview
                == InvitePreview(
                    state: .open, inviterName: "owner", role: .admin, tier: .team,
                    expiresAt: new.invite.expiresAt, email: Email("new@example.org")))
        #expect(world.store.writes == writes)
        world.store.change { memory in
            memory.credentials.removeAll { $0.account.id == owner.account.id }
        }
        #expect(try service.invites.preview(code: new.code).inviterName == nil)
    }

    @Test func `the state says why an invite cannot be redeemed, the lasting reason first`() throws
    {
        let past = TestClock.start
        add(StoredInvite(code: "open"))
        add(StoredInvite(code: "paused", isPaused: true))
        add(StoredInvite(code: "expired", isPaused: true, expiresAt: past))
        var used = StoredInvite(code: "used", isPaused: true, expiresAt: past)
        used.invite.uses = 1
        add(used)
        let states = try ["open", "paused", "expired", "used"].map {
            try service.invites.preview(code: $0).state
        }
        #expect(states == [.open, .paused, .expired, .usedUp])
        for stored in world.store.memory.invites {
            let isOpen = stored.invite.state(at: world.clock.now) == .open
            #expect(stored.invite.isRedeemable(at: world.clock.now) == isOpen)
        }
    }

    @Test func `an unknown code is reported, and a fault of the store is no answer`() throws {
        #expect(throws: AuthError.invalidInvite) { try service.invites.preview(code: "unknown") }
        #expect(throws: AuthError.invalidInvite) { try service.invites.preview(code: "") }
        add(StoredInvite(code: "open"))
        world.store.condition = .broken
        #expect(throws: AuthError.unavailable("disk I/O error")) {
            try service.invites.preview(code: "open")
        }
    }
}
