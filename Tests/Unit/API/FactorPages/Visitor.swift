import Auth
import Crypto
import HTTP
import TestSupport
import Testing

/// A browser of one person, which keeps cookies and posts the forms of pages.
final class Visitor {
    let harness: Harness
    let person: Person
    private let language: Language
    private var cookies: [String: String] = [:]

    init(_ harness: Harness, _ person: Person = .customer, _ language: Language = .en) {
        self.harness = harness
        self.person = person
        self.language = language
    }

    /// Another browser of the same person.
    func other() -> Visitor { Visitor(harness, person, language) }

    /// Loses what the browser has of a kind, as at the end of a session.
    func forget(_ cookie: String) { cookies[cookie] = nil }

    /// Opens a page.
    func open(_ path: String) throws -> ReceivedAnswer {
        try keep(harness.send(APITests.open(path, head)))
    }

    /// Posts a form, without fields that are empty.
    func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:]) throws
        -> ReceivedAnswer
    {
        let body = fields.filter { !$0.value.isEmpty }.map { "\($0.key)=\(Self.encoded($0.value))" }
            .joined(separator: "&")
        return try keep(harness.send(form(path, body, head)))
    }

    /// Posts JSON, as the script of a page does.
    func ask(_ path: String, _ body: String) throws -> ReceivedAnswer {
        try keep(harness.send(APITests.post(path, body, head, "Sec-Fetch-Site: same-origin")))
    }

    /// The first step of a sign-in, with the password.
    @discardableResult
    func enterPassword(returningTo target: String = "") throws -> ReceivedAnswer {
        try post(
            "/auth/login",
            ["email": person.email, "password": Person.password, "return_to": target])
    }

    /// The field lines of a request.
    private var head: String {
        let pairs = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let lines = pairs.isEmpty ? [] : ["Cookie: " + pairs.joined(separator: "; ")]
        return (["Accept-Language: \(language.rawValue)"] + lines).joined(separator: "\n")
    }

    private func keep(_ answer: ReceivedAnswer) -> ReceivedAnswer {
        for cookie in answer.values(of: "Set-Cookie") {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            let isEnded = pair.count < 2 || cookie.contains("Max-Age=0")
            cookies[String(pair[0])] = isEnded ? nil : String(pair[1])
        }
        return answer
    }

    private static func encoded(_ text: String) -> String {
        Hex.encode(Array(text.utf8)).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? "%\($0.element)" : "\($0.element)" }.joined()
    }
}
