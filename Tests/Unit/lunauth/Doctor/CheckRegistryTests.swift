import Testing

@testable import lunauth

/// The list of checks.
struct CheckRegistryTests {
    @Test func `names are unique, and a family and a subject`() {
        let ids = Check.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.wholeMatch(of: /[a-z]+\.[a-z]+(-[a-z]+)*/) != nil, "\(id)")
        }
    }

    @Test func `the documentation lists every check, in order and in its words`() {
        let rows = Repository.text("docs/doctor.md")
            .matches(of: /(?m)^\| `(?<id>[a-z-]+\.[a-z-]+)` \| (?<words>.+) \|$/)
            .map { "\($0.output.id): \($0.output.words)" }
        #expect(rows == Check.all.map { "\($0.id): \($0.looksAt)" })
    }

    @Test func `on a new server every check finds something, and nothing is wrong by itself`()
        throws
    {
        let examination = try Examination.of()
        // How long a hash takes depends on what else the machine does.
        let checks = Check.all.filter { $0.id != "hashing.time" }
        for result in Doctor.examine(.success(examination), by: checks) {
            #expect(!result.findings.isEmpty, "\(result.check)")
            #expect(result.findings.worst.exitStatus == 0, "\(result)")
        }
    }

    @Test func `what keeps a configuration from being used is found by name, all else skipped`()
        throws
    {
        let error = ConfigurationError(problems: [
            .unknownKey("pasword", file: "config.json", nearest: "password"),
            .wrongValue(
                key: "eventLoops", source: .file("config.json"), found: "-1", expected: "0 to 64"),
            .readableByOthers(key: "mail.smtp.password", file: "config.json", mode: 0o644),
            .givenTwice("LUNAUTH_SECRET_KEY", "LUNAUTH_SECRET_KEY_FILE"),
            .unreadable(file: "config.json", reason: "no"),
        ])
        let results = Doctor.examine(.failure(try Obstacle(error)))
        #expect(results.map(\.check) == Check.all.map(\.id))
        let wrong = results.filter { $0.findings.worst == .error }
        #expect(
            wrong.map(\.check) == [
                "config.file", "config.keys", "config.values", "config.sources", "files.secrets",
            ])
        #expect(wrong[1].findings.first?.text.contains("did you mean \"password\"?") == true)
        #expect(wrong[1].findings.first?.advice?.contains("\"password\"") == true)
        let others = results.filter { $0.findings.worst != .error }
        #expect(others.allSatisfy { $0.findings.map(\.severity) == [.skipped] })
    }

    @Test func `a damaged setup record is a finding, an unknown error is none`() throws {
        let obstacle = try Obstacle(SetupRecordError.damaged(path: "/d/setup.json"))
        #expect(obstacle.results.map(\.check) == ["files.setup-record"])
        #expect(obstacle.results.first?.findings.first?.advice?.contains("lunauth restore") == true)
        #expect(throws: ServerNotFound.self) { try Obstacle(ServerNotFound(places: [])) }
    }
}
