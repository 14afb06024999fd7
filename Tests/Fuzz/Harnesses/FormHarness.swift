import Auth
import HTTP
import TestSupport
import Web

/// The body of a form: a field is the last value of its name, and what is decoded is within bounds.
enum FormHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        guard var request = try? Request(wire: head) else { return }
        request.body = input
        let read = Result { () throws(RequestError) in try RequestBody(request) }
        switch read {
        case .failure(.domain(.invalidInput(let inputs))):
            try check(!inputs.isEmpty, "refused without a field")
        case .failure(let error): throw BrokenProperty("refused as \(error)")
        case .success(let body):
            try checkTexts(input, body)
            try checkValues(body)
        }
    }

    private static let head =
        "POST / HTTP/1.1\nHost: a\nContent-Type: application/x-www-form-urlencoded\n\n"

    /// A second reader, one pair at a time from the end.
    private static func checkTexts(
        _ input: [UInt8], _ body: RequestBody
    ) throws(BrokenProperty) {
        guard let pairs = try? Query.pairs(in: input[...], maximumCount: .max) else {
            throw BrokenProperty("read, although a pair is not UTF-8")
        }
        for pair in pairs {
            let last = pairs.last { $0.name == pair.name }?.value ?? ""
            let wanted: TextInput = last.isEmpty ? .absent : .text(last)
            try check(body.names(pair.name), "a field that is not named")
            try check(body.text(pair.name) == wanted, "another text of a field")
            try check(body.has(pair.name) == !last.isEmpty, "an empty field is there")
        }
    }

    private static func checkValues(_ body: RequestBody) throws(BrokenProperty) {
        let invite = InviteRequest(body)
        try check(
            invite.maximumUses.map(Invite.useBounds.contains) ?? true, "uses out of bounds")
        let key = APIKeyRequest(body)
        for lifetime in [invite.lifetime, key.lifetime].compactMap(\.self) {
            try check((1...315_576_000).contains(lifetime.seconds), "for \(lifetime.seconds)")
        }
        try check(key.scopes?.contains("") != true, "an empty scope")
        _ = AccountChange(body)
        _ = ProfileChange(body)
        _ = SettingsChange(body)
    }
}
