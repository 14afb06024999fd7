import API
import JSON
import Testing

@testable import lunauth

@Suite struct ConfigurationErrorTests {
    private let name = "/etc/lunauth/config.json"

    @Test(arguments: [
        (#"{"lisen":[]}"#, "lisen", "listen"), (#"{"Listen":[]}"#, "Listen", "listen"),
        (#"{"pasword":{"iterations":5}}"#, "pasword", "password"),
        (#"{"http":{"headSecond":5}}"#, "http.headSecond", "http.headSeconds"),
        (#"{"http":{"head":5}}"#, "http.head", nil), (#"{"iterations":5}"#, "iterations", nil),
        (#"{"http.headSeconds":5}"#, "http.headSeconds", nil), (#"{"":1}"#, "", nil),
        (#"{"":{"eventLoops":1}}"#, "", nil),
        (#"{"http":{"":1}}"#, "", nil),
        (#"{"secretKey":"0123"}"#, "secretKey", nil),
    ])
    func `an unknown key is named, with the nearest known one`(
        text: String, key: String, nearest: String?
    ) {
        #expect(problems(file: text) == [.unknownKey(key, file: name, nearest: nearest)])
    }

    @Test(arguments: [
        ("LUNAUTH_PASSWORT_ITERATIONS", "LUNAUTH_PASSWORD_ITERATIONS"),
        ("LUNAUTH_SECRETKEY", "LUNAUTH_SECRET_KEY"), ("LUNAUTH_COOKIE_NAME", nil),
        ("LUNAUTH_", nil), ("LUNAUTH_listen", nil), ("LUNAUTH_LISTE", "LUNAUTH_LISTEN"),
    ])
    func `an unknown variable is named, with the nearest known one`(
        variable: String, nearest: String?
    ) {
        #expect(
            problems(environment: [variable: "1"]) == [.unknownVariable(variable, nearest: nearest)]
        )
    }

    @Test func `variables of other programs and those read elsewhere are ignored`() {
        let environment = [
            "PATH": "/bin", "LUNA": "1", "XLUNAUTH_A": "1", "LUNAUTH_SECRET_KEY": "x",
            "LUNAUTH_SETUP_CODE": "y",
        ]
        #expect(problems(environment: environment) == [])
    }

    @Test(arguments: [
        ("", JSONError.Reason.syntax, TextPosition(line: 1, column: 1)),
        ("{", .syntax, TextPosition(line: 1, column: 2)),
        ("{\n  \"eventLoops\": 1,\n}", .syntax, TextPosition(line: 3, column: 1)),
        ("{\"eventLoops\":1 // one\n}", .syntax, TextPosition(line: 1, column: 17)),
        (
            "{\"eventLoops\":1,\n \"eventLoops\":2}",
            .repeatedMember("eventLoops"), TextPosition(line: 2, column: 2)
        ),
        (
            #"{"http":{"idleSeconds":1,"idleSeconds":1}}"#,
            .repeatedMember("idleSeconds"), TextPosition(line: 1, column: 26)
        ),
        (
            String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
            .tooDeep, TextPosition(line: 1, column: 33)
        ),
    ])
    func `a file that is not strict JSON is refused with line and column`(
        text: String, reason: JSONError.Reason, position: TextPosition
    ) {
        #expect(problems(file: text) == [.notJSON(file: name, reason, at: position)])
    }

    @Test func `the message has the position of invalid JSON, and the name of a repeated key`() {
        func message(_ text: String) -> String {
            ConfigurationError(problems: problems(file: text)).description
        }
        #expect(message("{\n\"log\": {},\n}").contains("not JSON"))
        #expect(message("{\n\"log\": {},\n}").hasSuffix("(line 3, column 1)"))
        #expect(
            message("{\n\"log\": {},\n \"log\": {}}")
                .hasSuffix("the key \"log\" is there twice (line 3, column 2)"))
    }

    @Test(arguments: [
        ("[]", "", "[]"), ("null", "", "null"), (#"{"http":5}"#, "http", "5"),
        (#"{"log":"info"}"#, "log", "\"info\""),
    ])
    func `a value that should be an object is named`(text: String, key: String, found: String) {
        #expect(
            problems(file: text) == [
                .wrongValue(key: key, source: .file(name), found: found, expected: "an object")
            ])
    }

    @Test func `an error reads as one line for each problem`() throws {
        let error = ConfigurationError(problems: [
            .wrongValue(
                key: "eventLoops", source: .environment("LUNAUTH_EVENTLOOPS"), found: "65",
                expected: "an integer from 0 to 64"),
            .unknownKey("lisen", file: "config.json", nearest: "listen"),
            .unknownVariable("LUNAUTH_A", nearest: nil),
            .notJSON(
                file: "config.json", .repeatedMember("a\n"), at: TextPosition(line: 2, column: 3)),
            .unreadable(file: "a.json", reason: "No such file or directory"),
        ])
        #expect(
            error.description == """
                eventLoops (environment LUNAUTH_EVENTLOOPS): found 65, expected an integer from 0 to 64
                "lisen" (config.json): there is no such key; did you mean "listen"?
                LUNAUTH_A: there is no such variable
                config.json: the key "a\\n" is there twice (line 2, column 3)
                a.json: No such file or directory
                """)
    }

    @Test func `names and values cannot forge a line`() {
        let found = problems(
            file: #"{"a\nb\u001b[2J":1,"eventLoops":"\u001b[2J\n\u2028"}"#,
            environment: ["LUNAUTH_A\nB": "1"])
        #expect(found.count == 3)
        let text = ConfigurationError(problems: found).description
        #expect(text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) == 2)
        #expect(!text.utf8.contains(0x1B))
        #expect(!text.unicodeScalars.contains("\u{2028}"))
    }

    @Test func `secrets are never in an error`() {
        let secret = "hunter2hunter2"
        let text = """
            {"secretKey": "\(secret)", "database": "postgres://luna:\(secret)@db/luna",
             "websiteUrl": "https://luna:\(secret)@example.org", "unknown": {"a": "\(secret)"}}
            """
        let found = problems(
            file: text,
            environment: [
                "LUNAUTH_SECRET_KEY": secret, "LUNAUTH_SETUP_CODE": secret,
                "LUNAUTH_SECRETKEY": secret, "LUNAUTH_PASSWORD": secret,
                "LUNAUTH_DATABASE": "mysql://luna:\(secret)@db",
            ])
        #expect(found.count == 7)
        #expect(!ConfigurationError(problems: found).description.contains(secret))
        #expect(!"\(found)".contains(secret))
    }

    @Test func `a long value is cut`() {
        let value = JSONValue.string(String(repeating: "a", count: 500))
        #expect(ConfigurationError.shown(value).count == 81)
    }
}
