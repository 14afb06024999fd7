package import Metrics

/// What the admin entrance tells of the rooms that this one does not know.
package struct Monitoring: Sendable {
    /// One thing that requests depend on.
    package struct Check: Sendable {
        let name: String
        let readiness: @Sendable () -> Readiness

        /// A check from its parts.
        ///
        /// - Parameters:
        ///   - name: A word.
        ///   - readiness: Asked on a worker of the store lane; must answer soon.
        package init(_ name: String, _ readiness: @escaping @Sendable () -> Readiness) {
            self.name = name
            self.readiness = readiness
        }
    }

    /// Adds families to a scrape, on a worker of the store lane.
    package typealias Collector = @Sendable (inout Exposition) -> Void

    /// Everything that has to work, beside the database.
    package var checks: [Check]
    /// Everything that is measured, beside requests and accounts.
    package var collectors: [Collector]

    /// A monitoring from its parts.
    package init(checks: [Check] = [], collectors: [Collector] = []) {
        self.checks = checks
        self.collectors = collectors
    }
}
