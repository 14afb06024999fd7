import Crypto
import ForeignPasswords
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

/// What a server knows of the foreign hashes in its database.
struct ForeignDecoyTests {
    private func add(_ texts: [String], to fixture: Fixture) throws {
        for text in texts {
            let account = try Account.sample("a\(UUID.random())@example.org")
            let hash = try ForeignHash(text).decoy()
            try fixture.store().write { transaction throws(AuthError) in
                try transaction.insert(account, password: .foreign(hash))
            }
        }
    }

    private func bcrypt(_ cost: Int) -> String {
        "$2b$\(cost)$FuMKW8WGgpkYArEI2F.Ya.v.X8c6HBJi5IqQ94rbd1c6hV0psk8nG"
    }

    @Test func `there is one decoy for each profile, from the start`() throws {
        let first = try Fixture()
        try first.store().add(.sample("own@example.org"))
        #expect(first.storage.state.foreignDecoys.isEmpty)
        let salted = "$pbkdf2$1000$ztmbkxJiTKm1di7lPEco5Q$cAn4GJ2H5Q70MhDgd0aY8Uzude0"
        try add([bcrypt(10), bcrypt(11), bcrypt(10), salted, bcrypt(11)], to: first)
        first.storage.close()
        let second = try Fixture(in: first.directory)
        #expect(
            Set(second.storage.state.foreignDecoys.map(\.profile))
                == ["bcrypt,10", "bcrypt,11", "pbkdf2-sha1,1000,20"])
        #expect(second.storage.state.foreignDecoys.count == 3)
        #expect(second.storage.state.maxPasswordIterations == 1_000)
    }

    @Test func `a decoy is no stored hash`() throws {
        let fixture = try Fixture()
        try add([bcrypt(10)], to: fixture)
        let database = try fixture.otherProcess()
        let (one, other) = (try database.foreignDecoys(), try database.foreignDecoys())
        #expect(one.count == 1 && one != other)
    }

    @Test func `a profile that another process added is noticed`() throws {
        let fixture = try Fixture()
        try add([bcrypt(12)], to: try Fixture(in: fixture.directory))
        eventually { fixture.storage.state.foreignDecoys.map(\.profile) == ["bcrypt,12"] }
    }

    @Test func `the profiles are found in the index`() throws {
        let fixture = try Fixture()
        let plan = try fixture.otherProcess().rows(
            "EXPLAIN QUERY PLAN SELECT max(CAST(substr(data, instr(data, X'693D') + 2) AS INTEGER))"
                + " FROM credentials WHERE kind = 'password'"
                + " AND CAST(substr(data, instr(data, X'693D') + 2) AS INTEGER) < 0"
        ) { (row) throws(SQLiteError) in try row.text(3) }
        #expect(plan.contains { $0.contains("passwords_by_cost") }, "\(plan)")
    }
}
