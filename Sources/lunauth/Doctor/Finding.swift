/// What a check found, and what to do about it.
struct Finding: Sendable, Equatable {
    /// How bad it is.
    let severity: Severity
    /// What was found: one line, never a secret.
    let text: String
    /// What to do; nil where nothing is to be done.
    let advice: String?

    /// All is well.
    static func ok(_ text: String) -> Finding {
        Finding(severity: .ok, text: text, advice: nil)
    }

    /// Nothing was looked at, for this reason.
    static func skipped(_ reason: String) -> Finding {
        Finding(severity: .skipped, text: reason, advice: nil)
    }

    /// Something should be done.
    static func warning(_ text: String, advice: String) -> Finding {
        Finding(severity: .warning, text: text, advice: advice)
    }

    /// Something must be done.
    static func error(_ text: String, advice: String) -> Finding {
        Finding(severity: .error, text: text, advice: advice)
    }
}

extension [Finding] {
    /// These findings, or that all is well where there is none.
    func orOK(_ text: @autoclosure () -> String) -> [Finding] {
        isEmpty ? [.ok(text())] : self
    }

    /// The worst of them.
    var worst: Severity { map(\.severity).max { $0.exitStatus < $1.exitStatus } ?? .ok }
}
