/// How mails are written and sent: the first frame to the mailer.
public struct MailerConfiguration: Sendable, Equatable {
    /// The ways a mail can go.
    public enum Transport: String, Sendable {
        /// To a mail server, over SMTP (RFC 5321).
        case smtp
        /// To the HTTPS API of resend.com.
        case resend
        /// To a program on this machine.
        case sendmail
    }

    /// The way mails go; the member of that name is then there.
    public var transport: Transport
    /// The sender of mails; undeliverable ones return to its address.
    public var from: Sender
    /// Where answers of people go, when not to `from`.
    public var replyTo: Sender?
    /// The public origin of the website: `https://example.com`.
    public var website: String
    /// The absolute path of a directory whose files replace the built-in templates of the same name.
    public var templates: String?
    /// How long one delivery may take.
    public var timeoutSeconds: Int
    /// The mail server.
    public var smtp: SMTP?
    /// The account at Resend.
    public var resend: Resend?
    /// The program.
    public var sendmail: Sendmail?
    /// Whether the mailer only reaches the server, logs in and says how that went; it takes no orders then.
    public var triesServer = false

    /// A configuration.
    ///
    /// - Parameters:
    ///   - transport: The way mails go; the member of that name has to be there.
    ///   - from: Whom mails are from.
    ///   - replyTo: Where answers go, when not to `from`.
    ///   - website: The public origin of the website.
    ///   - templates: The absolute path of a directory of templates.
    ///   - timeoutSeconds: How long one delivery may take.
    ///   - smtp: The mail server.
    ///   - resend: The account at Resend.
    ///   - sendmail: The program.
    public init(
        transport: Transport, from: Sender, replyTo: Sender? = nil, website: String,
        templates: String? = nil, timeoutSeconds: Int = 30, smtp: SMTP? = nil,
        resend: Resend? = nil, sendmail: Sendmail? = nil
    ) {
        self.transport = transport
        self.from = from
        self.replyTo = replyTo
        self.website = website
        self.templates = templates
        self.timeoutSeconds = timeoutSeconds
        self.smtp = smtp
        self.resend = resend
        self.sendmail = sendmail
    }
}

extension MailerConfiguration {
    /// A name and an address, as in From and Reply-To.
    public struct Sender: Sendable, Equatable {
        /// The name that people are shown.
        public var name: String?
        /// The address.
        public var address: String

        /// Creates a sender.
        public init(name: String? = nil, address: String) {
            self.name = name
            self.address = address
        }
    }

    /// A mail server.
    public struct SMTP: Sendable, Equatable {
        /// How the connection is protected.
        public enum Security: String, CaseIterable, Sendable {
            /// It begins in clear text and must change to TLS (RFC 3207).
            case starttls
            /// It is TLS from its first byte (RFC 8314).
            case tls
            /// Not at all: for a server on this machine.
            case none
        }

        /// A name or an IP address.
        public var host: String
        /// 1 to 65535.
        public var port: Int
        /// How the connection is protected.
        public var security: Security
        /// The user of the login; without a login when absent.
        public var username: String?
        /// Secret.
        public var password: String?
        /// A PEM file of the authorities that are trusted instead of the system's.
        public var caFile: String?

        /// A mail server.
        ///
        /// - Parameters:
        ///   - host: A name or an IP address.
        ///   - port: 1 to 65535.
        ///   - security: How the connection is protected.
        ///   - username: The user of the login; without a login when absent.
        ///   - password: Secret.
        ///   - caFile: A PEM file of the authorities that are trusted instead of the system's.
        public init(
            host: String, port: Int, security: Security, username: String? = nil,
            password: String? = nil, caFile: String? = nil
        ) {
            self.host = host
            self.port = port
            self.security = security
            self.username = username
            self.password = password
            self.caFile = caFile
        }
    }

    /// An account at Resend.
    public struct Resend: Sendable, Equatable {
        /// Where the API of Resend is.
        public static let defaultURL = "https://api.resend.com/emails"

        /// Where mails are posted to, https.
        public var url: String
        /// Secret.
        public var apiKey: String
        /// A PEM file of the authorities that are trusted instead of the system's.
        public var caFile: String?

        /// An account.
        ///
        /// - Parameters:
        ///   - url: Where mails are posted to, https.
        ///   - apiKey: Secret.
        ///   - caFile: A PEM file of the authorities that are trusted instead of the system's.
        public init(url: String = defaultURL, apiKey: String, caFile: String? = nil) {
            self.url = url
            self.apiKey = apiKey
            self.caFile = caFile
        }
    }

    /// A program that takes a mail on its standard input, as sendmail(8) does.
    public struct Sendmail: Sendable, Equatable {
        /// Its absolute path.
        public var path: String

        /// A program.
        public init(path: String) {
            self.path = path
        }
    }
}
