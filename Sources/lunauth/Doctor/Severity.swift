/// How bad a finding is; the worst one decides on the exit status of `lunauth doctor`.
enum Severity: String, Sendable, CaseIterable {
    /// As it should be.
    case ok
    /// Not looked at: it does not apply, or something else has to be mended first.
    case skipped
    /// The server works; something should be done about it.
    case warning
    /// The server does not work, loses data or is open to attack.
    case error

    /// The exit status: 0, 1 with warnings, 2 with errors.
    var exitStatus: Int32 {
        switch self {
        case .ok, .skipped: 0
        case .warning: 1
        case .error: 2
        }
    }
}
