import Testing

extension EndToEnd {
    /// Output and input of commands.
    @Suite struct OutputTests {
        private static let lists = [
            ["user", "list"], ["invite", "list"], ["apikey", "list"], ["mail", "list"],
        ]

        @Test(arguments: lists)
        func `a list is one JSON array, even when empty`(words: [String]) throws {
            let home = try Home.withDatabase()
            func items() throws -> [JSON] {
                let list = try home.run(words + ["--json"])
                #expect(list.ending == .exited(0))
                let json = try JSON(Array(list.output.utf8))
                #expect(list.output.hasPrefix("["))
                return json.elements
            }
            #expect(try items().count == (words[0] == "user" ? 1 : 0))
            for _ in 1...2 {
                _ = try home.run("invite", "create")
                _ = try home.run("user", "create", Fresh.email(), input: "secret of Hopper\n")
            }
            let expected = ["user": 3, "invite": 2][words[0]] ?? 0
            #expect(try items().count == expected)
            #expect(try items().allSatisfy { $0["id"]?.text?.utf8.count == 36 })
        }

        @Test func `lists of sessions and keys are JSON arrays`() throws {
            let daemon = try Shared.present.daemon
            let person = try daemon.client.signUp()
            let list = try daemon.home.run("session", "list", "--json", person.email)
            let sessions = try JSON(Array(list.output.utf8)).elements
            #expect(sessions.map { $0["device"] } == ["unknown device"])
            let none = try daemon.home.run("apikey", "list", "--json", "--email", person.email)
            #expect(none.output == "[]\n")
        }

        @Test(.choosesDatabase) func `a table on a terminal has headings and columns`() throws {
            let home = try Home.withDatabase()
            let long = "a.long.address.\(Fresh.word())@example.com"
            _ = try home.run("user", "create", long, input: "secret of Hopper\n")
            let output = try Python.run(
                """
                import os, pty, subprocess
                read, write = pty.openpty()
                run = subprocess.run([given["program"], "user", "list"], cwd=given["home"],
                    stdout=write)
                print(json.dumps({"code": run.returncode, "text": os.read(read, 65536).decode()}))
                """,
                given: ["program": .string(Program.path), "home": .string(home.path)])
            #expect(output["code"] == 0)
            let text = Array((output["text"]?.text ?? "").utf8)
            let lines = text.split(separator: UInt8(ascii: "\n"))
                .map { String(decoding: $0, as: UTF8.self) }
            try #require(lines.count == 3)
            #expect(lines[0].hasPrefix("ID   ") && lines[0].contains("  EMAIL  "))
            let head = try #require(lines[0].firstRange(of: "ROLE"))
            let column = lines[0].distance(from: lines[0].startIndex, to: head.lowerBound)
            for line in lines.dropFirst() {
                #expect(line.dropFirst(column).hasPrefix("member  "), "\(line)")
            }
        }

        @Test(
            .choosesDatabase,
            arguments: ["user list", "user list --json", "check", "--help", "manual"])
        func `a reader that closes the pipe early is not an error`(words: String) throws {
            let home = try Home.withDatabase()
            try home.write("script", #"("$@" 2>errors; echo "$?" >code) | true"# + "\n")
            let process = try ChildProcess(
                ["/bin/sh", "script", Program.path]
                    + words.split(separator: " ").map(String.init), in: home.path,
                environment: Program.environment([:]), streams: .init())
            #expect(try process.wait() == .exited(0))
            #expect(home.read("code") == "0\n" && home.read("errors") == "")
        }

        @Test(.choosesDatabase) func `input that is not UTF-8 is rejected and never replaced`()
            throws
        {
            let home = try Home.withDatabase()
            let output = try Python.run(
                #"""
                import os, subprocess
                def run(words, text=b"", variables={}):
                    ended = subprocess.run([given["program"].encode()] + words, cwd=given["home"],
                        input=text, capture_output=True, env={**os.environb, **variables})
                    return {"code": ended.returncode, "errors": ended.stderr.decode()}
                good = b"secret of Hopper\n"
                create = [b"user", b"create"]
                print(json.dumps({
                    "password": run(create + [b"a@example.com"], b"secret of H\xf6pper\n"),
                    "name": run(create + [b"b@example.com", b"--name", b"J\xf6rg"], good),
                    "email": run(create + [b"\xff@example.com"], good),
                    "file": run([b"backup", b"\xff.db"]),
                    "variable": run([b"user", b"list"], b"", {b"LUNAUTH_MAIL_FROM": b"\xff"}),
                    "long": run(create + [b"d@example.com"], b"x" * 1000000 + b"\n"),
                    "mark": run(create + [b"c@example.com"], b"\xef\xbb\xbfsecret of Hopper\r\nx"),
                }))
                """#,
                given: ["program": .string(Program.path), "home": .string(home.path)])
            for name in ["password", "name", "email", "file"] {
                #expect(output[name]?["code"] == 64, "\(name)")
                #expect(output[name]?["errors"]?.text?.contains("UTF-8") == true, "\(name)")
            }
            #expect(output["variable"]?["code"] == 78)
            #expect(output["variable"]?["errors"]?.text?.contains("LUNAUTH_MAIL_FROM") == true)
            #expect(output["long"]?["code"] == 64)
            #expect(output["mark"]?["code"] == 0)
            let list = try home.run("user", "list").output.split(separator: "\n")
            #expect(list.count == 2, "the first and the one behind the mark")
            let daemon = try Daemon(in: home)
            let login = try daemon.client.send(.logIn("c@example.com", "secret of Hopper"))
            #expect(login.status == 200)
        }

        @Test func `a form or query that is not UTF-8 is rejected`() throws {
            let daemon = try Shared.present.daemon
            let form = Call.post(
                "/auth/password/reset", text: "token=x&password=secret+of+H%F6pper",
                type: "application/x-www-form-urlencoded")
            try daemon.client.send(form)
                .expect(400, "invalid_request", fields: ["password"])
            try daemon.client.send(.post("/auth/register?invite=%FF"))
                .expect(400, "invalid_request", fields: ["invite"])
        }

        @Test func `the manual describes every command`() throws {
            let page = try Home().run("manual").output
            #expect(page.hasPrefix(".TH LUNAUTH 1 "))
            for command in Self.lists + [["user", "role"], ["serve"], ["mail", "test"]] {
                #expect(page.contains("\n.SS lunauth \(command.joined(separator: " "))\n"))
            }
            #expect(page.contains("\n.SH EXIT STATUS\n"))
        }
    }
}
