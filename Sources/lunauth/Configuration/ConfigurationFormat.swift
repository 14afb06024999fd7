import API
import Auth
import HTTP
import JSON
import Server
import Web

/// How the values of one kind of key are written.
struct ConfigurationFormat<Value: Sendable>: Sendable {
    /// What a value may be, to end a sentence: `an integer from 1 to 10`.
    let expected: String
    /// How an environment variable is written.
    let notation: ConfigurationNotation
    /// The value, from JSON; nil when it is not what is expected.
    let read: @Sendable (JSONValue) -> Value?
    /// The value as written in an environment variable.
    let write: @Sendable (Value) -> String
    /// What is wrong with a value, where more can be said than what is expected.
    var explain: @Sendable (JSONValue) -> String? = { _ in nil }
}

/// How the text of an environment variable becomes JSON.
enum ConfigurationNotation {
    /// It is a JSON number, `true` or `false`.
    case literal
    /// It is a string, unchanged.
    case text
    /// It is an array of strings, separated by commas; empty, an array without elements.
    case list

    /// The value of the text; a string where it is no literal, for the error to show.
    func json(_ text: String) -> JSONValue {
        switch self {
        case .literal: (try? JSONValue.decode(Array(text.utf8))) ?? .string(text)
        case .text: .string(text)
        case .list where text.utf8.isEmpty: .array([])
        case .list:
            .array(
                text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
                    .map { element in
                        let space = UInt8(ascii: " ")
                        let trimmed = element.drop { $0 == space }.reversed().drop { $0 == space }
                        return .string(String(decoding: trimmed.reversed(), as: UTF8.self))
                    })
        }
    }
}

extension ConfigurationFormat<Int> {
    /// An integer in a range.
    static func integer(_ range: ClosedRange<Int>) -> Self {
        Self(
            expected: "an integer from \(range.lowerBound) to \(range.upperBound)",
            notation: .literal,
            read: { json in
                guard case .integer(let number) = json, let value = Int(exactly: number),
                    range.contains(value)
                else { return nil }
                return value
            },
            write: { String($0) })
    }
}

extension ConfigurationFormat<Bool> {
    /// A truth value.
    static let boolean = Self(
        expected: "true or false", notation: .literal,
        read: { json in
            guard case .bool(let value) = json else { return nil }
            return value
        },
        write: { String($0) })
}

extension ConfigurationFormat where Value: CaseIterable & RawRepresentable<String> {
    /// One of a few words, in exactly this spelling.
    static var word: Self {
        Self(
            expected: Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "),
            notation: .text, read: { $0.text.flatMap { Value(rawValue: $0) } },
            write: { $0.rawValue })
    }
}

extension ConfigurationFormat<String> {
    /// A directory; a relative one is made absolute once all sources are read.
    static let directory = Self(
        expected: "the path of a directory", notation: .text,
        read: { json in json.text.flatMap { !$0.isEmpty && $0.isPath ? $0 : nil } },
        write: { $0 })

