import API
import Auth
import Mail

extension ConfigurationFormat<MailerConfiguration.Sender?> {
    /// Empty, an address, or a name and an address.
    static let mailbox = Self(
        expected: "\"name@example.org\" or \"A Name <name@example.org>\", or nothing",
        notation: .text,
        read: { json in
            guard let text = json.text, text.utf8.count <= 512 else { return nil }
            if text.isEmpty { return .some(nil) }
            guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
                return Email(text).map { .init(address: $0.address) }
            }
            let name = String(
                text[..<open].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            let address = String(text[text.index(after: open)...].dropLast())
            guard let email = Email(address), !name.unicodeScalars.contains(where: \.isControl)
            else { return nil }
            return .init(name: name.isEmpty ? nil : name, address: email.address)
        },
        write: { sender in
            guard let sender else { return "" }
            return sender.name.map { "\($0) <\(sender.address)>" } ?? sender.address
        })
}

extension ConfigurationFormat<String> {
    /// Any text on one line; empty for none.
    static let text = Self(
        expected: "a text of at most 1024 bytes on one line", notation: .text,
        read: { json in
            json.text.flatMap { text in
                text.utf8.count <= 1_024 && !text.unicodeScalars.contains(where: \.isControl)
                    ? text : nil
            }
        },
        write: { $0 })

    /// The name or the address of a machine; empty for none.
    static let host = Self(
        expected: "the name or the IP address of a machine", notation: .text,
        read: { json in
            json.text.flatMap { text in
                let isHost = text.utf8.allSatisfy { byte in
                    Character(Unicode.Scalar(byte)).isLetter
                        || Character(Unicode.Scalar(byte)).isNumber || "-._:".utf8.contains(byte)
                }
                return text.utf8.count <= 255 && isHost ? text : nil
            }
        },
        write: { $0 })

    /// A file or a directory, or none; a relative one is made absolute once all sources are read.
    static let optionalPath = Self(
        expected: "a path, or nothing", notation: .text,
        read: { json in json.text.flatMap { $0.isPath ? $0 : nil } },
        write: { $0 })

    /// A program.
    static let absolutePath = Self(
        expected: "an absolute path", notation: .text,
        read: { json in json.text.flatMap { $0.hasPrefix("/") && $0.isPath ? $0 : nil } },
        write: { $0 })

    /// An https address that secrets are posted to.
    static let httpsURL = Self(
        expected: "a URL with https and without a user", notation: .text,
        read: { json in
            guard let text = json.text, text.hasPrefix("https://"), text.utf8.count <= 2_048,
                text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                Origin(String(text.prefix(8) + text.dropFirst(8).prefix { $0 != "/" })) != nil
            else { return nil }
            return text
        },
        write: { $0 })
}

extension Unicode.Scalar {
    /// Whether it ends a line or steers a terminal (C0, DEL, C1).
    var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
