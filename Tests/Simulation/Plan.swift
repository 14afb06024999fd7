import TestSupport

@testable import Server

/// What a seed decides about a run before it begins.
struct Plan {
    /// The seed.
    let seed: UInt64
    /// Whether nothing goes wrong and nobody is slow: then no request may be refused.
    let isCalm: Bool
    /// Event loops.
    let loops: Int
    /// Workers of the store lane, and of the hashing lane.
    let workers: (store: Int, hashing: Int)
    /// How many requests a lane's queue takes.
    let queue: Int
    /// The most connections.
    let maximumConnections: Int
    /// The most descriptors of the server.
    let descriptors: Int
    /// How many clients there are.
    let clients: Int
    /// How many requests each of them sends.
    let requests: Int
    /// Whether the listening socket outlives the process.
    let isInherited: Bool
    /// Of a thousand steps, how many are a crash, an orderly restart, a jump of the clock, a reload,
    /// and how many times a thousand commits fail.
    let (crashes, restarts, jumps, reloads, faults): (Int, Int, Int, Int, Int)
    /// The most nanoseconds that pass in a step.
    let pace: Int
    /// Whether many clients break off and come again before a worker has done what they asked.
    let isHasty: Bool
    /// The part that is broken on purpose.
    let flaw: Flaw

    /// What can be broken on purpose, for simulations that have to find it.
    enum Flaw: CaseIterable {
        case none
        /// Answers come before the disk has what they say.
        case earlyDisk
        /// A crash brings ended sessions back.
        case forgetfulDisk
        /// A worker answers twice.
        case answersTwice
        /// A worker drops a request.
        case dropsRequest
        /// A worker swaps the ids of two answers.
        case mixesUp
        /// Somebody keeps a connection that is over.
        case leaksConnection
        /// A fault is answered with 401.
        case blamesClient
        /// A loop does not hear that a connection broke.
        case ignoresBreaks
        /// A late answer goes to whoever has the place of its connection by then.
        case answersSuccessor
        /// A loop forgets that a client ended its output.
        case forgetsHalfClose
    }

    /// The plan of a seed.
    init(seed: UInt64, flaw: Flaw = .none) {
        var chance = Chance(seed: seed)
        self.seed = seed
        self.flaw = flaw
        isCalm = chance.happens(20)
        loops = chance.number(in: 1...2)
        workers = (chance.number(in: 1...2), chance.number(in: 1...2))
        clients = chance.number(in: 2...5)
        requests = chance.number(in: 2...8)
        isInherited = chance.happens(30)
        let isTight = !isCalm && chance.happens(40)
        queue = isTight && chance.happens(60) ? chance.number(in: 1...3) : 1_024
        maximumConnections = isTight && chance.happens(50) ? chance.number(in: 2...4) : 1_000
        descriptors = isTight && chance.happens(40) ? chance.number(in: 4...7) : .max
        var troubles = [0, 0, 0, 0, 0]
        for index in troubles.indices where !isCalm && chance.happens(40) {
            troubles[index] = chance.number(in: 1...12)
        }
        (crashes, restarts, jumps, reloads) = (troubles[0], troubles[1], troubles[2], troubles[3])
        faults = troubles[4] * 20
        pace = isCalm ? 100_000 : chance.pick([1_000, 1_000_000, 50_000_000, 400_000_000])
        isHasty = !isCalm && chance.happens(20)
    }

    /// Whether connections may be refused or closed to make room.
    var isCrowded: Bool { maximumConnections < 1_000 || descriptors < .max }
}
