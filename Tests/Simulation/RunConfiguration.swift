import TestSupport

@testable import Server

/// The configuration of a run, determined by its seed.
struct RunConfiguration {
    /// The seed.
    let seed: UInt64
    /// Whether nothing fails and no client is slow: then no request may be refused.
    let isCalm: Bool
    /// Event loops.
    let loops: Int
    /// Workers of the store lane, and of the hashing lane.
    let workers: (store: Int, hashing: Int)
    /// The capacity of a lane's queue.
    let queue: Int
    /// The connection limit.
    let maximumConnections: Int
    /// The descriptor limit of the server.
    let descriptors: Int
    /// The number of clients.
    let clients: Int
    /// The number of requests of each client.
    let requests: Int
    /// Whether the listening socket survives the process.
    let isInherited: Bool
    /// Of a thousand steps, how many are a crash, a graceful restart, a clock jump and a reload; of a
    /// thousand commits, how many fail.
    let (crashes, restarts, jumps, reloads, faults): (Int, Int, Int, Int, Int)
    /// The most nanoseconds that pass in a step.
    let pace: Int
    /// Whether clients often reset and reconnect before a worker has processed their requests.
    let isHasty: Bool
    /// Whether one of the clients has an account with a second factor.
    let hasTwoSteps: Bool
    /// The deliberate flaw.
    let flaw: Flaw

    /// A deliberate flaw that the simulation has to detect.
    enum Flaw: CaseIterable {
        case none
        /// Responses are sent before the disk has stored their effects.
        case earlyDisk
        /// A crash restores ended sessions.
        case forgetfulDisk
        /// A worker answers twice.
        case answersTwice
        /// A worker drops a request.
        case dropsRequest
        /// A worker swaps the ids of two responses.
        case mixesUp
        /// A closed connection is kept.
        case leaksConnection
        /// An internal error is answered with 401.
        case blamesClient
        /// A loop is not notified that a connection broke.
        case ignoresBreaks
        /// A late response is sent to the new connection in the slot of its own.
        case answersSuccessor
        /// A loop forgets that a client half-closed.
        case forgetsHalfClose
        /// A worker shows a page again to a browser whose session has ended.
        case keepsPages
        /// A worker takes the password of an account for its second factor, too.
        case skipsSecondStep
        /// A worker takes a challenge that was used.
        case reusesChallenges
    }

    /// Creates the configuration of a seed.
    init(seed: UInt64, flaw: Flaw = .none) {
        var chance = Chance(seed: seed)
        self.seed = seed
        self.flaw = flaw
        isCalm = chance.happens(20)
        loops = chance.number(in: 1...2)
        workers = (chance.number(in: 1...2), chance.number(in: 1...2))
        clients = chance.number(in: 2...5)
        requests = chance.number(in: 2...10)
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
        hasTwoSteps = chance.happens(50)
    }

    /// Whether connections may be refused or closed for others.
    var isCrowded: Bool { maximumConnections < 1_000 || descriptors < .max }
}
