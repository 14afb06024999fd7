import Auth
import FoundationEssentials
import Logging
import Mail
import Synchronization
import Testing

@testable import lunauth

/// The daemon's side of the mailer, with the real program.
@Suite final class MailerSupervisorTests {
    private let directory: String
    private let pipe: LogPipe
    private let writer: LogWriter
    private let logger: Logger
    private let end = ShutdownDeadline()
    private let statistics = MailStatistics()
    private let website: Origin

    init() throws {
        pipe = try LogPipe()
        directory = "/tmp/lunauth-keeper-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false)
        website = try #require(Origin("https://example.org"))
        let writer = try LogWriter(to: pipe.input)
        self.writer = writer
        logger = Logger(label: "test") { _ in
            LineHandler(settings: LogSettings(level: .info, format: .text), writer: writer) {
                Timestamp(milliseconds: 0)
            }
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private func supervisor(
        of program: String = "\(Environment.programDirectory)/lunauth-mailer",
        startLimit: Duration = .seconds(20)
    ) -> MailerSupervisor {
        var configuration = Configuration.Mail()
        configuration.transport = .sendmail
        configuration.from = .init(address: "luna@example.org")
        configuration.templates = directory
        configuration.sendmail.path = "/bin/false"
        return MailerSupervisor(
            path: program, configuration: configuration, end: end, logger: logger,
            statistics: statistics, startLimit: startLimit)
    }

    private func template(_ text: String?) throws {
        let path = "\(directory)/reset.txt"
        guard let text else { return try FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private func order(name: String = "Ada") -> MailOrder {
        MailOrder(
            id: "5f1c8f0e-8f0c-4a53-9a3e-0123456789ab", kind: .declined, language: .en,
            site: MailSite(name: "Luna", accent: "#30528c"), recipient: "ada@example.org",
            values: ["name": name], createdAt: 0)
    }

    private var isMailerAlive: Bool { statistics.isMailerAlive.load(ordering: .relaxed) }

    private func lines() -> [String] {
        writer.flush()
        return pipe.read().split(separator: "\n").map(String.init)
    }

    @Test func `a mailer runs until the website changes`() throws {
        let supervisor = supervisor()
        let first = try #require(supervisor.mailer(for: website))
        #expect(supervisor.mailer(for: website) === first)
        let other = try #require(Origin("https://example.com"))
        let second = try #require(supervisor.mailer(for: other))
        #expect(second !== first)
        #expect(lines().isEmpty)
    }

    @Test func `a mail that the mailer cannot take leaves it as it is`() throws {
        let mailer = try #require(supervisor().mailer(for: website))
        #expect(throws: MailerError.tooLong) {
            try mailer.deliver(
                order(name: String(repeating: "x", count: 70_000)), within: .seconds(20))
        }
        #expect(!mailer.hasEnded)
        #expect(try mailer.deliver(order(), within: .seconds(20)).outcome == .deferred)
    }

    @Test func `a mailer is not waited for after the shutdown deadline`() throws {
        let mailer = try #require(supervisor().mailer(for: website))
        end.set(within: .zero)
        #expect(throws: MailerError.silent) {
            try mailer.deliver(order(), within: .seconds(1_000))
        }
    }

    @Test func `a failure of the mailer is logged once, until it changes`() throws {
        let supervisor = supervisor()
        #expect(supervisor.mailer(for: website) != nil)
        try template("Subject: x\n\n{{one}}\n")
        supervisor.lose(.gone)
        for _ in 0..<3 { #expect(supervisor.mailer(for: website) == nil) }
        #expect(!isMailerAlive)
        try template("Subject: x\n\n{{two}}\n")
        for _ in 0..<3 { #expect(supervisor.mailer(for: website) == nil) }
        try template(nil)
        #expect(supervisor.mailer(for: website) != nil)
        #expect(isMailerAlive)
        let said = lines()
        try #require(said.count == 4)
        #expect(said[0].contains("the mailer ended"))
        #expect(said[1].contains("reset.txt:3: there is no value one"))
        #expect(said[2].contains("reset.txt:3: there is no value two"))
        #expect(said[3].contains("the mailer was started again"))
    }

    @Test(arguments: ["/nowhere/lunauth-mailer", "/bin/true", "/bin/cat"])
    func `a program that is no mailer is none`(program: String) {
        let supervisor = supervisor(of: program, startLimit: .milliseconds(200))
        for _ in 0..<3 { #expect(supervisor.mailer(for: website) == nil) }
        #expect(lines().count == 1)
    }
}