    /// The name of a cookie: a token (RFC 6265 §4.1.1).
    static let cookieName = Self(
        expected: "1 to 64 letters, digits and any of !#$%&'*+-.^_`|~", notation: .text,
        read: { json in
            json.text.flatMap { text in
                (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(isTokenByte) ? text : nil
            }
        },
        write: { $0 })

    /// A domain name with a dot in it, or nothing (RFC 6265 §5.2.3).
    ///
    /// Browsers share no cookie between addresses, whose last label is a number.
    static let cookieDomain = Self(
        expected: "a domain of at least two labels in lower case, as \"example.org\", or \"\"",
        notation: .text,
        read: { json in
            guard let text = json.text, !text.isEmpty else { return json.text }
            return isDomain(text) && text.utf8.contains(UInt8(ascii: ".")) ? text : nil
        },
        write: { $0 })

    /// The host that passkeys are bound to (WebAuthn Level 3, RP ID), or nothing.
    static let relyingPartyID = Self(
        expected: "the host of websiteUrl or a domain above it, as \"example.org\", or \"\"",
        notation: .text,
        read: { json in
            guard let text = json.text, !text.isEmpty else { return json.text }
            return isDomain(text) ? text : nil
        },
        write: { $0 })

    /// Where to send a browser.
    ///
    /// It is sent in a Location header, so it has visible ASCII only. A second slash, or the
    /// backslash that browsers take for one, would make a path the name of another host.
    static let redirect = Self(
        expected: "a path that starts with a single \"/\", or an http(s) URL, in visible ASCII",
        notation: .text,
        read: { json in
            guard let text = json.text, (1...2_048).contains(text.utf8.count),
                text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
            else { return nil }
            if text.hasPrefix("/") { return text.hasPrefix("//") ? nil : text }
            let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count > 2, Origin("\(parts[0])//\(parts[2])") != nil else { return nil }
            return text
        },
        write: { $0 })

    /// Whether a text is a domain name in lower case; an address, whose last label is a number, is none.
    private static func isDomain(_ text: String) -> Bool {
        let label = text.utf8.reversed().prefix { $0 != UInt8(ascii: ".") }
        return text.utf8.count <= 253 && Origin("https://\(text)")?.host == text
            && text.utf8.first != UInt8(ascii: "[")
            && !label.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || "!#$%&'*+.^`|~".utf8.contains(byte)
    }
}

extension ConfigurationFormat<Origin> {
    /// A web site.
    static let origin = Self(
        expected: "an origin: \"http://\" or \"https://\", a host, perhaps a port, no path",
        notation: .text, read: { $0.text.flatMap { Origin($0) } },
        write: { $0.description })
}

extension ConfigurationFormat<[ReturnOrigin]> {
    /// Any number of web sites.
    static let returnOrigins = Self(
        expected: "a list of origins: \"https://app.example.org\", \"https://*.example.org\"",
        notation: .list,
        read: { json in json.elements { ReturnOrigin($0) } },
        write: { $0.map(\.description).joined(separator: ",") })
}

extension ConfigurationFormat<[AllowedOrigin]> {
    /// Any number of origins, as browsers write them.
    static let allowedOrigins = Self(
        expected:
            "a list of origins as browsers send them, in lower case, without a path or a default "
            + "port: \"https://app.example.org\", or \"http://localhost:3000\" on loopback alone",
        notation: .list,
        read: { json in json.elements { AllowedOrigin($0) } },
        write: { $0.map(\.text).joined(separator: ",") })
}

extension ConfigurationFormat<[ClearSiteData]> {
    /// Any number of what a browser can forget, each once.
    static let clearSiteData = Self(
        expected: "a list of different words out of "
            + ClearSiteData.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "),
        notation: .list,
        read: { json in
            json.elements { ClearSiteData(rawValue: $0) }.flatMap { values in
                Set(values).count == values.count ? values : nil
            }
        },
        write: { $0.map(\.rawValue).joined(separator: ",") })
}

extension ConfigurationFormat<[ListenAddress]> {
    /// At least one address to listen on.
    static let listenAddresses = Self(
        expected: "a list of addresses: \"127.0.0.1:8080\", \"[::1]:8080\", "
            + "\"unix:/run/lunauth.sock\"",
        notation: .list,
        read: { json in
            json.elements { ListenAddress($0) }.flatMap { $0.isEmpty ? nil : $0 }
        },
        write: { $0.map(\.configured).joined(separator: ",") })
}

extension ConfigurationFormat<ListenAddress?> {
    /// An address to listen on, or none.
    static let adminAddress = Self(
        expected: "an address, as \"127.0.0.1:8081\", \"[::1]:8081\" or "
            + "\"unix:/run/lunauth/admin.sock\", or \"none\"",
        notation: .text,
        read: { json in
            json.text.flatMap { text in
                text == "none" ? .some(nil) : ListenAddress(text).map(Optional.some)
            }
        },
        write: { $0?.configured ?? "none" })
}

extension ListenAddress {
    /// As written in a configuration.
    fileprivate var configured: String { String(description.trimmingPrefix("http://")) }
}

extension ConfigurationFormat<[AddressPrefix]> {
    /// Any number of networks.
    static let addressPrefixes = Self(
        expected: "a list of networks: \"10.0.0.0/8\", \"2001:db8::/32\"", notation: .list,
        read: { json in json.elements { AddressPrefix(parsing: $0.utf8) } },
        write: { $0.map(\.description).joined(separator: ",") })
}

extension JSONValue {
    /// The string that this is.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The values of the strings of this array; nil when one of them is wrong.
    fileprivate func elements<Element>(_ read: (String) -> Element?) -> [Element]? {
        guard case .array(let values) = self else { return nil }
        let elements = values.compactMap { $0.text.flatMap(read) }
        return elements.count == values.count ? elements : nil
    }
}
