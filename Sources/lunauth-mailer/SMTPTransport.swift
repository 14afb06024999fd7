import CCurl
import Mail

/// To a mail server, over a connection that is kept.
struct SMTPTransport: Transport {
    private final class State {
        var dialogue = SMTPDialogue()
    }

    private let curl: CurlHandle
    private let state = State()

    /// Prepares the way to the configured server; the first mail opens the connection.
    ///
    /// - Throws: When the configuration names none, or libcurl does not support it.
    init(_ configuration: MailerConfiguration) throws(MailError) {
        guard let server = configuration.smtp else {
            throw .configuration(member: "smtp", reason: "is missing")
        }
        curl = try CurlHandle(
            protocols: "smtp,smtps", seconds: configuration.timeoutSeconds, caFile: server.caFile)
        let scheme = server.security == .tls ? "smtps" : "smtp"
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        // The path is the name by which a client introduces itself; without one, libcurl takes that
        // of the machine.
        let client = Website.domain(of: configuration.website) ?? ""
        try curl.set(CURLOPT_URL, "\(scheme)://\(host):\(server.port)/\(client)")
        // Required, not tried: a mail never goes in clear text because an attacker on the path took the
        // offer of TLS out.
        let usesTLS = server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        try curl.set(CURLOPT_USE_SSL, Int(usesTLS.rawValue))
        if let username = server.username, let password = server.password {
            try curl.set(CURLOPT_USERNAME, username)
            try curl.set(CURLOPT_PASSWORD, password)
            // Within TLS the others only have more ways to fail.
            try curl.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
        }
        try curl.set(CURLOPT_UPLOAD, 1)
        try curl.set(CURLOPT_VERBOSE, 1)
        curl.observer = { [state] direction, bytes in
            switch direction {
            case .sent: state.dialogue.send(bytes)
            case .received: state.dialogue.receive(bytes)
            }
        }
    }

    /// The forms in which a login goes over the wire (RFC 4616, and the older LOGIN).
    static func encodings(ofUser username: String, password: String) -> [String] {
        ["\0\(username)\0\(password)", password].map { PaddedBase64.encode(Array($0.utf8)) }
    }

    /// A NOOP (RFC 5321 §4.1.1.9), after greeting, TLS and login.
    func tryServer() -> Delivery {
        state.dialogue = SMTPDialogue()
        do throws(MailError) {
            try curl.set(CURLOPT_UPLOAD, 0)
            try curl.set(CURLOPT_NOBODY, 1)
            try curl.set(CURLOPT_CUSTOMREQUEST, "NOOP")
        } catch {
            return Delivery(.deferred, "\(error)")
        }
        let code = curl.perform()
        guard code == CURLE_OK else {
            return state.dialogue.failure(because: curl.reason(for: code))
        }
        return Delivery(.sent, "NOOP: \(state.dialogue.reply?.code ?? 250)")
    }

    func deliver(_ message: Message) -> Delivery {
        state.dialogue = SMTPDialogue()
        curl.upload = message.encoded()
        do throws(MailError) {
            try curl.set(CURLOPT_MAIL_FROM, message.from.addressText)
            try curl.set(CURLOPT_MAIL_RCPT, [message.recipient])
            try curl.set(CURLOPT_INFILESIZE, curl.upload.count)
        } catch {
            return Delivery(.deferred, "\(error)")
        }
        var code = curl.perform()
        // Over a connection that was kept, the server may have closed it a while ago: libcurl
        // notices by failing, and opens another one.
        if code != CURLE_OK, code != CURLE_OPERATION_TIMEDOUT, curl.hasReusedConnection,
            state.dialogue.hasOnlyLostConnection
        {
            state.dialogue = SMTPDialogue()
            code = curl.perform()
        }
        guard code == CURLE_OK else {
            return state.dialogue.failure(because: curl.reason(for: code))
        }
        let reply = state.dialogue.reply
        return Delivery(.sent, "\(reply?.code ?? 250) \(reply?.text ?? "")")
    }
}
