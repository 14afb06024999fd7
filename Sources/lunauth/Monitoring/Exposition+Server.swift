import Auth
import HTTP
import Metrics
import Server

extension Exposition {
    /// Adds connections and the queues in front of the lanes.
    mutating func append(_ server: ServerStatistics) {
        gauge(
            "lunauth_connections", "Connections that are open.",
            .count(UInt64(clamping: server.connections)))
        gauge(
            "lunauth_connections_limit", "Connections that may be open.",
            .count(UInt64(clamping: server.maximumConnections)))
        counter(
            "lunauth_connections_accepted_total", "Connections that were taken in.",
            .count(server.accepted))
        counter(
            "lunauth_connections_refused_total",
            "Connections that were turned away for want of room or of a descriptor.",
            .count(server.refused))
        gauge(
            "lunauth_lane_queued_requests", "Requests that wait for a thread of their lane.",
            server.queued.map { lane, count in
                Series([("lane", lane.label)], .count(UInt64(clamping: count)))
            })
    }

    /// Adds the semaphore in front of password hashing.
    mutating func append(_ semaphore: FairSemaphore) {
        gauge(
            "lunauth_hashing_permits", "Key derivations that may run at once.",
            .count(UInt64(clamping: semaphore.permits)))
        gauge(
            "lunauth_hashing_running", "Key derivations that run.",
            .count(UInt64(clamping: semaphore.running)))
        gauge(
            "lunauth_hashing_waiting", "Key derivations that wait for their turn.",
            .count(UInt64(clamping: semaphore.waiting)))
        histogram(
            "lunauth_hashing_duration_seconds", "How long the work of a turn took.",
            semaphore.holdingTimes)
        histogram(
            "lunauth_hashing_wait_seconds", "How long a key derivation waited for its turn.",
            semaphore.waitingTimes)
    }

    /// Adds what the limits refused.
    mutating func append(_ throttle: Throttle) {
        counter(
            "lunauth_throttle_refusals_total", "Attempts that a limit turned away.",
            Throttle.Limit.allCases.map { limit in
                Series([("limit", limit.rawValue)], .count(throttle.refusals(by: limit)))
            })
        counter(
            "lunauth_mails_refused_total", "Mails that did not enter the outbox, by why.",
            MailRefusal.Label.allCases.map { label in
                Series([("reason", label.rawValue)], .count(throttle.mailRefusals.count(label)))
            })
    }
}

extension Lane {
    /// The value of a label.
    fileprivate var label: String {
        switch self {
        case .loop: "loop"
        case .store: "store"
        case .hashing: "hashing"
        }
    }
}
