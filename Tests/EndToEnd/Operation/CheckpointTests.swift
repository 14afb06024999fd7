import Glibc
import Testing

extension EndToEnd {
    /// Checkpoints of the record that are sent out of the reach of the server.
    @Suite struct CheckpointTests {
        @Test func `checkpoints are appended to a file, the one of the end as well`() throws {
            let daemon = try Daemon(settings: ["LUNAUTH_AUDIT_CHECKPOINT": "kept"])
            for _ in 1...3 { _ = try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            let signed = try checkpoints(of: daemon.home)
            #expect(signed.count >= 2)
            #expect(daemon.home.read("kept") == signed.map { "\($0)\n" }.joined())
            #expect(daemon.home.mode(of: "kept").map { $0 & 0o777 } == 0o600)
            let verdict = try daemon.home.run("audit", "verify", "--against", "kept")
            #expect(verdict.ending == .exited(0), "\(verdict.errors)")

            // A start repeats what is the last line already in no file.
            let again = try Daemon(
                in: daemon.home, settings: ["LUNAUTH_AUDIT_CHECKPOINT": "kept"])
            #expect(try again.stop() == .exited(0))
            let all = try checkpoints(of: daemon.home)
            #expect(daemon.home.read("kept") == all.map { "\($0)\n" }.joined())
        }

        @Test func `a program gets each checkpoint, and nothing of the server`() throws {
            let home = try Home()
            let program = try home.sendmail(
                """
                cd "\(home.path)"
                cat >>piped
                env >variables
                ls -l "/proc/$$/fd" >descriptors
                """)
            let daemon = try Daemon(
                in: home, settings: ["LUNAUTH_AUDIT_CHECKPOINT": "|\(program)"])
            _ = try daemon.client.signUp()
            #expect(try daemon.stop() == .exited(0))
            let signed = try checkpoints(of: home)
            #expect(home.read("piped") == signed.map { "\($0)\n" }.joined())
            let variables = try #require(home.read("variables"))
            #expect(variables.contains("PATH=") && !variables.contains("LUNAUTH_"))
            let descriptors = try #require(home.read("descriptors"))
            #expect(descriptors.contains("pipe:") && !descriptors.contains("\(home.path)/data"))
        }

        @Test func `a destination that fails stops no request, and gets the last one later`() throws
        {
            let settings = ["LUNAUTH_AUDIT_CHECKPOINT": "later/kept"]
            let daemon = try Daemon(settings: settings)
            let home = daemon.home
            #expect(daemon.log.contains("audit.checkpoint: \(home.path)/later: access: "))
            let check = try home.run("check", settings: settings)
            #expect(check.ending == .exited(0))
            #expect(
                check.errors.contains("warning: audit.checkpoint: \(home.path)/later: access: "))
            _ = try daemon.client.signUp()
            try daemon.line(containing: "audit.checkpoint: not sent: \(home.path)/later/kept: open")
            _ = try daemon.client.signUp()
            try home.write("later/other", "")
            #expect(try daemon.stop() == .exited(0))
            #expect(daemon.log.contains("audit.checkpoint: checkpoints are sent again"))
            let signed = try checkpoints(of: home)
            #expect(home.read("later/kept") == signed.map { "\($0)\n" }.joined())
        }

        @Test func `a program that hangs holds up neither requests nor the end`() throws {
            let home = try Home()
            let program = try home.sendmail("sleep 600")
            let daemon = try Daemon(
                in: home, settings: ["LUNAUTH_AUDIT_CHECKPOINT": "|\(program)"])
            for _ in 1...2 { _ = try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            #expect(
                daemon.log.contains("audit.checkpoint: not sent: \(program) did not end in time"))
            #expect(daemon.log.contains("the last checkpoint was not sent before the end"))
        }

        /// The lines of all checkpoints of a server that has stopped.
        private func checkpoints(of home: Home) throws -> [Substring] {
            try home.run("audit", "export").output.split(separator: "\n")
                .filter { $0.hasPrefix(#"{"checkpoint":"#) }
        }
    }
}
