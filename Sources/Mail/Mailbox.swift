/// A name and an address, checked (RFC 5322 §3.4).
public struct Mailbox: Sendable, Equatable {
    let name: String?
    let address: MailAddress

    /// Checks a sender of the configuration.
    ///
    /// - Parameters:
    ///   - sender: Who.
    ///   - member: The path of that member, for the error.
    /// - Throws: `.configuration` for an address that cannot be used.
    init(_ sender: MailerConfiguration.Sender, member: String) throws(MailError) {
        guard let address = MailAddress(sender.address) else {
            throw .configuration(member: "\(member).address", reason: "is no email address")
        }
        let name = sender.name?.onOneLine.cut(toScalars: 100)
        self.name = name?.isEmpty == true ? nil : name
        self.address = address
    }

    /// The text of it in Unicode, as an API takes it: `Luna <luna@example.com>`.
    public var text: String {
        guard let name else { return address.text }
        let isBare = name.utf8.allSatisfy {
            $0.isAtomText || $0 == UInt8(ascii: " ") || $0 >= 0x80
        }
        return "\(isBare ? name : Self.quoted(name)) <\(address.text)>"
    }

    /// The address alone.
    public var addressText: String { address.text }

    /// A quoted-string (RFC 5322 §3.2.4).
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
