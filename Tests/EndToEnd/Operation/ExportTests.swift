import Testing

extension EndToEnd {
    /// Exports of the record, proven with public keys alone.
    @Suite struct ExportTests {
        @Test func `an export is proven by its public key alone`() throws {
            let (home, keys) = try exported()
            let verdicts = try ExportVerdicts(on: "export", in: home, keys: keys)
            #expect(verdicts.areIntact, "\(verdicts)")
            let wrong = String(repeating: "0", count: 64)
            let refused = try ExportVerdicts(on: "export", in: home, keys: [wrong])
            #expect(refused.areBroken, "\(refused)")
        }

        /// Python that makes forged `lines` of true ones; `n` is the line of an event in the middle.
        private static let forgeries = [
            "lines.pop(n)", "lines[n], lines[n + 1] = lines[n + 1], lines[n]",
            "lines.insert(n, lines[n])", "lines.pop()", "lines[-1] = lines[-1][:-40]",
            "lines.clear()",
            #"lines[n] = lines[n].replace('"actor":{"kind":"', '"actor":{"kind":"x')"#,
            #"lines[n] = lines[n].replace('"salt":"', '"salt":"00')"#,
            #"lines[-1] = lines[-1].replace('"signature":"', '"signature":"00')"#,
            #"lines = [line for line in lines if '"checkpoint"' not in line]"#,
        ]

