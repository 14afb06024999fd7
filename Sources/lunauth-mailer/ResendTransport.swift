import CCurl
import Mail

/// To the HTTPS API of Resend, over a connection that is kept.
struct ResendTransport: Transport {
    private let curl: CurlHandle
    private let fields: [String]

    /// Prepares the requests; the first mail opens the connection.
    ///
    /// - Throws: When the configuration names no account, or libcurl does not support it.
    init(_ configuration: MailerConfiguration) throws(MailError) {
        guard let account = configuration.resend else {
            throw .configuration(member: "resend", reason: "is missing")
        }
        curl = try CurlHandle(
            protocols: "https", seconds: configuration.timeoutSeconds, caFile: account.caFile)
        try curl.set(CURLOPT_URL, account.url)
        try curl.set(CURLOPT_USERAGENT, "lunauth-mailer")
        fields = ["Authorization: Bearer \(account.apiKey)", "Content-Type: application/json"]
    }

    /// The connection and its TLS; the key is proven by a mail alone.
    func tryServer() -> Delivery {
        do throws(MailError) {
            try curl.set(CURLOPT_CONNECT_ONLY, 1)
        } catch {
            return Delivery(.deferred, "\(error)")
        }
        let code = curl.perform()
        guard code == CURLE_OK else { return Delivery(.deferred, curl.reason(for: code)) }
        return Delivery(.sent, "TLS is established")
    }

    func deliver(_ message: Message) -> Delivery {
        let body = ResendEmail(message).encoded()
        do throws(MailError) {
            try curl.set(CURLOPT_HTTPHEADER, fields + ["Idempotency-Key: \(message.id)"])
            try curl.setContent(body)
        } catch {
            return Delivery(.deferred, "\(error)")
        }
        let code = curl.perform()
        guard code == CURLE_OK else { return Delivery(.deferred, curl.reason(for: code)) }
        return ResendAnswer(status: curl.responseCode, body: curl.received).delivery
    }
}
