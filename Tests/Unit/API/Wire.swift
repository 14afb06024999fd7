import HTTP

/// A GET of `path` with these field lines.
func get(_ path: String, _ fields: String...) -> String {
    (["GET \(path) HTTP/1.1", "Host: localhost:8080"] + fields).joined(separator: "\n") + "\n\n"
}

/// A GET of `path` as a browser navigates there, with these field lines.
func open(_ path: String, _ fields: String...) -> String {
    let head = ["GET \(path) HTTP/1.1", "Host: localhost:8080", acceptOfBrowsers]
    return (head + fields).joined(separator: "\n") + "\n\n"
}

/// What browsers send where a person sees the response.
let acceptOfBrowsers =
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

/// A POST of a JSON body with these field lines.
func post(_ path: String, _ body: String, _ fields: String...) -> String {
    let head = [
        "POST \(path) HTTP/1.1", "Host: localhost:8080", "Content-Type: application/json",
    ]
    return (head + fields).joined(separator: "\n") + "\n\n" + body
}

/// Any request with a JSON body and these field lines.
func send(_ method: String, _ path: String, _ body: String, _ fields: String...) -> String {
    let head = [
        "\(method) \(path) HTTP/1.1", "Host: localhost:8080", "Content-Type: application/json",
    ]
    return (head + fields).joined(separator: "\n") + "\n\n" + body
}

/// A form as a browser posts it, from the page itself unless other field lines say otherwise.
func form(_ path: String, _ body: String, _ fields: String...) -> String {
    let head = [
        "POST \(path) HTTP/1.1", "Host: localhost:8080",
        "Content-Type: application/x-www-form-urlencoded",
        acceptOfBrowsers,
    ]
    let isDeclared = fields.contains { $0.hasPrefix("Sec-Fetch-Site:") || $0.hasPrefix("Origin:") }
    let origin = isDeclared ? [] : ["Sec-Fetch-Site: same-origin"]
    return (head + origin + fields).joined(separator: "\n") + "\n\n" + body
}

/// A form that does not say where it comes from, as a program posts it.
func bareForm(_ path: String, _ body: String, _ fields: String...) -> String {
    let head = [
        "POST \(path) HTTP/1.1", "Host: localhost:8080",
        "Content-Type: application/x-www-form-urlencoded",
    ]
    return (head + fields).joined(separator: "\n") + "\n\n" + body
}

/// A DELETE of `path` with these field lines.
func delete(_ path: String, _ fields: String...) -> String {
    (["DELETE \(path) HTTP/1.1", "Host: localhost:8080"] + fields).joined(separator: "\n") + "\n\n"
}

/// An answer, taken apart.
struct ReceivedAnswer {
    let status: Status
    let fields: [(name: String, value: String)]
    let body: String

    init(_ response: Response) {
        status = response.status
        body = String(decoding: response.body, as: UTF8.self)
        fields = String(decoding: response.fields.bytes, as: UTF8.self)
            .split(separator: "\r\n").map { line in
                let colon = line.firstIndex(of: ":") ?? line.endIndex
                return (String(line[..<colon]), String(line[colon...].dropFirst(2)))
            }
    }

    /// The value of the field of this name; nil without one or with several.
    ///
    /// The cookie that makes a device known is not among them.
    subscript(name: String) -> String? {
        let values = fields.filter { $0.name == name && !Self.isDevice($0) }.map(\.value)
        return values.count == 1 ? values[0] : nil
    }

    /// All values of a field.
    func values(of name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The cookie that makes the device known, with its attributes.
    var deviceCookie: String? { fields.first(where: Self.isDevice)?.value }

    private static func isDevice(_ field: (name: String, value: String)) -> Bool {
        field.name == "Set-Cookie" && field.value.prefix { $0 != "=" }.hasSuffix("_device")
    }

    /// Everything, as a scenario looks for it.
    var text: String {
        (["\(status.rawValue)"] + fields.map { "\($0.name): \($0.value)" } + ["", body])
            .joined(separator: "\n")
    }
}
