import Testing

/// One response, parsed strictly.
struct HTTPResponse: Sendable {
    /// The status code.
    let status: Int
    /// The header fields, in order.
    let fields: [(name: String, value: String)]
    /// The content.
    let body: [UInt8]

    /// The value of a header field that occurs at most once; nil without it.
    subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The values of a header field.
    func values(of name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The content as JSON; null when it is not JSON.
    var json: JSON { (try? JSON(body)) ?? .null }

    /// The content as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The stable code of an error.
    var code: String? { json["code"]?.text }

    /// The session token in the response's cookie; nil without one, empty when it is cleared.
    var cookie: String? {
        guard let value = self["Set-Cookie"], value.hasPrefix("session_token=") else { return nil }
        return String(value.dropFirst("session_token=".count).prefix { $0 != ";" })
    }

    /// The device cookie in the response, name and value; nil without one.
    var deviceCookie: String? {
        values(of: "Set-Cookie").first { $0.hasPrefix("session_token_device=") }
            .map { String($0.prefix { $0 != ";" }) }
    }

    /// The attributes of the cookie, without its name and value.
    var cookieAttributes: Set<String> {
        Set((self["Set-Cookie"] ?? "").split(separator: "; ").dropFirst().map(String.init))
    }
}

extension HTTPResponse {
    /// Expects an error with its stable code and a sentence for people.
    func expect(
        _ status: Int, _ code: String, fields: Set<String> = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(self.status == status, sourceLocation: sourceLocation)
        #expect(self.code == code, sourceLocation: sourceLocation)
        #expect(json["fields"]?.names ?? [] == fields, sourceLocation: sourceLocation)
        #expect(cookie == nil, "a refusal leaves cookies alone", sourceLocation: sourceLocation)
    }

    /// Whether the response is an HTML page.
    var isPage: Bool { self["Content-Type"] == "text/html; charset=utf-8" }

    /// Checks the rules for every response of every endpoint.
    ///
    /// - Parameter isToHead: Whether the request was HEAD.
    func checkGeneralRules(isToHead: Bool) {
        #expect(self["X-Content-Type-Options"] == "nosniff")
        #expect(self["Content-Security-Policy"]?.hasPrefix("default-src 'none'; ") == true)
        #expect(
            self["Content-Security-Policy"]?.contains("; frame-ancestors 'none'") == true)
        #expect(self["Referrer-Policy"] == (isPage ? "same-origin" : "no-referrer"))
        #expect(self["Cache-Control"] == "no-store")
        #expect(values(of: "X-Request-Id").count == 1)
        let cookies = values(of: "Set-Cookie").map { $0.prefix { $0 != "=" } }
        #expect(Set(cookies).count == cookies.count)
        #expect(self["Date"]?.hasSuffix(" GMT") == true)
        #expect(!fields.contains { $0.name.lowercased().hasPrefix("access-control-") })
        if status == 401 { #expect(self["WWW-Authenticate"]?.hasPrefix("Bearer") == true) }
        if status == 405 { #expect(self["Allow"] != nil) }
        // A missing configuration is not temporary.
        if status == 429 || status == 503 && code != "mail_not_configured" {
            #expect(self["Retry-After"].flatMap { Int($0) }.map { $0 >= 1 } == true)
        }
        guard status != 204 else {
            #expect(body.isEmpty)
            return
        }
        guard !values(of: "Content-Type").isEmpty else {
            #expect(body.isEmpty, "what has no type has no content")
            return
        }
        guard self["Content-Type"] != Scrape.mediaType else {
            #expect(status == 200 && isToHead == body.isEmpty)
            return
        }
        #expect(self["Content-Type"] == (isPage ? "text/html; charset=utf-8" : "application/json"))
        guard !isToHead else {
            #expect(body.isEmpty)
            return
        }
        #expect(isPage || json.names != [], "the content is a JSON object")
        guard status >= 400 else { return }
        Secrets.search(String(decoding: body, as: UTF8.self), from: "an error answer")
        guard !isPage else { return }
        #expect(json.names.isSuperset(of: ["error", "code"]))
        #expect(json["error"]?.text?.contains(" ") == true, "a sentence for a person")
    }
}