        @Test(arguments: forgeries) func `a forged export is refused by both`(forgery: String)
            throws
        {
            let (home, keys) = try exported()
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
                """, given: ["path": .string(home.path)])
            let verdicts = try ExportVerdicts(on: "forged", in: home, keys: keys)
            #expect(verdicts.areBroken, "\(verdicts)")
        }

        @Test func `new keys follow from the former ones, and each proves the whole export`() throws
        {
            let (home, old) = try exported()
            let rotated = try home.run("secret", "rotate", "--now", "--yes")
            #expect(rotated.ending == .exited(0), "\(rotated.errors)")
            let new = try export(home)
            #expect(new != old)
            let text = try #require(home.read("export"))
            #expect(text.contains(#"\nreason rotation\n"#))
            for keys in [old, new] {
                let verdicts = try ExportVerdicts(on: "export", in: home, keys: keys)
                #expect(verdicts.areIntact, "\(verdicts)")
            }
            // Without the checkpoint that names the new key, any key could have come next.
            let lines = text.split(separator: "\n").filter { !$0.contains(#"\nreason rotation\n"#) }
            try home.write("forged", lines.map { "\($0)\n" }.joined())
            let verdicts = try ExportVerdicts(on: "forged", in: home, keys: old)
            #expect(verdicts.areBroken, "\(verdicts)")
        }

        /// Python that makes another export of a long one, whose first thousand events are purged and which two
        /// keys signed, `one` and then `two`; `at` finds the line of a checkpoint by its reason.
        private static let exports = [
            ("", true), ("lines = lines[:at('rotation') + 1]", true),
            ("lines.pop(0)", false), ("lines.pop(1)", false), ("lines.pop(at('rotation'))", false),
            ("lines.pop(at('events', 1))", false), ("lines.pop(at('purge'))", false),
            ("lines.pop(500)", false),
            ("lines = lines[:-1]", false),
            ("lines[600], lines[601] = lines[601], lines[600]", false),
            // Signed by a thief from the rotation on, by one all the time, and by one who names a trusted key.
            ("n = at('rotation'); lines[n:] = record(thief, thief)[n:]", false),
            ("lines = record(thief, thief)", false),
            ("lines = record(thief, one)[:at('rotation') + 1]", false),
        ]

        @Test(arguments: exports)
        func `an export may begin after a purge, and its keys only follow from each other`(
            change: String, isIntact: Bool
        ) throws {
            let home = try Home()
            let answer = try Python.run(
                Self.generator + """

                    lines = record(one, two)
                    def at(reason, index=0):
                        return [n for n, text in enumerate(lines) if "\\\\nreason " + reason in text][index]
                    \(change)
                    with open(given["path"] + "/export", "w") as file:
                        file.write("".join(line + "\\n" for line in lines))
                    print(json.dumps({"key": public(one)}))
                    """,
                given: [
                    "path": .string(home.path), "directory": .string(ExportVerdicts.directory),
                ])
            let key = try #require(answer["key"]?.text)
            let verdicts = try ExportVerdicts(on: "export", in: home, keys: [key])
            #expect(isIntact ? verdicts.areIntact : verdicts.areBroken, "\(verdicts)")
        }

        /// Makes records of 2,300 events, of which those up to 1,000 are deleted; two of three are erased.
        private static let generator = """
            import hashlib, uuid
            sys.dont_write_bytecode = True
            sys.path.insert(0, given["directory"])
            import verify
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

            one, two, thief = (Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n in (1, 2, 3))
            signed = {1: "first", 1000: "events", 2000: "events", 2050: "purge", 2100: "rotation", 2300: "shutdown"}

            def public(key):
                return key.public_key().public_bytes_raw().hex()

            def data(values, members, is_erased):
                commitment = hashlib.sha256(b"\\1" + bytes(16) + verify.fields(values)).hexdigest()
                return {"commitment": commitment} | ({} if is_erased else {"salt": "00" * 16} | members)

            def event(number):
                return {
                    "number": number, "id": str(uuid.UUID(int=number)), "kind": "session.created",
                    "time": "2026-01-31T09:05:%02d.%03dZ" % divmod(number, 1000),
                    "actor": {"kind": "server", "account": None, "key": None, "user": None},
                    "subject": str(uuid.UUID(int=1)), "object": None,
                    "client": data([None, "a"], {"address": None, "userAgent": "a"}, number % 3),
                    "details": data(["methods", None, "key"], {
                        "changes": [{"name": "methods", "from": None, "to": "key"}]}, number % 3)}

            def checkpoint(number, link, key, successor, before):
                text = f"lunauth checkpoint 1\\norigin {uuid.UUID(int=0)}\\nnumber {number}\\nlink {link.hex()}\\n"
                text += f"time 2026-01-31T10:00:00.000Z\\nreason {signed[number]}\\n"
                text += f"first {1001 if number >= 2050 else 1}\\n"
                if before:
                    text += f"previous {hashlib.sha256(before.encode()).hexdigest()}\\n"
                if signed[number] == "rotation":
                    text += f"successor {public(successor)}\\n"
                return {"checkpoint": text, "key": public(key), "signature": key.sign(text.encode()).hex()}

            def record(key, successor):
                entries, link, before = [], bytes(32), None
                for number in range(1, 2301):
                    content = event(number)
                    link = hashlib.sha256(
                        b"lunauth link 1\\n" + number.to_bytes(8, "big") + link + verify.digest(content)).digest()
                    entries.append({"event": content | {"link": link.hex()}})
                    if number in signed:
                        signer = key if number <= 2100 else successor
                        entries.append(checkpoint(number, link, signer, successor, before))
                        before = entries[-1]["checkpoint"]
                return [json.dumps(entry, separators=(",", ":")) for entry in entries[1001:]]
            """

        /// A server that has stopped, with its whole record in the file `export`, and its public keys.
        private func exported() throws -> (home: Home, keys: [String]) {
            let home = try Home()
            return (home, try export(home))
        }

        /// Starts and stops a server that records events, and writes its whole record to the file `export`.
        ///
        /// - Returns: Its public keys.
        private func export(_ home: Home) throws -> [String] {
            let daemon = try Daemon(in: home)
            for _ in 1...6 { _ = try daemon.client.signUp() }
            #expect(try daemon.stop() == .exited(0))
            let export = try home.run("audit", "export")
            #expect(export.ending == .exited(0) && export.errors == "")
            try home.write("export", export.output)
            let keys = try home.run("audit", "key").output.split(separator: "\n")
            #expect(keys.count == 1)
            return keys.map(String.init)
        }
    }
}
