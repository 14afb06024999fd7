import Auth
import Crypto
import TestSupport
import Testing

struct LoopLaneTests {
    @Test func `a store that must not block answers only from the cache`() throws {
        let fixture = try Fixture()
        let (waiting, loop) = (fixture.store(), fixture.store(mayWait: false))
        let account = try Account.sample()
        let session = Session.sample(of: account)
        try waiting.add(account)
        try waiting.add(session)
        #expect(throws: AuthError.notInMemory) { try loop.account(account.id) }
        #expect(throws: AuthError.notInMemory) { try loop.session(.id(session.id), now: .start) }
        _ = try waiting.account(account.id)
        _ = try waiting.session(.id(session.id), now: .start)
        #expect(try loop.account(account.id)?.account == account)
        #expect(try loop.session(.id(session.id), now: .start) == session)
        #expect(try loop.session(.id(session.id), now: session.expiresAt) == nil)
        #expect(loop.state == waiting.state)
    }

    @Test func `reads that need the database are never answered on the loop lane`() throws {
        let fixture = try Fixture()
        let (waiting, loop) = (fixture.store(), fixture.store(mayWait: false))
        let account = try Account.sample()
        try waiting.add(account)
        _ = try waiting.credential(account.email)
        #expect(throws: AuthError.notInMemory) { try loop.credential(account.email) }
        #expect(throws: AuthError.notInMemory) { try loop.accounts(after: nil, limit: 1) }
        #expect(throws: AuthError.notInMemory) {
            try loop.invite(codeHash: .random())
        }
        #expect(throws: AuthError.notInMemory) { try loop.invites(PageRequest()) }
        #expect(throws: AuthError.notInMemory) {
            try loop.accounts(matching: AccountQuery(), PageRequest())
        }
        #expect(throws: AuthError.notInMemory) {
            try loop.linkToken(.random(), for: .decide, at: .start)
        }
        #expect(throws: AuthError.notInMemory) { try loop.add(.sample("b@example.org")) }
        #expect(throws: AuthError.notInMemory) { try loop.setUp("main") }
    }

    @Test func `an ended session is looked up again and not answered from the cache`() throws {
        let fixture = try Fixture()
        let (waiting, loop) = (fixture.store(), fixture.store(mayWait: false))
        let account = try Account.sample()
        let session = Session.sample(of: account)
        try waiting.add(account)
        try waiting.add(session)
        _ = try waiting.session(.id(session.id), now: .start)
        _ = try waiting.write { transaction throws(AuthError) in
            try transaction.endSession(.tokenHash(session.tokenHash), of: nil)
        }
        #expect(throws: AuthError.notInMemory) { try loop.session(.id(session.id), now: .start) }
    }

    @Test func `a cache without capacity stores nothing`() throws {
        let fixture = try Fixture(cached: 0)
        let account = try Account.sample()
        try fixture.store().add(account)
        #expect(try fixture.store().account(account.id)?.account == account)
        #expect(throws: AuthError.notInMemory) {
            try fixture.store(mayWait: false).account(account.id)
        }
    }
}
