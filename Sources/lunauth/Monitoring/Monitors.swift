import Web
import Auth
import HTTP
import StoreSupport
import System
import Metrics
import PostgreSQLStore
import Server
import Synchronization

/// Everything in the daemon that can be asked how it is.
struct Monitors: Sendable {
    let server: Server
    let storage: any ServerStorage
    let gate: FairSemaphore
    /// How long a request may wait at the gate.
    let gateLimit: Duration
    let throttle: Throttle
    /// Nil without a transport for mails.
    let mail: MailStatistics?
    let dataDirectory: String
    /// When the process started.
    let started: Timestamp

    /// What the admin entrance tells.
    var monitoring: Monitoring {
        Monitoring(
            checks: [
                .init("disk") { [dataDirectory] in Readiness(ofDiskAt: dataDirectory) },
                .init("hashing") { hashing },
                .init("mailer") { mailer },
            ]
                + [notifications].compactMap(\.self),
            collectors: [
                { $0.append(server.statistics) },
                { $0.append(gate) },
                { $0.append(storage.statistics) },
                { [storage] exposition in
                    if let shared = storage as? PostgreSQLStorage { exposition.append(shared) }
                },
                { $0.append(throttle) },
                { [mail] exposition in
                    if let mail { exposition.append(mail) }
                },
                { [started] in $0.appendProcess(started: started) },
            ])
    }

    /// Whether what other daemons change is known here at once; nil for a database of one daemon.
    private var notifications: Monitoring.Check? {
        guard let shared = storage as? PostgreSQLStorage else { return nil }
        return .init("notifications") {
            shared.invalidation.isNotified == false ? .impaired("not_received") : .ok
        }
    }

    /// Whether mails could be sent.
    private var mailer: Readiness {
        guard let mail else { return .off }
        return mail.isMailerAlive.load(ordering: .relaxed) ? .ok : .failing("down")
    }

    /// Whether a login that came now would be turned away.
    private var hashing: Readiness {
        gate.isOverloaded(within: gateLimit) || server.isOverloaded(.hashing)
            ? .failing("overloaded") : .ok
    }
}
