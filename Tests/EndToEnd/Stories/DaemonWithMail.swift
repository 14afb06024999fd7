import Testing

/// A server that sends its mails to a real mail server, for the test to read.
struct DaemonWithMail {
    /// The mail server: STARTTLS, and a login.
    let mailServer: MailServer
    /// The server under test, set up.
    let daemon: Daemon
    /// Its owner.
    let owner: Person

    /// Starts both.
    ///
    /// The owner was created while no mail could be sent, and so has a confirmed address, which notices
    /// need.
    /// - Parameters:
    ///   - isDown: Whether the mail server refuses connections until it comes up.
    ///   - settings: More variables of the server under test.
    /// - Throws: When either does not start.
    init(isDown: Bool = false, settings: [String: String?] = [:]) throws {
        mailServer = try MailServer(.starttls, asksForLogin: true, isDown: isDown)
        let mail = Self.settings(for: mailServer)
        let (silent, owner) = try Daemon.setUp(settings: settings)
        self.owner = owner
        #expect(try silent.stop() == .exited(0))
        daemon = try Daemon(in: silent.home, settings: mail.merging(settings) { $1 })
    }

    /// Confirms a person's address with the first mail.
    func confirm(_ person: Person) throws {
        let token = try link(to: person.email).token
        let call = try Call.post("/auth/email/verify", ["token": .string(token)])
        #expect(try client.send(call.cookie(person.cookie)).status == 200)
    }

    /// The variables that make a server send its mails to a mail server.
    static func settings(for mailServer: MailServer) -> [String: String?] {
        [
            "LUNAUTH_MAIL_TRANSPORT": "smtp", "LUNAUTH_MAIL_FROM": "Luna <luna@example.com>",
            "LUNAUTH_MAIL_SMTP_HOST": "127.0.0.1",
            "LUNAUTH_MAIL_SMTP_PORT": "\(mailServer.port)",
            "LUNAUTH_MAIL_SMTP_USERNAME": MailServer.login.user,
            "LUNAUTH_MAIL_SMTP_PASSWORD": MailServer.login.password,
            "LUNAUTH_MAIL_SMTP_CAFILE": mailServer.caFile,
        ]
    }

    /// A client of the server under test.
    var client: Client { daemon.client }

    /// The link in the last mail to a recipient.
    ///
    /// - Returns: The path and the query of the link, for a request of the test's own, and the token.
    /// - Throws: When there is no such mail in time, or no link in it.
    func link(to recipient: String, count: Int = 1) throws -> (target: String, token: String) {
        let link = try #require(try mailServer.mail(to: recipient, count: count).link)
        let target = try #require(link.split(separator: "8080", maxSplits: 1).last)
        let token = try #require(link.split(separator: "token=").last)
        Secrets.protect(String(token))
        return (String(target), String(token))
    }
}

extension Call {
    /// A form, as submitted by the page that a link opens.
    static func form(_ target: String, _ fields: [String: String]) -> Call {
        let pairs = fields.map { "\($0)=\($1.replacing(" ", with: "+"))" }
        return .post(
            target, text: pairs.joined(separator: "&"), type: "application/x-www-form-urlencoded"
        ).with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin")
    }
}
