/// One request.
struct Call: Sendable {
    /// `GET`.
    var method: String
    /// The request-target.
    var target: String
    /// Header fields besides Host and Content-Length.
    var fields: [(name: String, value: String)] = []
    /// The content.
    var body: [UInt8]?

    /// A GET.
    static func get(_ target: String) -> Call {
        Call(method: "GET", target: target)
    }

    /// A GET by a browser that navigates.
    static func open(_ target: String) -> Call {
        Call.get(target).with("Accept", "text/html,*/*;q=0.8")
    }

    /// A POST of JSON.
    static func post(_ target: String, _ json: JSON = [:]) throws -> Call {
        for name in ["password", "currentPassword", "newPassword"] {
            Secrets.protect(json[name]?.text)
        }
        return post(target, text: String(decoding: try json.encoded, as: UTF8.self))
    }

    /// A POST of any text with any media type.
    static func post(
        _ target: String, text: String, type: String? = "application/json"
    ) -> Call {
        let fields = type.map { [(name: "Content-Type", value: $0)] } ?? []
        return Call(method: "POST", target: target, fields: fields, body: Array(text.utf8))
    }

    /// This request with another method.
    func by(_ method: String) -> Call {
        var call = self
        call.method = method
        return call
    }

    /// A form that a browser submits, from a page of this site unless another is named, or none.
    static func form(_ target: String, _ fields: String, from site: String? = "same-origin") -> Call
    {
        Call.post(target, text: fields, type: "application/x-www-form-urlencoded")
            .with("Accept", "text/html,*/*;q=0.8").with("Sec-Fetch-Site", site)
    }

    /// This request with one more header field.
    func with(_ name: String, _ value: String?) -> Call {
        var call = self
        if let value { call.fields.append((name, value)) }
        return call
    }

    /// This request with a Bearer token.
    func bearer(_ token: String) -> Call {
        Secrets.protect(token)
        return with("Authorization", "Bearer \(token)")
    }

    /// This request with the session cookie.
    func cookie(_ value: String) -> Call {
        Secrets.protect(value)
        return with("Cookie", "session_token=\(value)")
    }

    /// This request as sent by a browser at that address through a proxy on this machine.
    func from(_ address: String) -> Call {
        with("X-Forwarded-For", address)
    }

    /// The serialised request.
    ///
    /// - Parameter host: The Host header field, unless the request has its own.
    /// - Returns: Head and content.
    func encoded(host: String) -> [UInt8] {
        if let query = target.firstIndex(of: "?") {
            Secrets.protect(String(target[target.index(after: query)...]))
        }
        var head = "\(method) \(target) HTTP/1.1\r\n"
        if !fields.contains(where: { $0.name == "Host" }) { head += "Host: \(host)\r\n" }
        for field in fields { head += "\(field.name): \(field.value)\r\n" }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        return Array("\(head)\r\n".utf8) + (body ?? [])
    }
}
