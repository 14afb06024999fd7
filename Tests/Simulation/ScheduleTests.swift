import Glibc
import Testing

@Suite struct ScheduleTests {
    /// How many schedules a test runs.
    private static let batch = 250

    private static var batches: [UInt64] {
        let count = Environment.number("LUNAUTH_SIMULATION_SCHEDULES") ?? 2_000
        return (0..<max(1, UInt64(count / batch))).map { $0 }
    }

    @Test(arguments: Environment.seed == nil ? batches : [])
    func `every request gets its one answer, in order, and nothing is left`(
        batch: UInt64
    ) throws {
        for seed in batch * UInt64(Self.batch)..<(batch + 1) * UInt64(Self.batch) {
            try hold(Plan(seed: seed))
        }
    }

    @Test(.enabled(if: Environment.seed != nil)) func `the seed that was asked for`() throws {
        let seed = try #require(Environment.seed)
        let trace = Trace(keepsLines: true)
        let outcome = try Simulation.run(Plan(seed: seed), trace)
        print(trace.lines.joined(separator: "\n"))
        #expect(outcome.violations == [])
    }

    @Test func `a seed replays a run exactly`() throws {
        for seed in UInt64(0)..<100 {
            let runs = try (0..<2).map { _ in try Simulation.run(Plan(seed: seed)) }
            #expect(runs[0] == runs[1], "seed \(seed)")
        }
    }

    @Test(arguments: Plan.Flaw.allCases.filter { $0 != .none })
    func `a part that is broken is found`(flaw: Plan.Flaw) throws {
        let found = try (UInt64(0)..<400).first { seed in
            try !Simulation.run(Plan(seed: seed, flaw: flaw)).violations.isEmpty
        }
        #expect(found != nil)
    }

    /// Runs a plan; what goes wrong is told with everything that led to it.
    private func hold(_ plan: Plan) throws {
        let outcome = try Simulation.run(plan)
        guard !outcome.violations.isEmpty else { return }
        let trace = Trace(keepsLines: true)
        _ = try Simulation.run(plan, trace)
        Issue.record(
            """
            LUNAUTH_SIMULATION_SEED=\(plan.seed) \(outcome.violations)
            \(trace.lines.suffix(60).joined(separator: "\n"))
            """)
    }
}

/// What the environment asks of the simulation.
enum Environment {
    /// The one seed to run.
    static var seed: UInt64? { text("LUNAUTH_SIMULATION_SEED").flatMap { UInt64($0) } }

    /// A number.
    static func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    private static func text(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
