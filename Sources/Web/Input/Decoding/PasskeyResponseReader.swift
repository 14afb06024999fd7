import Auth
import Crypto
import JSON

/// Takes the response of a passkey apart, as `PublicKeyCredential.toJSON()` of a browser writes it
/// (WebAuthn Level 3 §5.1.8); other members than those that are read may be there.
///
/// Each part is bounded before it is decoded, and what is wrong with it is said by its name:
/// `credential.response.signature`.
struct PasskeyResponseReader {
    /// What is wrong so far.
    private(set) var objections: [InvalidInput] = []

    private let name: String
    /// The members; nil where it is no object, which was objected to.
    private var credential: [String: JSONValue]?
    private var response: [String: JSONValue]?

    /// The most bytes of the id of a passkey (WebAuthn Level 3 §4, credential ID).
    private static let maximumHandleBytes = 1_023
    /// Browsers name a handful of transports, in words of at most ten letters.
    private static let maximumTransports = 16
    private static let maximumTransportBytes = 32

    /// Begins with a member that is there.
    init(_ body: RequestBody, _ name: String) {
        self.name = name
        guard case .object(let members)? = Self.value(body, name) else {
            objections.append(
                InvalidInput(name, .other("must be the JSON object of a PublicKeyCredential")))
            return
        }
        credential = members
        if members["type"] != .string("public-key") {
            objections.append(InvalidInput("\(name).type", .other(#"must be "public-key""#)))
        }
        guard case .object(let response)? = members["response"] else {
            objections.append(InvalidInput("\(name).response", .other("must be an object")))
            return
        }
        self.response = response
    }

    /// The member, in a form the value of its text.
    private static func value(_ body: RequestBody, _ name: String) -> JSONValue? {
        let value = body.value(name)
        guard body.isForm, case .string(let text)? = value else { return value }
        return try? JSONValue.decode(Array(text.utf8))
    }

    /// The id by which the authenticator names the passkey, which a response has twice.
    mutating func handle() -> [UInt8]? {
        guard let credential else { return nil }
        let handle = bytes(credential["rawId"], "\(name).rawId", Self.maximumHandleBytes)
        if handle != nil, credential["id"] != credential["rawId"] {
            objections.append(InvalidInput("\(name).id", .other("must be the same as rawId")))
        }
        return handle
    }

    /// The bytes of a member of the inner response, at most so many.
    mutating func bytes(_ member: String, _ maximum: Int) -> [UInt8]? {
        guard let response else { return nil }
        return bytes(response[member], "\(name).response.\(member)", maximum)
    }

    /// The same; null and a missing member are nil.
    mutating func optionalBytes(_ member: String, _ maximum: Int) -> [UInt8]? {
        response?[member] ?? .null == .null ? nil : bytes(member, maximum)
    }

    /// How the client reaches the authenticator; none where it does not say.
    mutating func transports() -> [String] {
        let field = "\(name).response.transports"
        guard let value = response?["transports"], value != .null else { return [] }
        guard case .array(let values) = value else {
            objections.append(InvalidInput(field, .notList))
            return []
        }
        let texts = values.compactMap { value -> String? in
            guard case .string(let text) = value, text.utf8.count <= Self.maximumTransportBytes
            else { return nil }
            return text
        }
        guard texts.count == values.count, texts.count <= Self.maximumTransports else {
            objections.append(
                InvalidInput(
                    field, .other("must be at most \(Self.maximumTransports) short strings")))
            return []
        }
        return texts
    }

    private mutating func bytes(
        _ value: JSONValue?, _ field: String, _ maximum: Int
    ) -> [UInt8]? {
        guard case .string(let text)? = value, !text.isEmpty else {
            objections.append(.missing(field))
            return nil
        }
        guard text.utf8.count <= (maximum * 4 + 2) / 3 else {
            objections.append(InvalidInput(field, .other("must have at most \(maximum) bytes")))
            return nil
        }
        guard let bytes = Base64URL.decode(Array(text.utf8).span) else {
            objections.append(InvalidInput(field, .other("must be base64url without padding")))
            return nil
        }
        return bytes
    }
}
