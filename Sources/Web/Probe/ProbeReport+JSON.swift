package import JSON

extension ProbeReport {
    /// The report as an object.
    package var json: JSONObject {
        func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
        var object = JSONObject()
        object.add("peer", text(peer))
        object.add("port", port.map { .integer(Int64($0)) } ?? .null)
        object.add("trusted", .bool(isTrusted))
        object.add("client", text(client))
        object.add("namesClient", .bool(namesClient))
        object.add("namesScheme", .bool(namesScheme))
        object.add("scheme", .string(isSecure ? "https" : "http"))
        object.add("host", text(host))
        object.add("persistent", .bool(keepsConnection))
        object.add("bodyBytes", .integer(Int64(bodyBytes)))
        object.add("canaries", .array(canaries.map { .string($0.rawValue) }))
        object.add("cookie", .string(cookie))
        return object
    }

    /// Reads a report; nil for anything else.
    package init?(_ value: JSONValue) {
        guard case .object(let members) = value else { return nil }
        func text(_ name: String) -> String? {
            if case .string(let text)? = members[name] { text } else { nil }
        }
        func flag(_ name: String) -> Bool? {
            if case .bool(let flag)? = members[name] { flag } else { nil }
        }
        func number(_ name: String) -> Int? {
            if case .integer(let number)? = members[name] { Int(exactly: number) } else { nil }
        }
        guard let isTrusted = flag("trusted"), let namesClient = flag("namesClient"),
            let namesScheme = flag("namesScheme"), let scheme = text("scheme"),
            let keepsConnection = flag("persistent"), let bodyBytes = number("bodyBytes"),
            case .array(let names)? = members["canaries"], let cookie = text("cookie")
        else { return nil }
        let canaries = names.compactMap { name -> ProbeCanary? in
            if case .string(let text) = name { ProbeCanary(rawValue: text) } else { nil }
        }
        self.init(
            peer: text("peer"), port: number("port"), isTrusted: isTrusted, client: text("client"),
            namesClient: namesClient, namesScheme: namesScheme, isSecure: scheme == "https",
            host: text("host"), keepsConnection: keepsConnection, bodyBytes: bodyBytes,
            canaries: canaries, cookie: cookie)
    }
}
