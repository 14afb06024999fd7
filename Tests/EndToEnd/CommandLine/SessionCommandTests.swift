import Testing

extension EndToEnd {
    /// Sessions on the command line, with and without a running server.
    @Suite struct SessionCommandTests {
        private func rows(_ person: Person, in home: Home) throws -> [[String]] {
            let list = try home.run("session", "list", person.email)
            #expect(list.ending == .exited(0))
            return list.output.split(separator: "\n").map { line in
                line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            }
        }

        @Test func `a session revoked on the command line ends within a moment`() throws {
            let daemon = try Shared.present.daemon
            let client = daemon.client
            let account = try client.signUp()
            let phone = try client.logIn(account, with: UserAgents.safari, from: "198.51.100.7")
            for person in [account, phone] { #expect(try client.me(person).status == 200) }

            let rows = try rows(account, in: daemon.home)
            #expect(rows.count == 2 && rows.allSatisfy { $0.count == 7 })
            #expect(Array(rows[0][1...2]) == ["Safari on iPhone", "198.51.100.7"])
            #expect(rows[0][6] == UserAgents.safari)
            #expect(Array(rows[1][1...2]) == ["unknown device", "127.0.0.1"])
            #expect(rows[1][6] == "-")
            let ids = try client.sessions(account).map { $0["id"]?.text }
            #expect(rows.map { $0[0] } == ids)

            #expect(
                try daemon.home.run("session", "revoke", rows[0][0]).output
                    == "ended \(rows[0][0])\n")
            try Waiting.until("the end of the session") { try client.me(phone).status == 401 }
            #expect(try client.me(account).status == 200)
            let again = try daemon.home.run("session", "revoke", rows[0][0])
            #expect(again.ending == .exited(1) && again.errors.contains("no active session"))
        }

        @Test func `all sessions of an account are revoked and no others`() throws {
            let daemon = try Shared.present.daemon
            let (person, other) = (try daemon.client.signUp(), try daemon.client.signUp())
            #expect(try daemon.client.logIn(person).status == 200)
            for each in [person, other] { #expect(try daemon.client.me(each).status == 200) }
            let outcome = try daemon.home.run(
                "session", "revoke", "--all", person.email.uppercased())
            #expect(outcome.output == "ended 2\n")
            try Waiting.until("the end of the sessions") {
                try daemon.client.me(person).status == 401
            }
            #expect(try daemon.client.me(other).status == 200)
            #expect(try rows(person, in: daemon.home).isEmpty)
            #expect(try daemon.client.logIn(person).status == 200)
        }

        private static let failing: [(words: [String], code: Int32, says: String)] = [
            (["session", "list", "nobody@example.com"], 1, "no account has this email"),
            (["session", "list"], 64, "Usage"),
            (["session", "revoke"], 64, "--all"),
            (["session", "revoke", "x"], 64, "id of a session"),
            (
                ["session", "revoke", "00000000-0000-4000-8000-000000000000"], 1,
                "no active session"
            ),
            (["session", "revoke", "--all", "nobody@example.com"], 1, "no account has this email"),
            (
                [
                    "session", "revoke", "00000000-0000-4000-8000-000000000000", "--all",
                    "a@example.com",
                ], 64, "--all"
            ),
        ]

        @Test(arguments: failing)
        func `a failed command explains itself`(
            words: [String], code: Int32, says: String
        ) throws {
            let outcome = try Home.withDatabase().run(words)
            #expect(outcome.ending == .exited(code))
            #expect(outcome.errors.contains(says))
            #expect(outcome.output == "")
        }
    }
}
