import FoundationEssentials
import Mail
import Testing

extension EndToEnd {
    /// Mails parsed by another implementation: Python's email package.
    @Suite struct MailFormatTests {
        private static let names: [String] = [
            "Ada", "Zoë Müller", "漢字 かな", "Evil\r\nBcc: x@y.example", "Evil\nX: y\r\n\r\n<p>hello",
            "a\0b\u{7F}c", "\"quoted\" \\ (comment)", "Doe, Jane", "<eve@x.example>", "a@b.example",
            "=?UTF-8?B?RXZpbA==?=", "a =?x", "\u{202E}live\u{202C}", "\u{2066}x\u{2069}",
            "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "e\u{301}\u{301}\u{301}", "two  spaces ", " leading",
            String(repeating: "x", count: 10_000), String(repeating: "🦉", count: 2_500),
            String(repeating: "long words ", count: 900), "{{link}}", "a.\n.\nb", "From me",
        ]

        /// The expected form of a name: one line of visible text.
        private func visible(_ name: String) -> String {
            var line = ""
            for scalar in name.unicodeScalars {
                switch scalar {
                case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
                case "\0"..."\u{1F}", "\u{7F}": if line.last != " " { line += " " }
                default: line.unicodeScalars.append(scalar)
                }
            }
            while line.last == " " { line.removeLast() }
            return line
        }

        private func trimmed(_ text: String) -> String {
            var text = Substring(text)
            while text.first == " " { text.removeFirst() }
            while text.last == " " { text.removeLast() }
            return String(text)
        }

        private func read(_ message: [UInt8]) throws -> JSON {
            let script = """
                import base64, email, email.policy
                raw = base64.b64decode(given["mail"])
                mail = email.message_from_bytes(raw, policy=email.policy.default)
                sender = mail["From"].addresses
                parts = list(mail.walk())
                print(json.dumps({
                    "names": [name.lower() for name in mail.keys()],
                    "from": [[a.display_name, a.addr_spec] for a in sender],
                    "to": [a.addr_spec for a in mail["To"].addresses],
                    "subject": str(mail["Subject"]),
                    "date": mail["Date"].datetime.timestamp(),
                    "id": str(mail["Message-ID"]),
                    "types": [part.get_content_type() for part in parts],
                    "charsets": [part.get_content_charset() for part in parts[1:]],
                    "text": parts[1].get_content(), "html": parts[2].get_content(),
                    "defects": [repr(d) for part in parts for d in part.defects]
                        + [repr(d) for name in ("From", "To", "Subject", "Date", "Content-Type")
                            for d in mail[name].defects],
                    "longest": max(len(line) for line in raw.split(b"\\r\\n")),
                    "longestHeader": max(
                        len(line) for line in raw.split(b"\\r\\n\\r\\n")[0].split(b"\\r\\n")),
                    "bare": raw.replace(b"\\r\\n", b"").count(b"\\r")
                        + raw.replace(b"\\r\\n", b"").count(b"\\n"),
                    "ascii": raw.isascii(),
                }))
                """
            let encoded = Data(message).base64EncodedString()
            return try Python.run(script, given: ["mail": .string(encoded)])
        }

        @Test(arguments: names)
        func `a hostile name cannot change a mail`(name: String) throws {
            let configuration = MailerConfiguration(
                transport: .sendmail, from: .init(name: name, address: "luna@example.com"),
                website: "https://example.com", sendmail: .init(path: "/bin/cat"))
            let order = MailOrder(
                id: UUID().uuidString, kind: .invited, language: .en,
                site: MailSite(name: "Luna", accent: "#30528c"), recipient: "ada@example.com",
                values: [
                    "inviterName": name, "name": name, "link": "https://example.com/?a=b",
                    "code": name, "expires": name,
                ], createdAt: 1_790_000_000_000)
            let mail = try read(try MessageWriter(configuration).write(order).encoded())

            #expect(
                mail["names"] == [
                    "date", "from", "to", "subject", "message-id", "auto-submitted",
                    "x-auto-response-suppress", "mime-version", "content-type",
                ])
            #expect(mail["defects"] == [])
            #expect(mail["types"] == ["multipart/alternative", "text/plain", "text/html"])
            #expect(mail["charsets"] == ["utf-8", "utf-8"])
            #expect(mail["to"] == ["ada@example.com"])
            #expect(mail["id"] == .string("<\(order.id)@example.com>"))
            #expect(mail["date"] == 1_790_000_000)
            #expect(mail["ascii"] == true)
            #expect(mail["bare"] == 0)
            #expect(mail["longest"]?.number.map { $0 <= 76 } == true)
            #expect(mail["longestHeader"]?.number.map { $0 <= 76 } == true)

            let shown = visible(name)
            let from = mail["from"]?.elements.first?.elements
            #expect(from?.last == "luna@example.com")
            // Between the encoded words of a name, Python keeps the spaces.
            #expect(
                withoutSpaces(from?.first?.text ?? "") == withoutSpaces(cut(shown, to: 100)))
            #expect(
                trimmed(mail["subject"]?.text ?? "")
                    == trimmed(cut(shown + " has invited you to Luna", to: 200)))
            #expect(mail["text"]?.text?.contains("Hello \(shown),") == true)
            #expect(
                mail["html"]?.text?.contains("<p>Hello \(escaped(shown)),</p>") == true)
        }

        private func withoutSpaces(_ text: String) -> String {
            String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != " " }))
        }

        private func cut(_ text: String, to count: Int) -> String {
            let scalars = text.unicodeScalars
            return scalars.count <= count
                ? text : String(String.UnicodeScalarView(scalars.prefix(count))) + "…"
        }

        private func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
        }
    }
}
