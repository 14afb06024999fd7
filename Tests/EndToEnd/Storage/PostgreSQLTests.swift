import TestSupport
import Testing

extension EndToEnd {
    /// A server whose accounts are in a PostgreSQL database.
    @Suite(
        .choosesDatabase,
        .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
    struct PostgreSQLTests {
        private let database: PostgreSQLDatabase
        private let home: Home

        init() throws {
            database = try PostgreSQLServer.shared().makeDatabase()
            home = try Home()
            try home.write("config.json", #"{"database": "\#(database.address)"}"#)
        }

        @Test func `what setup decides is in the database, and survives a restart`() throws {
            let daemon = try Daemon(in: home)
            let owner = try daemon.client.setUp([
                "databaseType": "postgres", "databaseName": "other",
                "websiteUrl": "http://127.0.0.1:9999",
            ])
            #expect(try daemon.stop() == .exited(0))
            #expect(!home.has("data/setup.json"))
            #expect(try !home.names("data").contains { $0.hasSuffix(".db") })
            let restarted = try Daemon(in: home)
            _ = try restarted.client.logIn(owner)
            let settings = try home.run("config", "get").output.split(separator: "\n")
            #expect(settings.contains("websiteUrl = http://127.0.0.1:9999 (database)"))
        }

        @Test func `another kind of database than the configured one is refused`() throws {
            let daemon = try Daemon(in: home)
            let answer = try daemon.client.send(
                .post(
                    "/auth/setup",
                    [
                        "username": "admin", "email": "owner@example.org",
                        "password": .string(Fresh.password()), "databaseType": "sqlite",
                    ]))
            answer.expect(400, "invalid_request", fields: ["databaseType"])
            #expect(answer.json["fields"]?["databaseType"]?.text?.contains("postgres") == true)
        }

        @Test func `a check tells what is reached, and writes nothing`() throws {
            let check = try home.run("check")
            #expect(check.ending == .exited(0))
            #expect(check.output.contains("the database is reached: PostgreSQL "))
            #expect(check.output.contains("it lacks 1 migration"))
            #expect(
                try database.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
                    == "0")
            #expect(try Daemon(in: home).stop() == .exited(0))
            #expect(try !home.run("check").output.contains("it lacks"))
        }

        @Test
        func `a database that is not reached ends a start with 69, and a check after its report`()
            throws
        {
            let address = database.address.replacing("host=/", with: "host=/not-there")
            try home.write("config.json", #"{"database": "\#(address)"}"#)
            let start = try home.run("serve")
            #expect(start.ending == .exited(69))
            #expect(start.errors.hasPrefix("lunauth: \(database.name) at /not-there"))
            let check = try home.run("check")
            #expect(check.ending == .exited(69))
            #expect(check.output.contains("database = \(address) (config.json)"))
        }
    }
}
