import Glibc
import Testing

@testable import lunauth

/// A directory that is gone with the test.
private final class Directory {
    let path: String
    private var names: [String] = []

    init() throws {
        var template = Array("/tmp/lunauth-secrets-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(
            decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws {
        names.append(name)
        let file = try #require(fopen("\(path)/\(name)", "w"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        try #require(chmod("\(path)/\(name)", mode) == 0)
    }

    func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws {
        try write(name, Array(text.utf8), mode: mode)
    }

    func makeFIFO(_ name: String) throws {
        names.append(name)
        try #require(mkfifo("\(path)/\(name)", 0o600) == 0)
    }
}

struct SecretInputTests {
    private let password = SecretInput(variable: "LUNAUTH_MAIL_SMTP_PASSWORD")

    private func layered(
        _ environment: [String: String], in directory: String = "/srv"
    ) throws(ConfigurationError) -> LayeredConfiguration {
        try LayeredConfiguration(
            file: nil, environment: environment, workingDirectory: directory)
    }

    private func problems(_ environment: [String: String]) -> String {
        do {
            _ = try layered(environment)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `each secret has a variable, a variable for a file, and a credential`() {
        let names = SecretInput.all.map { [$0.variable, $0.fileVariable, $0.credential] }
        #expect(
            names == [
                ["LUNAUTH_SECRET_KEY", "LUNAUTH_SECRET_KEY_FILE", "lunauth.secret-key"],
                [
                    "LUNAUTH_FORMER_SECRET_KEY", "LUNAUTH_FORMER_SECRET_KEY_FILE",
                    "lunauth.former-secret-key",
                ],
                ["LUNAUTH_SETUP_CODE", "LUNAUTH_SETUP_CODE_FILE", "lunauth.setup-code"],
                [
                    "LUNAUTH_DATABASE_PASSWORD", "LUNAUTH_DATABASE_PASSWORD_FILE",
                    "lunauth.database-password",
                ],
                [
                    "LUNAUTH_MAIL_SMTP_PASSWORD", "LUNAUTH_MAIL_SMTP_PASSWORD_FILE",
                    "lunauth.mail-smtp-password",
                ],
                [
                    "LUNAUTH_MAIL_RESEND_APIKEY", "LUNAUTH_MAIL_RESEND_APIKEY_FILE",
                    "lunauth.mail-resend-apikey",
                ],
            ])
        #expect(Set(SecretInput.all.map(\.variable)).count == SecretInput.all.count)
    }

    @Test(arguments: ["hidden", "hidden\n", "hidden\r\n", "  hid den  ", "pässword\n"])
    func `a file and a credential contain a secret, with or without a line break`(
        text: String
    ) throws {
        let secret = text.filter { !$0.isNewline }
        let directory = try Directory()
        for input in SecretInput.all {
            try directory.write("secret", text)
            try directory.write(input.credential, text)
            let file = [input.fileVariable: "\(directory.path)/secret"]
            let credential = ["CREDENTIALS_DIRECTORY": directory.path]
            for environment in [file, credential] {
                let secrets = try layered(environment).secrets
                #expect(secrets[input]?.text == secret)
                #expect(secrets.warnings.isEmpty)
            }
            unlink("\(directory.path)/\(input.credential)")
        }
        try directory.write(password.credential, text)
        let values = try layered(["CREDENTIALS_DIRECTORY": directory.path])
        #expect(try values.checked().mail.smtp.password == secret)
        #expect(
            values.report().contains(
                "mail.smtp.password = (not shown) (credential lunauth.mail-smtp-password)"))
    }

    @Test func `a relative name is relative like every other path`() throws {
        let directory = try Directory()
        try directory.write("secret", "hidden")
        let environment = [password.fileVariable: "secret"]
        let read = try layered(environment, in: directory.path)
        #expect(try read.checked().mail.smtp.password == "hidden")
    }

    @Test func `a variable wins over a credential, and both over the file`() throws {
        let directory = try Directory()
        try directory.write(password.credential, "of a credential")
        try directory.write("secret", "of a file")
        let credential = ["CREDENTIALS_DIRECTORY": directory.path]
        let configuration = ConfigurationFile(
            name: "/etc/config.json", workingDirectory: "/srv",
            bytes: Array(#"{"mail":{"smtp":{"password":"of the configuration"}}}"#.utf8))
        for (variables, expected) in [
            ([:], "of a credential"), ([password.variable: "of a variable"], "of a variable"),
            ([password.fileVariable: "\(directory.path)/secret"], "of a file"),
        ] {
            let read = try LayeredConfiguration(
                file: configuration, environment: credential.merging(variables) { $1 },
                workingDirectory: "/srv")
            #expect(try read.checked().mail.smtp.password == expected)
        }
    }

    @Test func `an unusable secret is named and stops the start`() throws {
        let directory = try Directory()
        try directory.write("two", "a\nb\n")
        try directory.write("empty", "\n")
        try directory.write("bytes", [0xFF, 0xFE])
        try directory.write("large", [UInt8](repeating: 0x61, count: 4_097))
        try directory.makeFIFO("fifo")
        for (name, reason) in [
            ("two", "expected one line of UTF-8, not empty"),
            ("empty", "expected one line of UTF-8, not empty"),
            ("bytes", "expected one line of UTF-8, not empty"),
            ("large", "larger than 4096 bytes"), ("fifo", "not a regular file"),
            ("missing", "No such file or directory"),
        ] {
            let path = "\(directory.path)/\(name)"
            for input in SecretInput.all {
                let text = problems([input.fileVariable: path])
                #expect(text == "\(input.fileVariable) \(path): \(reason)")
            }
        }
        #expect(problems([password.fileVariable: ""]).contains("No such file or directory"))
        for input in SecretInput.all {
            #expect(
                problems([input.variable: "hidden", input.fileVariable: "/tmp/x"])
                    == "\(input.variable): found \(input.fileVariable) beside it, expected one of the two"
            )
        }
        #expect(
            problems(["LUNAUTH_LISTEN_FILE": "x"]).contains("there is no such variable"))
        #expect(
            problems(["LUNAUTH_SECRET_KEY_FIL": "x"]).contains(
                "did you mean LUNAUTH_SECRET_KEY_FILE"))
    }

    @Test func `who may read the file of a secret is warned about`() throws {
        let directory = try Directory()
        try directory.write("secret", "hidden", mode: 0o644)
        let path = "\(directory.path)/secret"
        let warnings = try layered([password.fileVariable: path]).warnings
        #expect(
            warnings == [
                "LUNAUTH_MAIL_SMTP_PASSWORD_FILE \(path) can be read by everybody on this machine "
                    + "(mode 0644): give it mode 0600"
            ])
        try directory.write("secret", "hidden", mode: 0o440)
        #expect(try layered([password.fileVariable: path]).warnings.isEmpty)
    }

    @Test func `a short setup code and proxies that are everybody are warned about`() throws {
        let code = "LUNAUTH_SETUP_CODE"
        for (value, isWarned) in [("a", true), ("123456789012345", true), ("", false)] {
            let warnings = try layered([code: value]).warnings
            #expect(warnings.contains { $0.hasPrefix(code) } == isWarned)
            #expect(!warnings.joined().contains("123456789012345"))
        }
        #expect(try layered([code: "1234567890123456"]).warnings.isEmpty)

        let proxies = "LUNAUTH_TRUSTEDPROXIES"
        for everybody in ["0.0.0.0/0", "::/0", "0.0.0.0/1,128.0.0.0/1", "2000::/3", "10.0.0.0/7"] {
            let warnings = try layered([proxies: everybody]).warnings
            #expect(warnings.count == 1)
            #expect(warnings.first?.hasPrefix("trustedProxies has ") == true)
        }
        #expect(try layered([proxies: "10.0.0.0/8,fc00::/7,192.0.2.1"]).warnings.isEmpty)
    }
}
