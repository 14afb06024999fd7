public import Crypto

extension FailedLogins {
    /// The stored form of a count.
    public struct Count: Sendable, Equatable {
        /// What is counted.
        public let subject: Subject
        /// Whose count it is, as a MAC.
        public let key: Digest
        /// When the count is back at zero; nil when it is.
        public let endsAt: Timestamp?

        /// What is counted.
        public enum Subject: String, Sendable, CaseIterable {
            /// The failures of all strangers at an account.
            case account
            /// The failures of a known device or session.
            case known
        }

        /// Creates a count from its parts.
        public init(_ subject: Subject, key: Digest, endsAt: Timestamp?) {
            self.subject = subject
            self.key = key
            self.endsAt = endsAt
        }
    }

    /// Returns the counts that changed since the last call, to be stored.
    ///
    /// - Parameters:
    ///   - limit: The most counts of each subject.
    ///   - time: Now, by the wall clock, which outlives the process.
    /// - Returns: The present counts.
    public func takeChanges(limit: Int, at time: Timestamp) -> [Count] {
        let now = now()
        return Count.Subject.allCases.flatMap { subject in
            buckets(of: subject).takeChanges(limit: limit, now: now).map { key, untilFull in
                let endsAt = Timestamp(
                    milliseconds: time.milliseconds + Int64(untilFull / 1_000_000))
                return Count(subject, key: key, endsAt: untilFull == 0 ? nil : endsAt)
            }
        }
    }

    /// Marks counts as changed again after they could not be stored.
    public func markChanged(_ counts: [Count]) {
        for subject in Count.Subject.allCases {
            buckets(of: subject).markChanged(counts.filter { $0.subject == subject }.map(\.key))
        }
    }

    /// Restores the counts of an earlier process.
    ///
    /// A clock that was set back meanwhile prolongs no wait beyond that of an exhausted count.
    /// - Parameters:
    ///   - counts: The stored counts, the longest first: those that do not fit are forgotten.
    ///   - time: Now.
    public func restore(_ counts: [Count], at time: Timestamp) {
        let now = now()
        for count in counts {
            guard let endsAt = count.endsAt, endsAt > time else { continue }
            let (left, overflow) = endsAt.milliseconds.subtractingReportingOverflow(
                time.milliseconds)
            buckets(of: count.subject).restore(
                count.key, untilFull: overflow ? .max : UInt64(left).nanoseconds, now: now)
        }
    }

    /// The buckets of a subject.
    func buckets(of subject: Count.Subject) -> TokenBuckets<Digest> {
        switch subject {
        case .account: accounts
        case .known: known
        }
    }
}

extension UInt64 {
    /// This number of milliseconds in nanoseconds.
    fileprivate var nanoseconds: UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: 1_000_000)
        return overflow ? .max : product
    }
}
