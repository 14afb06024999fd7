import FoundationEssentials
import Mail

/// The body of a request to Resend (https://resend.com/docs/api-reference/emails/send-email).
struct ResendEmail: Encodable {
    private enum CodingKeys: String, CodingKey {
        case from, to, subject, text, html, headers
        case replyTo = "reply_to"
    }

    private let from: String
    private let to: [String]
    private let subject: String
    private let text: String
    private let html: String
    private let replyTo: String?
    private let headers: [String: String]

    /// Describes a mail.
    init(_ message: Message) {
        from = message.from.text
        to = [message.recipient]
        subject = message.subject
        text = message.text
        html = message.html
        replyTo = message.replyTo?.text
        headers = Message.automaticFields.merging(["Message-ID": message.messageID]) { $1 }
    }

    /// The JSON of it: the same bytes for the same mail, as an idempotency key demands.
    ///
    /// - Throws: Nothing that can happen to texts.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}

/// An answer of Resend (https://resend.com/docs/api-reference/errors).
struct ResendAnswer {
    private struct Body: Decodable {
        let id: String?
        let name: String?
        let message: String?
    }

    /// The status code.
    let status: Int
    /// The beginning of the content.
    let body: [UInt8]

    /// What it means for the mail.
    var delivery: Delivery {
        let content = try? JSONDecoder().decode(Body.self, from: Data(body))
        return Delivery(outcome(content), detail(content))
    }

    private func outcome(_ body: Body?) -> MailReceipt.Outcome {
        switch status {
        case 200..<300: .sent
        // The same key came with another content before: it will do so at every attempt.
        case 409 where body?.name == "invalid_idempotent_request": .rejected
        // A key or domain that is not good yet, another attempt under way, too many of them; and an
        // address at which there is no such API.
        case 401, 403, 404, 405, 408, 409, 429: .deferred
        case 400..<500: .rejected
        default: .deferred
        }
    }

    private func detail(_ body: Body?) -> String {
        let words = [body?.name, body?.message, body?.id].compactMap(\.self)
        return "HTTP \(status) \(words.joined(separator: ": "))"
    }
}
