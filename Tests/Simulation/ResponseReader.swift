import HTTP

/// A response as parsed by a client.
struct ReceivedResponse {
    var status = 0
    var fields: [String: String] = [:]
    /// The values of Set-Cookie, the only header field that may be repeated.
    var cookies: [String] = []
    var body = ""

    /// Whether the server says that it is the last of its connection.
    var closes: Bool { fields["connection"] == "close" }

    /// The value of a string member of the body; nil without it.
    subscript(member name: String) -> String? {
        guard let start = body.firstRange(of: "\"\(name)\":\"") else { return nil }
        return String(body[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The value of the session cookie that it sets; nil when it sets none.
    var cookie: String? {
        let field = cookies.first { $0.hasPrefix("session_token=") }
        let value = field?.dropFirst(14).prefix { $0 != ";" } ?? ""
        return value.isEmpty ? nil : String(value)
    }
}

/// Parses responses from received bytes, however they are split.
struct ResponseReader {
    private var bytes: [UInt8] = []
    /// How many bytes the next response has, once its head was parsed.
    private var needed = 0

    /// The bytes received that are not a complete response.
    var rest: Int { bytes.count }

    /// Appends received bytes.
    mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    /// Parses the next response; interim responses are skipped.
    ///
    /// - Parameter omitsBody: Whether it is the response to HEAD.
    /// - Returns: The response; nil until it is complete.
    mutating func next(omitsBody: Bool) -> ReceivedResponse? {
        while bytes.count >= needed {
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
            var answer = ReceivedResponse()
            let lines = bytes[..<end.lowerBound].split(separator: 13).map { line in
                String(decoding: line.drop { $0 == 10 }, as: UTF8.self)
            }
            answer.status =
                lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else { continue }
                let (name, value) = (parts[0].lowercased(), parts[1].drop { $0 == " " })
                if name == "set-cookie" { answer.cookies.append(String(value)) }
                answer.fields[name] = String(value)
            }
            let length =
                omitsBody || answer.status < 200
                ? 0 : answer.fields["content-length"].flatMap { Int($0) } ?? 0
            needed = end.upperBound + length
            guard bytes.count >= needed else { return nil }
            answer.body = String(
                decoding: bytes[end.upperBound..<end.upperBound + length], as: UTF8.self)
            bytes.removeFirst(needed)
            needed = 0
            if answer.status >= 200 || answer.status == 0 { return answer }
        }
        return nil
    }
}
