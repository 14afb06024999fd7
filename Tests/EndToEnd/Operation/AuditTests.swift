import Glibc
import Testing

extension EndToEnd {
    /// The record of what happened: proven by the program, and by an implementation that shares no code.
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

        @Test func `an export is proven by its public key alone`() throws {
            let (daemon, keys) = try exported()
            let own = try daemon.home.run(
                ["audit", "verify", "export"] + keys.flatMap { ["--key", $0] })
            #expect(own.ending == .exited(0), "\(own.errors)")
            let other = try verdict(on: "export", in: daemon.home, keys: keys)
            #expect(other.status == 0, "\(other.text)")
            let wrong = String(repeating: "0", count: 64)
            #expect(try verdict(on: "export", in: daemon.home, keys: [wrong]).status == 1)
            #expect(
                try daemon.home.run("audit", "verify", "export", "--key", wrong).ending
                    == .exited(1))
        }

        /// Python that makes forged `lines` of true ones; `n` is the line of an event in the middle.
        private static let forgeries = [
            "lines.pop(n)", "lines[n], lines[n + 1] = lines[n + 1], lines[n]",
            "lines.insert(n, lines[n])", "lines.pop()",
            #"lines[n] = lines[n].replace('"actor":{"kind":"', '"actor":{"kind":"x')"#,
            #"lines[n] = lines[n].replace('"salt":"', '"salt":"00')"#,
            #"lines[-1] = lines[-1].replace('"signature":"', '"signature":"00')"#,
            #"lines = [line for line in lines if '"checkpoint"' not in line]"#,
        ]

        @Test(arguments: forgeries) func `a forged export is refused by both`(forgery: String)
            throws
        {
            let (daemon, keys) = try exported()
            _ = try Python.run(
                """
                with open(given["path"] + "/export") as file:
                    lines = file.read().splitlines()
                events = [i for i, line in enumerate(lines[:-2]) if '"event"' in line and '"event"' in lines[i + 1]]
                n = events[len(events) // 2]
                \(forgery)
                with open(given["path"] + "/forged", "w") as file:
                    file.write("".join(line + "\\n" for line in lines))
                print("{}")
                """, given: ["path": .string(daemon.home.path)])
            let own = try daemon.home.run(
                ["audit", "verify", "forged"] + keys.flatMap { ["--key", $0] })
            #expect(own.ending == .exited(1), "\(own.output)")
            #expect(own.errors.contains("broken: "))
            #expect(try verdict(on: "forged", in: daemon.home, keys: keys).status == 1)
        }

        @Test(arguments: [
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

        @Test func `a restored backup is intact, and is not what a later checkpoint says`() throws {
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

        /// A server that has stopped, with its whole record in the file `export`, and its public keys.
        private func exported() throws -> (daemon: Daemon, keys: [String]) {
            let (daemon, _) = try Daemon.setUp()
            for _ in 1...5 { _ = try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            let export = try daemon.home.run("audit", "export")
            #expect(export.ending == .exited(0) && export.errors == "")
            try daemon.home.write("export", export.output)
            let keys = try daemon.home.run("audit", "key").output.split(separator: "\n")
            #expect(keys.count == 1)
            return (daemon, keys.map(String.init))
        }

        /// What `examples/audit/verify.py` says.
        private func verdict(
            on name: String, in home: Home, keys: [String]
        ) throws -> (status: Int, text: String) {
            let repository = #filePath.components(before: "/Tests/EndToEnd/")
            let answer = try Python.run(
                """
                import subprocess
                done = subprocess.run(
                    [sys.executable, "-B", given["verifier"], given["file"], *given["keys"]],
                    capture_output=True, text=True)
                print(json.dumps({"status": done.returncode, "text": done.stdout + done.stderr}))
                """,
                given: [
                    "verifier": .string("\(repository)/examples/audit/verify.py"),
                    "file": .string("\(home.path)/\(name)"),
                    "keys": .array(keys.map { .string($0) }),
                ])
            return (Int(answer["status"]?.number ?? -1), answer["text"]?.text ?? "")
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

extension String {
    /// What is before a text.
    fileprivate func components(before text: String) -> Substring {
        var rest = self[...]
        while !rest.isEmpty, !rest.hasSuffix(text) { rest = rest.dropLast() }
        return rest.dropLast(text.count)
    }
}
