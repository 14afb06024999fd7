import HTTP

/// A line `METHOD target [person [type]]`, then the body: any body is answered without a 500.
///
/// For example `POST /auth/login`, `PATCH /auth/users/{customer.id} admin`,
/// `POST /auth/password/reset - form` for a program, `POST /auth/password/reset - page` for a
/// browser. Setup runs on a server without an owner.
enum BodyHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let parts = input.split(
            separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(separator: UInt8(ascii: " "))
            .map { String(decoding: $0, as: UTF8.self) }
        guard words.count >= 2 else { return }
        var head = "\(words[0]) \(words[1]) HTTP/1.1\r\nHost: localhost:8080\r\n"
        if words.count > 2, words[2] != "-" {
            head += "Authorization: Bearer {\(words[2]).token}\r\n"
        }
        if words.count > 3, words[3] == "page" {
            head += "Accept: text/html\r\nSec-Fetch-Site: same-origin\r\n"
        }
        let type = words.count > 3 ? "x-www-form-urlencoded" : "json"
        head += "Content-Type: application/\(type)\r\n\r\n"
        let body = parts.dropFirst().first.map { Array($0) } ?? []
        try FuzzedSite.run { (site) throws(BrokenProperty) in
            site.begin(isFresh: words[1].hasPrefix("/auth/setup"))
            guard let request = try site.request(site.filled(Array(head.utf8)), body: body) else {
                return
            }
            try site.answer(request)
            // Accepted values can be displayed.
            try show("/auth/users?limit=100", to: "owner", site)
            try show("/auth/me/export", to: "customer", site)
        }
    }

    private static func show(
        _ path: String, to person: String, _ site: FuzzedSite
    ) throws(BrokenProperty) {
        let head = """
            GET \(path) HTTP/1.1\r\nHost: localhost\r\n\
            Authorization: Bearer {\(person).token}\r\n\r\n
            """
        if let request = try site.request(site.filled(Array(head.utf8)), body: []) {
            try site.answer(request)
        }
    }
}
