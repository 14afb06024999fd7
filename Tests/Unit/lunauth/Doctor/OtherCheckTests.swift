import Auth
import Mail
import TestSupport
import Testing

@testable import lunauth

/// The checks `backup.*`, `mail.*` and `setup.*`.
struct OtherCheckTests {
    @Test func `the newest of several backups is looked at`() throws {
        let directory = try TemporaryDirectory()
        try make("\(directory.path)/notes.txt")
        #expect(try BackupFile.all(in: directory.path) == [])
        for name in ["a.db", "b.db"] { try make("\(directory.path)/\(name)") }
        let names = try BackupFile.all(in: directory.path).map(\.path)
        #expect(Set(names) == ["\(directory.path)/a.db", "\(directory.path)/b.db"])
        let times = try BackupFile.all(in: directory.path).map(\.modified)
        #expect(times == times.sorted(by: >))
    }

    @Test func `a backup of more than two nights is a warning`() {
        let file = BackupFile(path: "/b/nightly.db", modified: 1_000_000)
        func severity(hours: Int64) -> Severity {
            BackupRules.age(file, now: 1_000_000 + hours * 3_600).severity
        }
        #expect(severity(hours: 0) == .ok)
        #expect(severity(hours: 50) == .ok)
        #expect(severity(hours: 51) == .warning)
    }

    @Test func `without mail, people who have to confirm addresses are an error`() {
        var settings = Settings()
        #expect(MailRules.settings(Configuration(), nil).severity == .ok)
        #expect(MailRules.settings(Configuration(), settings).severity == .ok)
        settings.requireEmailVerification = true
        #expect(MailRules.settings(Configuration(), settings).severity == .error)
    }

    @Test func `what the mailer could not work with is an error`() throws {
        let settings = [
            "LUNAUTH_MAIL_TRANSPORT": "sendmail", "LUNAUTH_MAIL_FROM": "a@example.com",
            "LUNAUTH_MAIL_SENDMAIL_PATH": "/nonexistent/sendmail",
        ]
        let findings = try Examination.of(environment: settings).findings(of: "mail.settings")
        #expect(findings.map(\.severity) == [.error])
    }

    @Test func `a mail server that was not reached is an error`() {
        let reached = MailReceipt(id: MailReceipt.attempt, outcome: .sent, detail: "NOOP: 250")
        #expect(MailRules.finding(reached, transport: .smtp) == .ok("smtp: NOOP: 250"))
        let refused = MailReceipt(
            id: MailReceipt.attempt, outcome: .deferred, detail: "AUTH: 535 no")
        let found = MailRules.finding(refused, transport: .smtp)
        #expect(found.severity == .error && found.text.contains("AUTH: 535 no"))
        #expect(found.advice?.contains("mail.smtp.*") == true)
    }

    @Test(
        arguments: [
            (.sent, Severity.ok), (.failed("550"), .error), (.noServer(seconds: 45), .error),
            (.noTransport, .error),
        ] as [(TestMail.Outcome, Severity)])
    func `a test mail that did not arrive is an error`(
        outcome: TestMail.Outcome, severity: Severity
    ) {
        #expect(MailRules.finding(outcome, to: "a@example.com").severity == severity)
    }

    @Test func `a setup page that other machines reach is a warning`() {
        func severity(hasOwner: Bool, isReachable: Bool, isRunning: Bool) -> Severity {
            SetupRules.open(hasOwner: hasOwner, isReachable: isReachable, isRunning: isRunning)
                .severity
        }
        #expect(severity(hasOwner: false, isReachable: true, isRunning: true) == .warning)
        #expect(severity(hasOwner: false, isReachable: false, isRunning: true) == .ok)
        #expect(severity(hasOwner: false, isReachable: true, isRunning: false) == .ok)
        #expect(severity(hasOwner: true, isReachable: true, isRunning: true) == .ok)
    }
}
