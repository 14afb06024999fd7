import Glibc
import Testing

extension EndToEnd {
    /// The record of what happened, as the database has it.
    @Suite struct AuditTests {
        @Test func `the record of a server is intact, also beside it`() throws {
            let (daemon, _) = try Daemon.setUp()
            for _ in 1...5 { _ = try daemon.client.signUp() }
            let running = try daemon.home.run("audit", "verify")
            #expect(running.ending == .exited(0), "\(running.errors)")
            #expect(try daemon.stop() == .exited(0))
            let stopped = try daemon.home.run("audit", "verify")
            #expect(stopped.ending == .exited(0), "\(stopped.errors)")
            #expect(stopped.output.hasPrefix("intact: "))
            #expect(
                !stopped.output.contains("not linked yet"), "the last events are linked at the end")
        }

        @Test(
            .choosesDatabase,
            arguments: [
                "UPDATE events SET kind = 'user.deleted' WHERE number = 3",
                "UPDATE events SET time = time + 1 WHERE number = 3",
                "DELETE FROM events WHERE number = 3",
                "DELETE FROM events WHERE number >= 3",
                "UPDATE events SET subject = randomblob(16) WHERE number = 3",
                "UPDATE events SET details = randomblob(40) WHERE number = 3",
            ])
        func `a change of the database is found at its place`(statement: String) throws {
            let (daemon, _) = try Daemon.setUp()
            for _ in 1...5 { _ = try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            try change(daemon.home, statement)
            let outcome = try daemon.home.run("audit", "verify")
            #expect(outcome.ending == .exited(1))
            #expect(outcome.errors.contains("broken: event 3"), "\(outcome.errors)")
        }

        @Test func `the chain is intact after each kill`() throws {
            var daemon = try Daemon()
            let home = daemon.home
            for _ in 1...10 {
                let connections = try (0..<4).map { _ in try daemon.client.connection() }
                for connection in connections {
                    for _ in 1...20 {
                        try connection.send(.signUp(Fresh.email(), Fresh.password()))
                    }
                }
                usleep(UInt32.random(in: 0...300_000))
                try daemon.kill()
                let killed = try home.run("audit", "verify")
                #expect(killed.ending == .exited(0), "\(killed.errors)")
                daemon = try Daemon(in: home)
                let restarted = try home.run("audit", "verify")
                #expect(restarted.ending == .exited(0), "\(restarted.errors)")
            }
        }

        @Test func `two processes that write keep one chain`() throws {
            let (daemon, _) = try Daemon.setUp()
            for _ in 1...5 {
                let person = try daemon.client.signUp()
                for words in [["disable"], ["enable"], ["tier"]] {
                    let argument = words == ["tier"] ? ["pro"] : []
                    let outcome = try daemon.home.run(["user"] + words + [person.email] + argument)
                    #expect(outcome.ending == .exited(0), "\(outcome.errors)")
                    _ = try daemon.client.signUp()
                }
            }
            #expect(try daemon.stop() == .exited(0))
            let outcome = try daemon.home.run("audit", "verify")
            #expect(outcome.ending == .exited(0), "\(outcome.errors)")
        }

        @Test(.choosesDatabase)
        func `a restored backup is intact, and is not what a later checkpoint says`() throws {
            let (daemon, _) = try Daemon.setUp()
            #expect(try daemon.home.run("backup", "one.db").ending == .exited(0))
            for _ in 1...3 { _ = try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            let export = try daemon.home.run("audit", "export")
            let last = try #require(export.output.split(separator: "\n").last)
            try daemon.home.write("kept", "\(last)\n")
            let before = try daemon.home.run("audit", "verify", "--against", "kept")
            #expect(before.ending == .exited(0), "\(before.errors)")

            #expect(try daemon.home.run("restore", "one.db").ending == .exited(0))
            let restored = try Daemon(in: daemon.home)
            #expect(try restored.stop() == .exited(0))
            let intact = try daemon.home.run("audit", "verify")
            #expect(intact.ending == .exited(0), "\(intact.errors)")
            let against = try daemon.home.run("audit", "verify", "--against", "kept")
            #expect(against.ending == .exited(1))
            #expect(against.errors.contains("broken: event "), "\(against.errors)")
        }

        private func change(_ home: Home, _ statement: String) throws {
            _ = try Python.run(
                """
                base = sqlite3.connect(given["path"])
                base.execute(given["statement"])
                base.commit()
                print("{}")
                """,
                given: [
                    "path": .string("\(home.path)/data/lunauth.db"),
                    "statement": .string(statement),
                ])
        }
    }
}
