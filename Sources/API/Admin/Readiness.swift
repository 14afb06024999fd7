import HTTP

/// Whether one thing that requests depend on works.
package enum Readiness: Sendable, Equatable {
    /// It works.
    case ok
    /// It is not used here.
    case off
    /// It does not; a word that says how, and gives nothing away.
    case failing(String)

    /// The word for it.
    var text: String {
        switch self {
        case .ok: "ok"
        case .off: "off"
        case .failing(let how): how
        }
    }

    /// Whether requests that depend on it would fail.
    var isFailing: Bool {
        switch self {
        case .ok, .off: false
        case .failing: true
        }
    }
}
