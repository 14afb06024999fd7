import Auth
import System
import TestSupport
import Testing

@testable import lunauth

/// The checks `keys.*`, and the key of a backup.
struct KeyCheckTests {
    private static let random = "5f1c8f0e8f0c4a539a3e0d4f6a7b8c9d5f1c8f0e8f0c4a539a3e0d4f6a7b8c90"

    private func examination(key: String, mode: UInt32 = 0o600) throws -> (
        TemporaryDirectory, Examination
    ) {
        let directory = try TemporaryDirectory()
        try make("\(directory.path)/secret.key", key + "\n", mode: mode)
        return (directory, try .of(directory.path))
    }

    @Test(
        arguments: [
            (random, 0o600, Severity.ok), (String(repeating: "0", count: 64), 0o600, .error),
            ("too short", 0o600, .error), (random, 0o644, .error),
        ] as [(String, UInt32, Severity)])
    func `a key that is zeros, malformed or readable is an error`(
        key: String, mode: UInt32, severity: Severity
    ) throws {
        let (directory, examination) = try examination(key: key, mode: mode)
        let findings = try examination.findings(of: "keys.secret")
        #expect(findings.map(\.severity) == [severity])
        #expect(findings.allSatisfy { !$0.text.contains(key) })
        withExtendedLifetime(directory) {}
    }

    @Test func `a key of more than two years is a warning`() {
        let day: Int64 = 86_400
        let made: Int64 = 1_700_000_000
        func severity(days: Int64) -> Severity {
            KeyRules.age(
                made: made, now: Timestamp(milliseconds: (made + days * day) * 1_000)
            ).severity
        }
        #expect(severity(days: 0) == .ok)
        #expect(severity(days: -3) == .ok)
        #expect(severity(days: 730) == .ok)
        #expect(severity(days: 731) == .warning)
        #expect(KeyRules.age(made: nil, now: Examination.time).severity == .skipped)
    }

    @Test func `the age of a key that is handed over is not known`() throws {
        let examination = try Examination.of(environment: ["LUNAUTH_SECRET_KEY": Self.random])
        #expect(try examination.findings(of: "keys.age").map(\.severity) == [.skipped])
    }

    @Test func `a key that does not open second factors is an error`() throws {
        let (directory, examination) = try examination(key: Self.random)
        #expect(KeyRules.fit(examination.keys, nil).severity == .ok)
        let found = KeyRules.fit(examination.keys, [UInt8](repeating: 1, count: 80))
        #expect(found.severity == .error)
        #expect(!found.text.contains(Self.random))
        withExtendedLifetime(directory) {}
    }
}
