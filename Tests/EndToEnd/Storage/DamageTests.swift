import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    /// Databases whose bytes were changed by something else.
    @Suite(.choosesDatabase) struct DamageTests {
        /// Accounts, and the content of their database as a single file.
        private func stopped() throws -> (home: Home, people: [Person], bytes: [UInt8]) {
            let daemon = try Daemon()
            let people = try (1...30).map { _ in try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            return (
                daemon.home, people, try #require(daemon.home.bytes("data/lunauth.db"))
            )
        }

        /// Starts a server with this file: it serves all accounts, or explains how to restore.
        private func start(_ bytes: [UInt8], for people: [Person], in home: Home) throws -> Bool {
            try Data(bytes).write(to: URL(filePath: "\(home.path)/data/lunauth.db"))
            let daemon: Daemon
            do {
                daemon = try Daemon(in: home)
            } catch let error as HarnessError {
                #expect(error.description.contains("exited(74)"))
                #expect(error.description.contains("lunauth.db"))
                return false
            }
            for person in people {
                #expect(try daemon.client.me(person).json["email"]?.text == person.email)
            }
            #expect(try daemon.stop() == .exited(0))
            return true
        }

        @Test func `a truncated database stops the start with instructions`()
            throws
        {
            let (home, people, bytes) = try stopped()
            for length in [0, 50, 4_096, bytes.count / 2, bytes.count - 4_096, bytes.count - 1] {
                #expect(try !start(Array(bytes.prefix(length)), for: people, in: home))
                let outcome = try home.run("serve")
                #expect(outcome.errors.contains("lunauth restore FILE"), "\(length)")
                #expect(home.bytes("data/lunauth.db")?.count == length, "it is left alone")
            }
            #expect(try start(bytes, for: people, in: home))
        }

        @Test func `with a changed bit the server serves all accounts or does not start`() throws {
            let (home, people, bytes) = try stopped()
            // The structure: the headers of the file and of its pages, and their cells.
            let positions =
                [18, 20, 28, 43, 47, 59, 63, 71, 100, 103, 104, 108, 200, 1_000, 3_000]
                + stride(from: 4_096, to: bytes.count, by: 12_288).flatMap { [$0, $0 + 4, $0 + 9] }
            var refused = 0
            for (index, position) in positions.enumerated() where position < bytes.count {
                var changed = bytes
                changed[position] ^= 1 << UInt8(index % 8)
                if try !start(changed, for: people, in: home) { refused += 1 }
            }
            #expect(refused > positions.count / 2)
        }

        @Test func `damage found at run time is 503 and the log explains how to continue`() throws {
            let (home, people, bytes) = try stopped()
            let daemon = try Daemon(in: home)
            var damaged = bytes
            for position in 4_096..<bytes.count { damaged[position] = 0xA5 }
            let file = open("\(home.path)/data/lunauth.db", O_WRONLY)
            #expect(pwrite(file, damaged, damaged.count, 0) == damaged.count)
            close(file)
            let answer = try daemon.client.logIn(people[0])
            answer.expect(503, "unavailable")
            #expect(answer["Retry-After"] != nil && answer["Set-Cookie"] == nil)
            #expect(try daemon.line(containing: " ERROR fault ").contains("lunauth restore FILE"))
        }
    }
}
