import TestSupport
import Testing

extension EndToEnd {
    /// The secret keys that several daemons on one database share.
    @Suite(
        .choosesDatabase,
        .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
    struct SharedKeysTests {
        private static let digits = ["7c", "8d"].map { String(repeating: $0, count: 31) + "07" }
        private let database: PostgreSQLDatabase

        init() throws {
            database = try PostgreSQLServer.shared().makeDatabase()
            for digits in Self.digits { Secrets.protect(digits) }
        }

        private func home() throws -> Home {
            let home = try Home()
            try home.write("config.json", #"{"database": "\#(database.address)"}"#)
            return home
        }

        private func settings(_ key: Int, former: Int? = nil) -> [String: String?] {
            [
                "LUNAUTH_SECRET_KEY": Self.digits[key],
                "LUNAUTH_FORMER_SECRET_KEY": former.map { Self.digits[$0] },
            ]
        }

        private func daemon(_ key: Int = 0, former: Int? = nil) throws -> Daemon {
            try Daemon(in: home(), settings: settings(key, former: former))
        }

        private func status(of token: String, at daemon: Daemon) throws -> Int {
            try daemon.client.send(.get("/auth/me").bearer(token)).status
        }

        /// Waits until a daemon has learnt that there is an owner.
        private func wait(until daemon: Daemon, knows owner: Person) throws {
            try Waiting.until("a daemon that knows the owner") {
                try status(of: owner.token, at: daemon) == 200
            }
        }

        @Test func `a rotation is noticed by no request at any daemon`() throws {
            let daemons = [try daemon(), try daemon()]
            let owner = try daemons[0].client.setUp(["databaseType": "postgres"])
            let kid = try Token(owner.token).header["kid"]
            try wait(until: daemons[1], knows: owner)
            let rotation = try daemons[0].home.run("secret", "rotate", settings: settings(0))
            #expect(rotation.ending == .exited(0), "\(rotation.errors)")
            var hasChanged = [false, false]
            try Waiting.value(within: 40, of: "a new key at both daemons") {
                for (index, daemon) in daemons.enumerated() {
                    // Another token of the same session.
                    let answer = try daemon.client.send(
                        .post("/auth/refresh").bearer(owner.token))
                    let token = try #require(answer.json["token"]?.text)
                    for other in daemons { #expect(try status(of: token, at: other) == 200) }
                    if try Token(token).header["kid"] != kid { hasChanged[index] = true }
                }
                return hasChanged == [true, true] ? () : nil
            }
            for daemon in daemons { #expect(try status(of: owner.token, at: daemon) == 200) }
            #expect(try daemon().client.logIn(owner).status == 200)
        }

        @Test func `a leaked key is worthless at all daemons`() throws {
            let daemons = [try daemon(), try daemon()]
            let owner = try daemons[0].client.setUp(["databaseType": "postgres"])
            try wait(until: daemons[1], knows: owner)
            let rotation = try daemons[0].home.run(
                "secret", "rotate", "--now", "--yes", settings: settings(0))
            #expect(rotation.ending == .exited(0), "\(rotation.errors)")
            for daemon in daemons {
                try Waiting.until("a token that is refused") {
                    try status(of: owner.token, at: daemon) == 401
                }
                let token = try #require(try daemon.client.logIn(owner).json["token"]?.text)
                for other in daemons { #expect(try status(of: token, at: other) == 200) }
            }
        }

        @Test func `another secret key stops a daemon, unless it has the former one as well`()
            throws
        {
            let first = try daemon()
            let owner = try first.client.setUp(["databaseType": "postgres"])
            for words in [["serve"], ["check"]] {
                let outcome = try home().run(words, settings: settings(1))
                #expect(outcome.ending == .exited(78), "\(words): \(outcome.errors)")
                #expect(outcome.errors.contains("LUNAUTH_FORMER_SECRET_KEY"))
            }
            let second = try daemon(1, former: 0)
            #expect(try status(of: owner.token, at: second) == 200)
            #expect(try first.stop() == .exited(0))
            try second.home.write("former.key", Self.digits[0])
            let taken = try second.home.run(
                "secret", "rotate", "--from", "former.key", settings: settings(1))
            #expect(taken.ending == .exited(0), "\(taken.errors)")
            let third = try daemon(1)
            #expect(try status(of: owner.token, at: third) == 200)
            #expect(try home().run("check", settings: settings(0)).ending == .exited(78))
        }
    }
}
