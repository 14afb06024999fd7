import Glibc

/// A mail to one person, ready to be sent.
///
/// Two attempts at one order give the same bytes.
public struct Message: Sendable, Equatable {
    /// The id of its order.
    public let id: String
    /// The sender; also where it returns to when it cannot be delivered.
    public let from: Mailbox
    /// Where answers go, when not to `from`.
    public let replyTo: Mailbox?
    /// The address it goes to.
    public let recipient: String
    /// One line.
    public let subject: String
    /// For readers that show plain text.
    public let text: String
    /// For the others: a page.
    public let html: String
    let createdAt: Int64
    /// The host of the website.
    let host: String

    /// The fields that say that no person wrote it, so that no program answers it (RFC 3834 §5).
    public static let automaticFields = [
        "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All",
    ]

    /// The Message-ID: the order's id at the website's host.
    public var messageID: String { "<\(id)@\(host)>" }

    /// The mail as it goes over the wire (RFC 5322, RFC 2046 §5.1.4).
    ///
    /// - Returns: ASCII, in lines of at most 998 characters that end in CRLF.
    public func encoded() -> [UInt8] {
        // Quoted-printable never contains `=_`.
        let boundary = "=_\(id)"
        var fields = [
            HeaderField("Date", verbatim: Self.date(createdAt)),
            HeaderField("From", from),
            HeaderField("To", verbatim: recipient),
            HeaderField("Subject", text: subject),
            HeaderField("Message-ID", verbatim: messageID),
        ]
        if let replyTo { fields.append(HeaderField("Reply-To", replyTo)) }
        for (name, value) in Self.automaticFields.sorted(by: { $0.key < $1.key }) {
            fields.append(HeaderField(name, verbatim: value))
        }
        fields.append(HeaderField("MIME-Version", verbatim: "1.0"))
        let type = "multipart/alternative; boundary=\"\(boundary)\""
        fields.append(HeaderField("Content-Type", verbatim: type))

        let lines =
            fields.map(\.text) + [""] + Self.part("text/plain", text, boundary)
            + Self.part("text/html", html, boundary) + ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private static func part(_ type: String, _ content: String, _ boundary: String) -> [String] {
        [
            "--\(boundary)", "Content-Type: \(type); charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable", "", QuotedPrintable.encode(content),
        ]
    }

    /// The date-time of RFC 5322 §3.3, in UTC.
    ///
    /// - Parameter milliseconds: Since 1970, up to the end of the year 9999.
    /// - Returns: `Mon, 21 Sep 2026 14:13:20 +0000`.
    static func date(_ milliseconds: Int64) -> String {
        var (seconds, date) = (time_t(milliseconds / 1_000), tm())
        gmtime_r(&seconds, &date)
        func name(_ index: Int32, of names: String) -> Substring {
            names.dropFirst(Int(index) * 3).prefix(3)
        }
        func digits(_ number: Int32, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        let day = name(date.tm_wday, of: "SunMonTueWedThuFriSat")
        let month = name(date.tm_mon, of: "JanFebMarAprMayJunJulAugSepOctNovDec")
        let time = [date.tm_hour, date.tm_min, date.tm_sec].map { digits($0, 2) }
        return "\(day), \(digits(date.tm_mday, 2)) \(month) \(digits(date.tm_year + 1_900, 4)) "
            + "\(time.joined(separator: ":")) +0000"
    }
}
