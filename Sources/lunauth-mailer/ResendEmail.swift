import JSON
import Mail

/// The body of a request to Resend (https://resend.com/docs/api-reference/emails/send-email).
struct ResendEmail {
    private let message: Message

    /// Describes a mail.
    init(_ message: Message) { self.message = message }

    /// The JSON of it: the same bytes for the same mail, as an idempotency key demands.
    func encoded() -> [UInt8] {
        var members: [String: JSONValue] = [
            "from": .string(message.from.text), "to": .array([.string(message.recipient)]),
            "subject": .string(message.subject), "text": .string(message.text),
            "html": .string(message.html),
            "headers": .object(
                Message.automaticFields.merging(["Message-ID": message.messageID]) { $1 }
                    .mapValues(JSONValue.string)),
        ]
        if let replyTo = message.replyTo { members["reply_to"] = .string(replyTo.text) }
        var text: [UInt8] = []
        JSONText.append(.object(members), to: &text)
        return text
    }
}

/// A response of Resend (https://resend.com/docs/api-reference/errors).
struct ResendAnswer {
    private struct Body {
        let id: String?
        let name: String?
        let message: String?

        /// Reads a body; nil for anything but an object whose members are texts where they are known.
        init?(_ bytes: [UInt8]) {
            guard case .object(let members)? = try? JSONValue.decode(bytes) else { return nil }
            func text(_ name: String) -> String? {
                guard case .string(let text)? = members[name] else { return nil }
                return text
            }
            (id, name, message) = (text("id"), text("name"), text("message"))
        }
    }

    /// The status code.
    let status: Int
    /// The beginning of the content.
    let body: [UInt8]

    /// What it means for the mail.
    var delivery: Delivery {
        let content = Body(body)
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
