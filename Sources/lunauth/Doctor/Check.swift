/// One thing that `lunauth doctor` looks at.
struct Check: Sendable {
    /// Its stable name, `family.subject`: programs read it, and it is never given to another check.
    let id: String
    /// What it looks at, as the documentation says it.
    let looksAt: String
    /// Looks.
    ///
    /// - Returns: What it found; at least one finding.
    let examine: @Sendable (Examination) -> [Finding]

    init(
        _ id: String, _ looksAt: String,
        _ examine: @escaping @Sendable (Examination) -> [Finding]
    ) {
        self.id = id
        self.looksAt = looksAt
        self.examine = examine
    }

    /// Every check, in the order in which it is made and printed.
    static let all: [Check] = [
        configurationChecks, fileChecks, databaseChecks, keyChecks, hashingChecks, hostChecks,
        backupChecks, mailChecks, setupChecks, proxyChecks,
    ].flatMap(\.self)
}

/// A check and what it found.
struct CheckResult: Sendable, Equatable {
    /// The name of the check.
    let check: String
    /// At least one finding.
    let findings: [Finding]
}
