import Auth
import Mail

extension Configuration {
    /// How mails are sent; an empty text is none.
    struct Mail: Sendable, Equatable {
        /// The way mails go.
        var transport = Transport.none
        /// Whom mails are from.
        var from: MailerConfiguration.Sender?
        /// Where people's answers go, when not to `from`.
        var replyTo: MailerConfiguration.Sender?
        /// A directory whose templates replace those of the mailer; absolute.
        var templates = ""
        /// For one delivery.
        var timeoutSeconds = 30
        /// The mail server.
        var smtp = SMTP()
        /// The account at resend.com.
        var resend = Resend()
        /// The program.
        var sendmail = Sendmail()

        /// The ways a mail can go.
        enum Transport: String, Sendable, CaseIterable {
            case none, smtp, resend, sendmail
        }

        /// The mail server.
        struct SMTP: Sendable, Equatable {
            /// A name or an IP address.
            var host = ""
            /// 587 is that of submission (RFC 6409).
            var port = 587
            /// How the connection is protected.
            var security = MailerConfiguration.SMTP.Security.starttls
            /// Who logs in.
            var username = ""
            /// Secret.
            var password = ""
            /// Authorities that are trusted instead of the system's; absolute.
            var caFile = ""
        }

        /// The account at resend.com.
        struct Resend: Sendable, Equatable {
            /// Where mails are posted to.
            var url = MailerConfiguration.Resend.defaultURL
            /// Secret.
            var apiKey = ""
            /// Authorities that are trusted instead of the system's; absolute.
            var caFile = ""
        }

        /// The program.
        struct Sendmail: Sendable, Equatable {
            /// Absolute.
            var path = "/usr/sbin/sendmail"
        }
    }
}

extension Configuration.Mail {
    /// What writes mails: nothing does without a transport.
    func writer(_ keys: MailEncryptionKeys, within throttle: Throttle) -> MailWriter {
        MailWriter(keys: transport == .none ? nil : keys, throttle: throttle)
    }

    /// The configuration of the mailer; nil without a transport.
    ///
    /// - Parameter website: The public origin.
    /// - Returns: A configuration that keeps every rule, when this one does.
    func mailer(website: Origin) -> MailerConfiguration? {
        let transport: MailerConfiguration.Transport
        switch self.transport {
        case .none: return nil
        case .smtp: transport = .smtp
        case .resend: transport = .resend
        case .sendmail: transport = .sendmail
        }
        guard let from else { return nil }
        return MailerConfiguration(
            transport: transport, from: from, replyTo: replyTo, website: "\(website)",
            templates: templates.orNil, timeoutSeconds: timeoutSeconds,
            smtp: .init(
                host: smtp.host, port: smtp.port, security: smtp.security,
                username: smtp.username.orNil, password: smtp.password.orNil,
                caFile: smtp.caFile.orNil),
            resend: .init(
                url: resend.url, apiKey: resend.apiKey, caFile: resend.caFile.orNil),
            sendmail: .init(path: sendmail.path))
    }

    /// Checks the configuration of the mailer, as it does when it starts; a configuration without a
    /// transport tells it nothing.
    ///
    /// - Parameter website: The public origin.
    /// - Throws: What the mailer could not work with.
    func check(website: Origin) throws(MailError) {
        guard let mailer = mailer(website: website) else { return }
        try mailer.check()
        _ = try MessageWriter(mailer)
    }

    /// The keys that the transport needs and that are empty.
    var missingKeys: [String] {
        let needed: [(key: String, isThere: Bool)] =
            switch transport {
            case .none: []
            case .smtp:
                [
                    ("mail.from", from != nil), ("mail.smtp.host", !smtp.host.isEmpty),
                    ("mail.smtp.username", smtp.password.isEmpty || !smtp.username.isEmpty),
                    ("mail.smtp.password", smtp.username.isEmpty || !smtp.password.isEmpty),
                ]
            case .resend:
                [("mail.from", from != nil), ("mail.resend.apiKey", !resend.apiKey.isEmpty)]
            case .sendmail: [("mail.from", from != nil)]
            }
        return needed.filter { !$0.isThere }.map(\.key)
    }
}

extension String {
    /// The text; nil when it is empty.
    fileprivate var orNil: String? { utf8.isEmpty ? nil : self }
}
