package import Metrics

/// What monitoring reports about modules that this one does not know: on the admin listener, and on
/// the overview of the administration.
package struct Monitoring: Sendable {
    /// One thing that requests depend on.
    package struct Check: Sendable {
        package let name: String
        package let readiness: @Sendable () -> Readiness

        /// A named check.
        ///
        /// - Parameters:
        ///   - name: A word.
        ///   - readiness: Called on a worker of the store lane; must return soon.
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

    /// Monitoring with these checks and collectors.
    package init(checks: [Check] = [], collectors: [Collector] = []) {
        self.checks = checks
        self.collectors = collectors
    }
}

/// Whether one thing that requests depend on works.
package enum Readiness: Sendable, Equatable {
    /// It works.
    case ok
    /// It is not used here.
    case off
    /// Requests are served, but not as well as they could be; a word that says why, and reveals nothing.
    case impaired(String)
    /// It fails; a word that says how, and reveals nothing.
    case failing(String)

    /// The word for it.
    package var text: String {
        switch self {
        case .ok: "ok"
        case .off: "off"
        case .impaired(let how), .failing(let how): how
        }
    }

    /// Whether requests that depend on it would fail.
    package var isFailing: Bool {
        switch self {
        case .ok, .off, .impaired: false
        case .failing: true
        }
    }
}
