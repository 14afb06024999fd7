import CCurl
import Mail

/// A handle of libcurl and the connections that it keeps.
///
/// Confined to one thread.
@safe final class CurlHandle {
    /// What goes over a connection.
    enum Direction {
        /// To the server.
        case sent
        /// From the server.
        case received
    }

    /// The most bytes kept of a response.
    private static let maximumReceivedBytes = 4 << 10

    /// What is uploaded by the next transfer, where that is no content of a request.
    var upload: [UInt8] = []
    /// Receives each line of the protocol; only while `CURLOPT_VERBOSE` is set.
    var observer: ((Direction, [UInt8]) -> Void)?
    /// The beginning of what the last transfer downloaded.
    private(set) var received: [UInt8] = []

    private let handle: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var uploadedBytes = 0
    private var lists: [UInt32: UnsafeMutablePointer<curl_slist>] = unsafe [:]

    /// A handle with what all transfers have in common: TLS that is checked, one protocol, no
    /// signals, nothing on the standard streams.
    ///
    /// - Parameters:
    ///   - protocols: Those that it may speak: `smtp,smtps`.
    ///   - seconds: How long a transfer may take.
    ///   - caFile: The authorities that are trusted instead of the system's.
    /// - Throws: When libcurl cannot do that.
    init(protocols: String, seconds: Int, caFile: String?) throws(MailError) {
        guard curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK,
            let handle = unsafe curl_easy_init()
        else { throw .configuration(member: "transport", reason: "has no libcurl to use") }
        unsafe self.handle = handle
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try require(unsafe ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_TIMEOUT_MS, seconds * 1_000)
        // Else a name server that is silent makes it wait for longer than that.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let caFile {
            try set(CURLOPT_CAINFO, caFile)
            // Else the system's directory would be trusted beside the file.
            try set(CURLOPT_CAPATH, nil)
        }
        try setCallbacks()
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe lists.values.forEach { unsafe curl_slist_free_all($0) }
        unsafe errorText.deallocate()
    }

    /// Sets an option that is a number.
    func set(_ option: CURLoption, _ number: Int) throws(MailError) {
        try require(unsafe ccurl_set_number(handle, option, number))
    }

    /// Sets an option that is a text, which libcurl copies; nil takes it away.
    func set(_ option: CURLoption, _ text: String?) throws(MailError) {
        try require(unsafe ccurl_set_text(handle, option, text))
    }

    /// Sets an option that is a list of texts, in place of its list before.
    func set(_ option: CURLoption, _ texts: [String]) throws(MailError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts {
            guard let longer = unsafe curl_slist_append(list, text) else {
                unsafe curl_slist_free_all(list)
                throw .configuration(member: "transport", reason: "has no memory to use")
            }
            unsafe list = longer
        }
        try require(unsafe ccurl_set_list(handle, option, list))
        unsafe curl_slist_free_all(lists[option.rawValue])
        unsafe lists[option.rawValue] = list
    }

    /// Sets what is posted; libcurl copies it, and so can send it once more over another connection.
    func setContent(_ bytes: [UInt8]) throws(MailError) {
        try set(CURLOPT_POSTFIELDSIZE, bytes.count)
        var bytes = bytes
        try require(unsafe ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, &bytes))
    }

    /// Makes the transfer that the options describe.
    func perform() -> CURLcode {
        received = []
        uploadedBytes = 0
        unsafe errorText.pointee = 0
        return unsafe curl_easy_perform(handle)
    }

    /// The status of the last answer; 0 without one.
    var responseCode: Int { number(CURLINFO_RESPONSE_CODE) }

    /// Whether the last transfer needed no new connection.
    var hasReusedConnection: Bool { number(CURLINFO_NUM_CONNECTS) == 0 }

    /// The version of HTTP of the last response.
    var httpVersion: String {
        number(CURLINFO_HTTP_VERSION) >= Int(CURL_HTTP_VERSION_2_0) ? "2" : "1.1"
    }

    /// The address of this machine's end of the last connection; nil without one.
    var localAddress: String? {
        var text: UnsafePointer<CChar>?
        guard unsafe ccurl_get_text(handle, CURLINFO_LOCAL_IP, &text) == CURLE_OK,
            let text = unsafe text
        else { return nil }
        return unsafe String(cString: text)
    }

    /// Why a transfer failed.
    func reason(for code: CURLcode) -> String {
        let text = unsafe String(cString: errorText)
        guard text.isEmpty else { return "curl \(code.rawValue): \(text)" }
        return unsafe "curl \(code.rawValue): \(String(cString: curl_easy_strerror(code)))"
    }

    private func number(_ info: CURLINFO) -> Int {
        var number = 0
        unsafe ccurl_get_number(handle, info, &number)
        return number
    }

    private func require(_ code: CURLcode) throws(MailError) {
        guard code != CURLE_OK else { return }
        let reason = unsafe String(cString: curl_easy_strerror(code))
        throw .configuration(member: "transport", reason: "is refused by libcurl: \(reason)")
    }
}

extension CurlHandle {
    /// Hands this object to the callbacks; libcurl calls them within `perform` alone.
    private func setCallbacks() throws(MailError) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        try require(
            unsafe ccurl_set_reader(handle) { buffer, size, count, context in
                guard let buffer = unsafe buffer else { return 0 }
                return unsafe CurlHandle.of(context).read(into: buffer, size * count)
            })
        try require(unsafe ccurl_set_pointer(handle, CURLOPT_READDATA, context))
        try require(
            unsafe ccurl_set_writer(handle) { bytes, size, count, context in
                let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
                unsafe CurlHandle.of(context).write(bytes)
                return bytes.count
            })
        try require(unsafe ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context))
        try require(
            unsafe ccurl_set_observer(handle) { _, kind, bytes, count, context in
                let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
                unsafe CurlHandle.of(context).observe(kind, bytes)
                return 0
            })
        try require(unsafe ccurl_set_pointer(handle, CURLOPT_DEBUGDATA, context))
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> CurlHandle {
        guard let context = unsafe context else {
            preconditionFailure("a callback without its handle")
        }
        return unsafe Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue()
    }

    private func read(into buffer: UnsafeMutablePointer<CChar>, _ capacity: Int) -> Int {
        let part = upload.dropFirst(uploadedBytes).prefix(capacity)
        unsafe UnsafeMutableRawBufferPointer(start: buffer, count: capacity).copyBytes(from: part)
        uploadedBytes += part.count
        return part.count
    }

    private func write(_ bytes: UnsafeRawBufferPointer) {
        unsafe received.append(
            contentsOf: bytes.prefix(Self.maximumReceivedBytes - received.count))
    }

    private func observe(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
        switch kind {
        case CURLINFO_HEADER_OUT: observer?(.sent, unsafe Array(bytes))
        case CURLINFO_HEADER_IN: observer?(.received, unsafe Array(bytes))
        default: break
        }
    }
}
