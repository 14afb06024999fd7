@testable import Mail

extension MailOrder {
    /// An order with all values of its kind, each a text that stands for itself.
    static func sample(
        _ kind: MailKind, _ values: [String: String] = [:], without absent: Set<String> = [],
        in language: MailLanguage = .en, of site: MailSite = .sample
    ) -> MailOrder {
        let names = kind.requiredValues.union(kind.optionalValues).subtracting(absent)
        let texts = Dictionary(uniqueKeysWithValues: names.map { ($0, "<\($0)> & more") })
        let links = names.contains("link") ? ["link": "https://example.com/do?it=1&now=2"] : [:]
        return MailOrder(
            id: "5f1c8f0e-8f0c-4a53-9a3e-0d6f0a9f7f11", kind: kind, language: language, site: site,
            recipient: "ada@example.com",
            values: texts.merging(links) { $1 }.merging(values) { $1 },
            createdAt: 1_790_000_000_123)
    }
}

extension MailSite {
    /// A site whose mails name a contact.
    static let sample = MailSite(
        name: "Example Books", accent: "#0a7d5a", support: "help@example.com",
        supportLink: "mailto:help@example.com")
}

extension MailerConfiguration {
    /// One that sends nothing anywhere.
    static let sample = MailerConfiguration(
        transport: .sendmail, from: Sender(name: "Luna", address: "luna@example.com"),
        website: "https://example.com", sendmail: Sendmail(path: "/bin/true"))

    /// The sample with changes.
    static func sample(_ change: (inout MailerConfiguration) -> Void) -> MailerConfiguration {
        var configuration = sample
        change(&configuration)
        return configuration
    }

    /// The sample with a mail server.
    static func smtp(_ change: (inout SMTP) -> Void) -> MailerConfiguration {
        var server = SMTP(host: "mail.example.com", port: 587, security: .starttls)
        change(&server)
        return sample {
            $0.transport = .smtp
            $0.smtp = server
        }
    }

    /// The sample with an account at Resend.
    static func resend(_ change: (inout Resend) -> Void) -> MailerConfiguration {
        var account = Resend(apiKey: "re_123")
        change(&account)
        return sample {
            $0.transport = .resend
            $0.resend = account
        }
    }
}
