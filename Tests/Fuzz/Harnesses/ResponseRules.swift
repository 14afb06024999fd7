import API
import HTTP
import JSON
import Web

/// Rules for every response, whatever the request.
enum ResponseRules {
    /// Checks a response as a client would parse it.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - refuses: Whether it refuses an unreadable request: then it may be 501 or 505.
    /// - Throws: The violated rule.
    static func check(_ response: Response, refuses: Bool = false) throws(BrokenProperty) {
        let status = response.status.rawValue
        try Fuzzing.check(status < 500 || refuses, "\(status): \(text(response.body))")
        var wire: [UInt8] = []
        response.serialize(
            into: &wire, date: HTTPDate.format(0), omitsBody: false, minorVersion: 1, closes: false)
        let fields = try readFields(of: wire, endingIn: response.body)
        try Fuzzing.check(fields["x-request-id"]?.isEmpty == false, "no id")
        if let location = fields["location"] {
            try Fuzzing.check(
                ["/login", "/auth/", "http://localhost:8080/login"].contains {
                    location.hasPrefix($0)
                },
                "redirected to \(location)")
        }
        guard fields["content-type"] == "application/json", status != 204 else { return }
        guard
            let value = try? JSONValue.decode(
                response.body, limits: JSONLimits(depth: 32, values: .max)),
            case .object(let members) = value
        else { throw BrokenProperty("no JSON object: \(text(response.body))") }
        guard status >= 400 else { return }
        guard case .string(let sentence) = members["error"], !sentence.isEmpty,
            case .string(let code) = members["code"], ErrorCode(rawValue: code) != nil
        else { throw BrokenProperty("no error: \(text(response.body))") }
        try Fuzzing.check(fields["set-cookie"] == nil, "an error sets a cookie")
    }

    /// Parses the header fields of a response that ends in its content.
    ///
    /// - Throws: When a value has become a line of its own, or the length is wrong.
    private static func readFields(
        of wire: [UInt8], endingIn body: [UInt8]
    ) throws(BrokenProperty) -> [String: String] {
        var fields: [String: String] = [:]
        var lines = wire.split(separator: 10, omittingEmptySubsequences: false)[...]
        try Fuzzing.check(
            lines.popFirst()?.starts(with: "HTTP/1.1 ".utf8) == true, "no status line")
        while let line = lines.popFirst() {
            try Fuzzing.check(line.last == 13, "a bare line feed in the head")
            guard line.count > 1 else { break }
            try Fuzzing.check(
                line.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a control in a field")
            let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
            let name = text(line[..<colon]).lowercased()
            let value = text(line[colon...].dropFirst(2).dropLast())
            // A server may set several cookies.
            try Fuzzing.check(fields[name] == nil || name == "set-cookie", "\(name) twice")
            fields[name] = value
        }
        let content = Array(lines.joined(separator: [10]))
        try Fuzzing.check(content == body, "the head ends elsewhere")
        let length = fields["content-length"]
        try Fuzzing.check(
            length == "\(body.count)" || length == nil && body.isEmpty, "another length")
        return fields
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: Array(bytes), as: UTF8.self)
    }
}
