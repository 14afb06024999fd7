import Testing

@testable import Mail

@Suite struct ConfigurationTests {
    @Test(
        arguments: [
            .sample, .smtp { _ in }, .resend { _ in }, .smtp { $0.host = "::1" },
            .smtp { ($0.host, $0.username, $0.password) = ("mail_1", "a b", "c d\"") },
            .smtp {
                ($0.security, $0.host, $0.username, $0.password) = (.none, "127.0.0.1", "a", "b")
            },
            .smtp { ($0.security, $0.host) = (.none, "localhost") },
            .smtp { ($0.security, $0.host) = (.none, "::1") },
            .smtp { ($0.security, $0.host) = (.none, "127.1.2.3") },
            .sample { $0.website = "http://127.0.0.1:8080" },
            .sample { $0.website = "https://[::1]/" },
        ] as [MailerConfiguration])
    func `good ones`(configuration: MailerConfiguration) throws {
        try configuration.check()
        _ = try MessageWriter(configuration)
    }

    @Test(
        arguments: [
            (.sample { $0.from.address = "luna" }, "from.address is no email address"),
            (
                .sample { $0.replyTo = .init(address: "x y@z.q") },
                "replyTo.address is no email address"
            ),
            (.sample { $0.website = "example.com" }, "website is no http(s) origin"),
            (.sample { $0.website = "ftp://example.com" }, "website is no http(s) origin"),
            (.sample { $0.website = "https://example.com/path" }, "website is no http(s) origin"),
            (.sample { $0.website = "https://a@example.com" }, "website is no http(s) origin"),
            (.sample { $0.website = "https://exa mple.com" }, "website is no http(s) origin"),
            (.sample { $0.website = "https://>,\r\nBcc: x" }, "website is no http(s) origin"),
            (.sample { $0.templates = "templates" }, "templates is no absolute path"),
            (.sample { $0.timeoutSeconds = 0 }, "timeoutSeconds is not 1 to 300"),
            (.sample { $0.timeoutSeconds = .max }, "timeoutSeconds is not 1 to 300"),
            (.sample { $0.sendmail = nil }, "sendmail.path is no absolute path"),
            (.sample { $0.sendmail?.path = "sendmail" }, "sendmail.path is no absolute path"),
            (.sample { $0.transport = .smtp }, "smtp is missing"),
            (.sample { $0.transport = .resend }, "resend is missing"),
            (.smtp { $0.host = "" }, "smtp.host is no name or IP address"),
            (.smtp { $0.host = "a/b" }, "smtp.host is no name or IP address"),
            (.smtp { $0.host = "a@b:c" }, "smtp.host is no name or IP address"),
            (.smtp { $0.port = 0 }, "smtp.port is not 1 to 65535"),
            (.smtp { $0.port = 65_536 }, "smtp.port is not 1 to 65535"),
            (.smtp { $0.username = "luna" }, "smtp.username and smtp.password need each other"),
            (.smtp { $0.password = "secret" }, "smtp.username and smtp.password need each other"),
            (
                .smtp { ($0.username, $0.password) = ("luna", "a\0b") }, "smtp.password holds a NUL"
            ),
            (
                .smtp { $0.security = .none },
                "smtp.security none would send links and passwords in clear text to another machine"
            ),
            (
                .smtp { ($0.security, $0.host) = (.none, "127.evil.example") },
                "smtp.security none would send links and passwords in clear text to another machine"
            ),
            (
                .smtp { ($0.security, $0.host) = (.none, "127.0.0") },
                "smtp.security none would send links and passwords in clear text to another machine"
            ),
            (
                .smtp { ($0.security, $0.host) = (.none, "10.0.0.12") },
                "smtp.security none would send links and passwords in clear text to another machine"
            ),
            (.sample { $0.sendmail?.path = "/nowhere/sendmail" }, "sendmail.path names no program"),
            (.sample { $0.sendmail?.path = "/bin" }, "sendmail.path names no program"),
            (
                .sample { $0.sendmail?.path = "/etc/passwd" },
                "sendmail.path names a file that cannot be executed"
            ),
            (.sample { $0.from.address = "luna@10.0.0.12" }, "from.address is no email address"),
            (.sample { $0.from.address = "luna@example.123" }, "from.address is no email address"),
            (.smtp { $0.caFile = "/nowhere/ca.pem" }, "/nowhere/ca.pem cannot be read"),
            (.resend { $0.url = "http://127.0.0.1/emails" }, "resend.url is no https address"),
            (.resend { $0.url = "https://a:b@c.d/" }, "resend.url is no https address"),
            (.resend { $0.apiKey = "" }, "resend.apiKey is no key"),
            (.resend { $0.apiKey = "re_1\r\nX: y" }, "resend.apiKey is no key"),
            (.resend { $0.caFile = "/nowhere/ca.pem" }, "/nowhere/ca.pem cannot be read"),
        ] as [(MailerConfiguration, String)])
    func `bad ones, and the member that is wrong`(
        configuration: MailerConfiguration, reason: String
    ) {
        let error = #expect(throws: MailError.self) {
            try configuration.check()
            _ = try MessageWriter(configuration)
        }
        #expect(error.map { "\($0)" } == reason)
    }

    @Test(arguments: [
        ("https://login.example.com", "login.example.com"), ("http://127.0.0.1:8080", nil),
        ("http://localhost", nil), ("http://[::1]", nil), ("https://my_host.example", nil),
    ])
    func `only a domain name is something to introduce oneself by`(origin: String, name: String?) {
        #expect(Website.domain(of: origin) == name)
    }
}
