import Crypto
import JSON

/// Client data as a browser writes them, and as none does.
struct ClientDataText: Sendable {
    /// What both ceremonies of the tests are asked.
    static let challenge = Array("a challenge of thirty-two bytes.".utf8)

    /// Names and values in JSON, in order.
    var members: [(name: String, json: String)]
    /// The whole text, where it is not made of members.
    var text: [UInt8]?

    /// The client data of an honest browser.
    init(type: String) {
        members = [
            ("type", Self.quoted(type)),
            ("challenge", Self.quoted(Base64URL.encode(Self.challenge))),
            ("origin", Self.quoted("https://example.com")),
            ("crossOrigin", "false"),
        ]
    }

    /// A value in JSON; setting it replaces the member or adds it, nil removes it.
    subscript(name: String) -> String? {
        get { members.first { $0.name == name }?.json }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let json?): members[index].json = json
            case (let index?, nil): members.remove(at: index)
            case (nil, let json?): members.append((name, json))
            case (nil, nil): break
            }
        }
    }

    /// A text in quotes.
    static func quoted(_ text: String) -> String {
        var json: [UInt8] = []
        JSONText.append(text, to: &json)
        return String(decoding: json, as: UTF8.self)
    }

    /// Its bytes.
    var encoded: [UInt8] {
        if let text { return text }
        let pairs = members.map { Self.quoted($0.name) + ":" + $0.json }
        return Array("{\(pairs.joined(separator: ","))}".utf8)
    }
}
