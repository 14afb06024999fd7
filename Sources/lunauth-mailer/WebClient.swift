import CCurl
import Mail

/// Requests to a website over HTTP/2 or HTTP/1.1, for the doctor: no redirect is followed, no proxy of
/// the environment is used, and connections are kept.
struct WebClient {
    private final class State {
        var head = WebResponseHead()
    }

    private let curl: CurlHandle
    private let state = State()

    /// Prepares the requests; the first one opens a connection.
    ///
    /// - Throws: When libcurl does not support it.
    init(_ configuration: WebClientConfiguration) throws(MailError) {
        curl = try CurlHandle(
            protocols: "http,https", seconds: configuration.timeoutSeconds,
            caFile: configuration.caFile)
        try curl.set(CURLOPT_USERAGENT, "lunauth-doctor")
        try curl.set(CURLOPT_PROXY, "")
        if let address = configuration.address {
            let host = address.contains(":") ? "[\(address)]" : address
            // Of any host and port, to this host and the same port.
            try curl.set(CURLOPT_CONNECT_TO, ["::\(host):"])
        }
        try curl.set(CURLOPT_VERBOSE, 1)
        curl.observer = { [state] direction, bytes in
            if direction == .received { state.head.receive(bytes) }
        }
    }

    /// Sends a request.
    ///
    /// - Parameter order: The request.
    /// - Returns: Its response, or why there was none.
    func carryOut(_ order: WebOrder) -> WebReceipt {
        state.head = WebResponseHead()
        do throws(MailError) {
            try prepare(order)
        } catch {
            return WebReceipt(status: nil, detail: "\(error)")
        }
        let code = curl.perform()
        guard code == CURLE_OK else {
            return WebReceipt(status: nil, detail: curl.reason(for: code))
        }
        return WebReceipt(
            status: curl.responseCode, body: String(decoding: curl.received, as: UTF8.self),
            fields: state.head.fields, version: curl.httpVersion, localAddress: curl.localAddress)
    }

    private func prepare(_ order: WebOrder) throws(MailError) {
        try curl.set(CURLOPT_URL, order.url)
        let (isNew, version) =
            order.isOnNewConnection
            ? (1, Int(CURL_HTTP_VERSION_1_1)) : (0, Int(CURL_HTTP_VERSION_2TLS))
        try curl.set(CURLOPT_FRESH_CONNECT, isNew)
        try curl.set(CURLOPT_FORBID_REUSE, isNew)
        try curl.set(CURLOPT_HTTP_VERSION, version)
        var fields = order.fields.map { "\($0): \($1)" }
        switch order.method {
        case .get: try curl.set(CURLOPT_HTTPGET, 1)
        case .post:
            fields.append("Content-Type: application/json")
            try curl.set(CURLOPT_POST, 1)
            let padding = max(0, order.bodyBytes - 2)
            try curl.setContent(Array("{}".utf8) + Array(repeating: 0x20, count: padding))
        }
        try curl.set(CURLOPT_HTTPHEADER, fields)
    }
}

/// The fields of a response that are reported, read line by line.
struct WebResponseHead {
    /// By their names in lower case; lines of one name are joined by line feeds.
    private(set) var fields: [String: String] = [:]

    /// Reads a line.
    mutating func receive(_ line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        // An interim response came before this one.
        if text.hasPrefix("HTTP/") { fields = [:] }
        guard let colon = text.firstIndex(of: ":") else { return }
        let name = text[..<colon].lowercased()
        guard WebReceipt.reportedFields.contains(name) else { return }
        let value = String(text[text.index(after: colon)...]).trimmed
        fields[name] = fields[name].map { "\($0)\n\(value)" } ?? value
    }
}

extension String {
    /// Without white space at either end.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
