public import Crypto

extension FailedLogins {
    /// A count, as it is written down.
    public struct Count: Sendable, Equatable {
        /// What is counted.
        public let subject: Subject
        /// Whose count it is.
        public let key: Digest
        /// When nothing is left of it; nil when nothing is.
        public let endsAt: Timestamp?

        /// What is counted.
        public enum Subject: String, Sendable, CaseIterable {
            /// The failures of all strangers at an account.
            case account
            /// The failures of a known device or session.
            case known
        }

        /// A count from its parts.
        public init(_ subject: Subject, key: Digest, endsAt: Timestamp?) {
            self.subject = subject
            self.key = key
            self.endsAt = endsAt
        }
    }

    /// Takes out what changed since the last time, for somebody to write it down.
    ///
    /// - Parameters:
    ///   - limit: The most of each subject.
    ///   - time: Now, by the clock that goes on when the process ends.
    /// - Returns: The counts as they are.
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

    /// Has counts taken out again that could not be written down.
    public func markChanged(_ counts: [Count]) {
        for subject in Count.Subject.allCases {
            buckets(of: subject).markChanged(counts.filter { $0.subject == subject }.map(\.key))
        }
    }

    /// Goes on with the counts of a process that has ended.
    ///
    /// A clock that was put back meanwhile prolongs no wait beyond what an exhausted count takes.
    /// - Parameters:
    ///   - counts: As they were written down, the longest first: what finds no room is forgotten.
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

    private func buckets(of subject: Count.Subject) -> TokenBuckets<Digest> {
        switch subject {
        case .account: accounts
        case .known: known
        }
    }
}

extension UInt64 {
    /// As many milliseconds in nanoseconds.
    fileprivate var nanoseconds: UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: 1_000_000)
        return overflow ? .max : product
    }
}
