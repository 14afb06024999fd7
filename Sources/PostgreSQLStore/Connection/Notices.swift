import CPostgreSQL

/// What a server tells a session beside the results of its statements (PostgreSQL 15 manual, 34.13).
@safe struct Notices {
    private let library: cpostgresql_functions
    /// Whether one was a warning.
    var hasWarning = false

    /// None yet.
    init(_ library: cpostgresql_functions) {
        self.library = library
    }

    /// Called by libpq with the address of a value, and a notice.
    static func receive(_ context: UnsafeMutableRawPointer?, _ notice: OpaquePointer?) {
        guard let notices = unsafe context?.assumingMemoryBound(to: Notices.self) else { return }
        // The severity, in English whatever the language of the server is.
        let severity = Int32(UInt8(ascii: "V"))
        let text = unsafe notices.pointee.library.PQresultErrorField(notice, severity)
        if let text = unsafe text, unsafe String(cString: text) == "WARNING" {
            unsafe notices.pointee.hasWarning = true
        }
    }
}
