import Glibc
import Testing

@Suite struct ScheduleTests {
    /// The number of schedules that a test runs.
    private static let batch = 250

    private static var batches: [UInt64] {
        let count = Environment.number("LUNAUTH_SIMULATION_SCHEDULES") ?? 2_000
        return (0..<max(1, UInt64(count / batch))).map { $0 }
    }

    @Test(arguments: Environment.seed == nil ? batches : [])
    func `every request gets exactly one response, in order, and nothing leaks`(
        batch: UInt64
    ) throws {
        for seed in batch * UInt64(Self.batch)..<(batch + 1) * UInt64(Self.batch) {
            try verify(RunConfiguration(seed: seed))
        }
    }

    @Test(.enabled(if: Environment.seed != nil)) func `the requested seed passes`() throws {
        let seed = try #require(Environment.seed)
        let trace = Trace(keepsLines: true)
        let outcome = try Simulation.run(RunConfiguration(seed: seed), trace)
        print(trace.lines.joined(separator: "\n"))
        #expect(outcome.violations == [])
    }

    @Test func `a seed replays a run exactly`() throws {
        for seed in UInt64(0)..<100 {
            let runs = try (0..<2).map { _ in try Simulation.run(RunConfiguration(seed: seed)) }
            #expect(runs[0] == runs[1], "seed \(seed)")
        }
    }

    @Test(arguments: RunConfiguration.Flaw.allCases.filter { $0 != .none })
    func `a deliberate flaw is detected`(flaw: RunConfiguration.Flaw) throws {
        let found = try (UInt64(0)..<400).first { seed in
            try !Simulation.run(RunConfiguration(seed: seed, flaw: flaw)).violations.isEmpty
        }
        #expect(found != nil)
    }

    /// Runs a configuration; a violation is reported with the whole trace.
    private func verify(_ configuration: RunConfiguration) throws {
        let outcome = try Simulation.run(configuration)
        guard !outcome.violations.isEmpty else { return }
        let trace = Trace(keepsLines: true)
        _ = try Simulation.run(configuration, trace)
        Issue.record(
            """
            LUNAUTH_SIMULATION_SEED=\(configuration.seed) \(outcome.violations)
            \(trace.lines.suffix(60).joined(separator: "\n"))
            """)
    }
}

/// The environment variables of the simulation.
enum Environment {
    /// The only seed to run.
    static var seed: UInt64? { text("LUNAUTH_SIMULATION_SEED").flatMap { UInt64($0) } }

    /// A number.
    static func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    private static func text(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
