import Mail

/// The protocol between the daemon and the mailer, from the first frame to the last.
struct MailerSession {
    private var stream = FrameStream(input: 0, output: 1)

    /// Takes the opening, then orders, one at a time, until there are no more.
    ///
    /// - Returns: How the program ends.
    /// - Throws: When a frame is broken or cannot be read or written.
    mutating func run() throws(FrameStreamError) -> Mailer.Ending {
        let opening: MailerOpening
        do throws(FrameStreamError) {
            guard let first = try stream.next(MailerOpening.self) else { return .done }
            opening = first
        } catch .malformed {
            try stream.write(MailerGreeting(.unusable, detail: "the configuration is malformed"))
            return .configuration
        }
        return switch opening {
        case .mails(let configuration): try sendMails(configuration)
        case .web(let configuration): try sendRequests(configuration)
        }
    }

    private mutating func sendMails(
        _ configuration: MailerConfiguration
    ) throws(FrameStreamError) -> Mailer.Ending {
        let redaction = Redaction(configuration.secrets)
        let post: DeliveryService
        do throws(MailError) {
            post = try DeliveryService(configuration, redaction)
        } catch {
            try stream.write(MailerGreeting(.unusable, detail: redaction.line("\(error)")))
            return .configuration
        }
        try stream.write(MailerGreeting(.ready))
        if configuration.triesServer {
            try stream.write(post.tryServer())
            return .done
        }
        while let order = try stream.next(MailOrder.self) {
            try stream.write(post.carryOut(order))
        }
        return .done
    }

    private mutating func sendRequests(
        _ configuration: WebClientConfiguration
    ) throws(FrameStreamError) -> Mailer.Ending {
        let client: WebClient
        do throws(MailError) {
            client = try WebClient(configuration)
        } catch {
            try stream.write(MailerGreeting(.unusable, detail: "\(error)"))
            return .configuration
        }
        try stream.write(MailerGreeting(.ready))
        while let order = try stream.next(WebOrder.self) {
            try stream.write(client.carryOut(order))
        }
        return .done
    }
}

/// Writes mails and sends them.
private struct DeliveryService {
    private let writer: MessageWriter
    private let transport: any Transport
    private let redaction: Redaction

    init(_ configuration: MailerConfiguration, _ redaction: Redaction) throws(MailError) {
        try configuration.check()
        writer = try MessageWriter(configuration)
        self.redaction = redaction
        switch configuration.transport {
        case .smtp: transport = try SMTPTransport(configuration)
        case .resend: transport = try ResendTransport(configuration)
        case .sendmail: transport = SendmailTransport(configuration)
        }
    }

    /// Reaches the server without a mail.
    func tryServer() -> MailReceipt {
        let attempt = transport.tryServer()
        return MailReceipt(
            id: MailReceipt.attempt, outcome: attempt.outcome,
            detail: redaction.line(attempt.detail))
    }

    func carryOut(_ order: MailOrder) -> MailReceipt {
        let delivery: Delivery
        do throws(MailError) {
            delivery = transport.deliver(try writer.write(order))
        } catch {
            delivery = Delivery(.rejected, "\(error)")
        }
        return MailReceipt(
            id: order.id, outcome: delivery.outcome,
            detail: redaction.hiding(order).line(delivery.detail))
    }
}

extension MailerConfiguration {
    /// What no detail may show, in the forms in which it goes over the wire.
    fileprivate var secrets: [String] {
        var secrets = [resend?.apiKey, smtp?.password].compactMap(\.self)
        if let username = smtp?.username, let password = smtp?.password {
            secrets += SMTPTransport.encodings(ofUser: username, password: password)
        }
        return secrets
    }
}
