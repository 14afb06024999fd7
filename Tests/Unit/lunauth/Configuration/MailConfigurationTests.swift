import Auth
import Mail
import Testing

@testable import lunauth

extension ConfigurationKeyTests {
    static let mailAccepted: [KeyCase] = [
        .init("mail.transport", text: "none"), .init("mail.from", text: ""),
        .init("mail.from", text: "noreply@example.org"),
        .init("mail.from", text: "Ada, Countess <ada@example.org>"),
        .init("mail.replyTo", text: "Zoë <zoe@example.org>"),
        .init("mail.templates", text: "/etc/lunauth/templates"),
        .init("mail.smtp.host", text: "mail.example.org"), .init("mail.smtp.host", text: "::1"),
        .init("mail.smtp.security", text: "tls"), .init("mail.smtp.security", text: "none"),
        .init("mail.smtp.username", text: "lunauth"), .init("mail.smtp.password", text: "p w"),
        .init("mail.smtp.caFile", text: "/etc/ca.pem"),
        .init("mail.resend.url", text: "https://localhost:8443/emails"),
        .init("mail.resend.apiKey", text: "re_123"),
        .init("mail.resend.caFile", text: "/etc/ca.pem"),
        .init("mail.sendmail.path", text: "/usr/bin/msmtp"),
    ]

    static let mailRefused: [KeyCase] = [
        .init("mail.transport", text: "SMTP"), .init("mail.from", text: "nobody"),
        .init("mail.from", text: "Ada <ada@example.org> x"), .init("mail.from", text: "Ada <ada>"),
        .init("mail.from", #""A\r\nBcc: x <a@b.org>""#, "A\r\nBcc: x <a@b.org>"),
        .init("mail.replyTo", text: "@"), .init("mail.smtp.host", text: "a b"),
        .init("mail.smtp.host", text: "mail.example.org/x"),
        .init("mail.smtp.security", text: "ssl"),
        .init("mail.smtp.username", #""a\nb""#, "a\nb"),
        .init("mail.smtp.password", #""a\nb""#, "a\nb"),
        .init("mail.templates", #""a\u0000""#, "a\u{0}"),
        .init("mail.resend.url", text: "http://api.resend.com/emails"),
        .init("mail.resend.url", text: "https://user@api.resend.com/emails"),
        .init("mail.sendmail.path", text: "sendmail"),
    ]
}

@Suite struct MailConfigurationTests {
    @Test(
        arguments: [
            (["TRANSPORT": "smtp"], ["mail.from", "mail.smtp.host"]),
            (["TRANSPORT": "smtp", "FROM": "a@b.org"], ["mail.smtp.host"]),
            (
                [
                    "TRANSPORT": "smtp", "FROM": "a@b.org", "SMTP_HOST": "b.org",
                    "SMTP_PASSWORD": "p",
                ],
                ["mail.smtp.username"]
            ),
            (
                [
                    "TRANSPORT": "smtp", "FROM": "a@b.org", "SMTP_HOST": "b.org",
                    "SMTP_USERNAME": "u",
                ],
                ["mail.smtp.password"]
            ),
            (["TRANSPORT": "resend", "FROM": "a@b.org"], ["mail.resend.apiKey"]),
            (["TRANSPORT": "sendmail"], ["mail.from"]),
            (["TRANSPORT": "sendmail", "FROM": "a@b.org"], []),
            (["SMTP_PASSWORD": "p"], []),
        ] as [([String: String], [String])])
    func `keys that a transport needs are required`(variables: [String: String], missing: [String])
    {
        let environment = Dictionary(
            uniqueKeysWithValues: variables.map { ("LUNAUTH_MAIL_\($0)", $1) })
        let transport = variables["TRANSPORT"] ?? "none"
        #expect(
            problems(environment: environment)
                == missing.map { .missing(key: $0, because: "mail.transport is \(transport)") })
    }

    @Test func `a command needs no secret that systemd gives to the service alone`() throws {
        let read = try layered(environment: [
            "LUNAUTH_MAIL_TRANSPORT": "resend", "LUNAUTH_MAIL_FROM": "a@b.org",
        ])
        #expect(throws: ConfigurationError.self) { try read.checked() }
        #expect(try read.checked(sendsMail: false).mail.transport == .resend)
        let incomplete = try layered(environment: ["LUNAUTH_MAIL_TRANSPORT": "resend"])
        #expect(throws: ConfigurationError.self) { try incomplete.checked(sendsMail: false) }
    }

    @Test func `a secret is neither reported nor shown where it is wrong`() throws {
        let read = try layered(environment: [
            "LUNAUTH_MAIL_SMTP_PASSWORD": "hunter2", "LUNAUTH_MAIL_RESEND_APIKEY": "re_secret",
        ])
        #expect(!read.report().contains("hunter2") && !read.report().contains("re_secret"))
        #expect(read.report().contains("mail.smtp.password = (not shown)"))
        let wrong = problems(environment: ["LUNAUTH_MAIL_SMTP_PASSWORD": "hunter2\n"])
        #expect(wrong.count == 1 && !"\(wrong)".contains("hunter2"))
    }

    @Test func `the mailer receives the whole configuration`() throws {
        let mail = try layered(
            file: #"""
                {"mail":{"transport":"smtp","from":"Luna <luna@example.org>","templates":"t",
                "smtp":{"host":"mx","username":"u","password":"p","caFile":"ca.pem"}}}
                """#
        ).checked().mail
        let website = try #require(Origin("https://example.org"))
        let told = try #require(mail.mailer(website: website))
        #expect(told.transport == .smtp && told.website == "https://example.org")
        #expect(told.from == .init(name: "Luna", address: "luna@example.org"))
        #expect(told.templates == "/etc/lunauth/t" && told.timeoutSeconds == 30)
        #expect(
            told.smtp
                == .init(
                    host: "mx", port: 587, security: .starttls, username: "u", password: "p",
                    caFile: "/etc/lunauth/ca.pem"))
        #expect(Configuration.Mail().mailer(website: website) == nil)
    }

    @Test func `every kind of mail has its template`() {
        #expect(
            Set(Auth.Mail.Kind.allCases.map(\.rawValue)) == Set(MailKind.allCases.map(\.rawValue)))
    }
}
