import Crypto
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

/// How the rows of credentials, challenges and trusted browsers are found, and go.
struct FactorRowsTests {
    @Test func `what has expired is removed in batches`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        let kept = Challenge.sample(of: account, lifetime: 11)
        try store.add([kept])
        try store.add((0...Purge.batch).map { _ in Challenge.sample(of: nil, lifetime: 10) })
        try store.add([TrustedBrowser.sample(of: account, lifetime: 10)])
        let database = try fixture.otherProcess()
        func left(at seconds: Int64) throws -> [Int64] {
            let isMore = try Purge.removeExpired(
                in: database, at: Timestamp.start.adding(seconds: seconds))
            return [
                isMore ? 1 : 0, try database.integer("SELECT count(*) FROM challenges"),
                try database.integer("SELECT count(*) FROM trusted_browsers"),
            ]
        }
        let all = Int64(Purge.batch) + 2
        #expect(try left(at: 9) == [0, all, 1])
        #expect(try left(at: 10) == [1, 2, 0])
        #expect(try left(at: 10) == [0, 1, 0])
        #expect(try store.challenge(kept.hash, for: .secondFactor, at: .start) == kept)
        #expect(try left(at: 11) == [0, 0, 0])
    }

    @Test func `the writer's purge removes what has expired at once`() throws {
        let fixture = try Fixture()
        let (store, account) = (fixture.store(), try Account.sample())
        try store.add(account)
        try store.add([Challenge.sample(of: account)])
        try store.add([TrustedBrowser.sample(of: account)])
        let state = InstanceState(settings: Settings(), hasOwner: false, setup: nil)
        let writer = Writer(
            try SharedState(Fixture.configuration(fixture.directory, fixture.clock), state: state))
        let database = try fixture.otherProcess()
        for (seconds, count) in [(59, 1), (1, 0)] as [(Int, Int64)] {
            fixture.clock.advance(seconds: seconds)
            writer.purge()
            #expect(try database.integer("SELECT count(*) FROM challenges") == count)
            #expect(try database.integer("SELECT count(*) FROM trusted_browsers") == count)
        }
    }

    @Test func `challenges that nothing answers stay as few as are live`() throws {
        let fixture = try Fixture()
        let store = fixture.store()
        let database = try fixture.otherProcess()
        for round in 0..<5 {
            // Ten a round, each good for two rounds.
            fixture.clock.set(to: .start.adding(seconds: Int64(round) * 10))
            for _ in 0..<10 {
                try store.add([
                    Challenge.sample(
                        .passkeySignIn, of: nil, at: fixture.clock.now, lifetime: 20)
                ])
            }
            #expect(try database.integer("SELECT count(*) FROM challenges") <= 20)
        }
    }

    @Test(arguments: [
        (
            "SELECT \(AccountCredential.columns) FROM accounts WHERE id = x'00'",
            ["(id=?)", "INDEX account_credentials (account_id=? AND kind=?)"]
        ),
        (
            "SELECT data FROM credentials WHERE account_id = x'00' AND kind <> 'password'",
            ["INDEX account_credentials (account_id=?)"]
        ),
        (
            "SELECT data FROM credentials WHERE handle = x'00'",
            ["INDEX passkey_handles (handle=?)"]
        ),
        (
            "DELETE FROM credentials WHERE id = x'00' AND account_id = x'00' AND kind <> 'password'",
            ["INDEX factor_ids (id=?)"]
        ),
        (
            "SELECT data FROM credentials WHERE kind <> 'password' AND id > x'00' ORDER BY id",
            ["INDEX factor_ids (id>?)"]
        ),
        (
            "SELECT EXISTS (SELECT 1 FROM credentials WHERE kind <> 'password')",
            ["CONSTANT ROW", "INDEX factor_ids"]
        ),
        ("SELECT data FROM challenges WHERE hash = x'00'", ["(hash=?)"]),
        (
            """
            SELECT data FROM challenges WHERE account_id = x'00' AND purpose = 'totp'
            ORDER BY created_at DESC, key DESC
            """, ["INDEX account_challenges (account_id=? AND purpose=?)"]
        ),
        (
            "DELETE FROM challenges WHERE account_id = x'00'",
            ["INDEX account_challenges (account_id=?)"]
        ),
        (
            "SELECT key FROM challenges WHERE expires_at <= 1 LIMIT 2",
            ["INDEX challenge_ends (expires_at<?)"]
        ),
        (
            """
            SELECT user_agent FROM trusted_browsers WHERE account_id = x'00' AND expires_at > 1
            ORDER BY created_at DESC, id DESC
            """, ["INDEX account_trusted_browsers (account_id=?)"]
        ),
        (
            "SELECT user_agent FROM trusted_browsers WHERE hash = x'00' AND account_id = x'00'",
            ["(hash=?)"]
        ),
        (
            "SELECT key FROM trusted_browsers WHERE expires_at <= 1 LIMIT 2",
            ["INDEX trusted_browser_ends (expires_at<?)"]
        ),
    ])
    func `every query searches an index`(query: String, plan: [String]) throws {
        let steps = try Fixture().otherProcess().rows("EXPLAIN QUERY PLAN \(query)") {
            (row) throws(SQLiteError) in try row.text(3)
        }.filter { $0.hasPrefix("SEARCH") || $0.hasPrefix("SCAN") }
        #expect(steps.count == plan.count, "\(steps)")
        for (step, part) in zip(steps, plan) { #expect(step.contains(part), "\(steps)") }
    }

    @Test func `no step of a deletion of an account looks at the rows of others`() throws {
        let steps = try Fixture().otherProcess().rows(
            "EXPLAIN QUERY PLAN DELETE FROM accounts WHERE id = x'00'"
        ) { (row) throws(SQLiteError) in try row.text(3) }
        for table in ["credentials", "challenges", "trusted_browsers"] {
            #expect(steps.contains { $0.hasPrefix("SEARCH \(table) ") }, "\(steps)")
        }
        #expect(!steps.contains { $0.hasPrefix("SCAN") }, "\(steps)")
    }

    @Test func `an unknown address costs the look at a password as a known one does`() throws {
        // Both read one account, by its key, and one password, by its account.
        let fixture = try Fixture()
        try fixture.store().add(.sample())
        let steps = try fixture.otherProcess().rows(
            """
            EXPLAIN QUERY PLAN SELECT \(AccountCredential.columns) FROM accounts WHERE key = coalesce(
                (SELECT key FROM accounts WHERE email = 'x'), (SELECT min(key) FROM accounts))
            """
        ) { (row) throws(SQLiteError) in try row.text(3) }
        #expect(steps.contains { $0.contains("accounts USING INTEGER PRIMARY KEY (rowid=?)") })
        #expect(steps.contains { $0.contains("account_credentials (account_id=? AND kind=?)") })
    }
}
