import Bytes
import Mail

/// The commands and replies of one mail (RFC 5321 §4).
///
/// libcurl reports that a mail was refused, but neither the reply nor the command.
struct SMTPDialogue {
    /// The commands that matter here.
    enum Command: String, CaseIterable {
        /// The client introduces itself.
        case ehlo = "EHLO"
        /// The same, for old servers.
        case helo = "HELO"
        /// TLS begins.
        case starttls = "STARTTLS"
        /// The login begins.
        case auth = "AUTH"
        /// Nothing is asked for.
        case noop = "NOOP"
        /// The sender.
        case mail = "MAIL"
        /// The recipient.
        case rcpt = "RCPT"
        /// The mail itself.
        case data = "DATA"
    }

    /// A reply, its lines joined.
    struct Reply: Equatable {
        /// What was replied to; nil for the greeting of the server.
        let command: Command?
        /// Three digits.
        let code: Int
        /// What follows them.
        let text: String
    }

    /// The most bytes kept of a reply.
    private static let maximumReplyBytes = 1 << 10

    /// The last complete reply.
    private(set) var reply: Reply?
    /// Set by QUIT: what follows does not matter.
    private var isOver = false
    private var command: Command?
    /// The lines of a reply that is not complete.
    private var partialText = ""

    /// Takes note of what the client sent.
    ///
    /// What begins with no command is the rest of a login.
    mutating func send(_ bytes: [UInt8]) {
        let word = bytes.prefix { $0.isLetter }.map { $0 & 0xDF }
        isOver = isOver || "QUIT".utf8.elementsEqual(word)
        if let command = Command.allCases.first(where: { $0.rawValue.utf8.elementsEqual(word) }) {
            self.command = command
        }
        partialText = ""
    }

    /// Takes note of one line of the server.
    mutating func receive(_ bytes: [UInt8]) {
        let line = bytes.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        let digits = line.prefix(3)
        guard !isOver, digits.count == 3, let code = Decimal.parse(digits) else { return }
        if partialText.utf8.count < Self.maximumReplyBytes {
            let text = String(
                decoding: line.dropFirst(4).prefix(Self.maximumReplyBytes), as: UTF8.self)
            partialText += partialText.isEmpty ? text : " \(text)"
        }
        guard line.dropFirst(3).first != UInt8(ascii: "-") else { return }
        reply = Reply(command: command, code: code, text: partialText)
        partialText = ""
    }

    /// Whether the server replied nothing about the mail, which had not been sent, except 421.
    var hasOnlyLostConnection: Bool {
        guard command != .data else { return false }
        return reply.map { $0.code < 400 || $0.code == 421 } ?? true
    }

    /// What an attempt that failed means for the mail.
    ///
    /// Only a permanent reply (5yz, RFC 5321 §4.2.1) about this recipient or this mail rejects it.
    /// One about the client, its login or the sender is mended in the configuration.
    ///
    /// - Parameter reason: Why it failed, where that was not a reply.
    /// - Returns: The end of the attempt.
    func failure(because reason: String) -> Delivery {
        guard let reply, reply.code >= 400 else { return Delivery(.deferred, reason) }
        let detail = "\(reply.command?.rawValue ?? "greeting"): \(reply.code) \(reply.text)"
        switch reply.command {
        // 530 and 538 ask for a login or for TLS first, 535 refuses the login (RFC 4954 §6).
        case .rcpt, .data:
            let isPermanent = reply.code >= 500 && ![530, 535, 538].contains(reply.code)
            return Delivery(isPermanent ? .rejected : .deferred, detail)
        case nil, .ehlo, .helo, .starttls, .auth, .noop, .mail:
            return Delivery(.deferred, detail)
        }
    }
}
