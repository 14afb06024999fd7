import Crypto
import HTTP
import TestSupport
import Testing

@testable import Auth

/// The refusals that come of too much, and of faults.
extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"

    private static let device = "Cookie: {customer.device}"

    /// A wrong password for the customer, from one of many addresses.
    private static func guess(from host: Int) -> String {
        login("customer", "another", "X-Forwarded-For: 192.0.2.\(host)")
    }

    private static func refused(
        _ reason: Reason, _ status: Status, _ request: String, after count: Int = 0
    ) -> Scenario {
        Scenario(reason.rawValue, request, status) {
            $0.before = Array(repeating: request, count: count)
            $0.reason = reason
        }
    }

    private static let makeKey = post("/auth/api-keys", #"{"name":"key"}"#, cookie)

    private static let makeInvite = post(
        "/auth/invites", "{}", "Cookie: session_token={owner.cookie}")

    static let limitReasons: [Scenario] = [
        refused(.loginLimit, .tooManyRequests, post("/auth/login", "{}"), after: 30),
        refused(.signupLimit, .tooManyRequests, post("/auth/signup", "{}"), after: 20),
        refused(.mailLimit, .tooManyRequests, post("/auth/password/forgot", "{}"), after: 10),
        refused(
            .recipientLimit, .tooManyRequests,
            post("/auth/email/verify/resend", "", cookie), after: 3),
        refused(
            .failedLoginsOfNetworkLimit, .tooManyRequests, login("customer", "another"), after: 5),
        // Past its own ten failures it is a stranger.
        refused(
            .failedLoginsOfDeviceLimit, .tooManyRequests, login("customer", "another", cookie),
            after: 15),
        Scenario("failed_logins_limit", guess(from: 61), .tooManyRequests) {
            $0.peer = .local(user: nil)
            $0.before = (1...60).map(guess)
            $0.reason = .failedLoginsLimit
        },
        Scenario(
            "device_login_limit", login("customer", "another", device), .tooManyRequests
        ) {
            $0.before =
                Array(repeating: post("/auth/login", "{}"), count: 30)
                + Array(repeating: login("customer", Person.password, device), count: 10)
            $0.reason = .deviceLoginLimit
        },
        refused(
            .tierLimit, .tooManyRequests, get("/auth/me", "Authorization: Bearer {customer.key}"),
            after: 60),
        Scenario("api_key_limit", makeKey, .tooManyRequests) {
            $0.before = Array(repeating: makeKey, count: 20)
            $0.reason = .apiKeyLimit
        },
        Scenario("invite_limit", makeInvite, .tooManyRequests) {
            $0.before = Array(repeating: makeInvite, count: 100)
            $0.reason = .inviteLimit
        },
        Scenario("session_limit", login("customer"), .tooManyRequests) {
            $0.around = { world, send in
                let id = try #require(world.account(Person.customer.email)).id
                for _ in 0..<120 { try world.throttle.admit(.session, of: id) }
                try send()
            }
            $0.reason = .sessionLimit
        },
        Scenario("setup_limit", post("/auth/setup", "{}"), .tooManyRequests) {
            $0.site.people = []
            $0.before = Array(repeating: post("/auth/setup", "{}"), count: 10)
            $0.reason = .setupLimit
        },
        Scenario("hashing_limit", login("customer"), .tooManyRequests) {
            $0.around = { world, send in
                try whileHashing(HashingAdmission.most, world, send)
            }
            $0.reason = .hashingLimit
        },
        refused(
            .passwordCheckLimit, .tooManyRequests, post("/auth/password/change", "{}"), after: 30),
        Scenario(
            "signup_address_limit",
            post("/auth/signup", #"{"email":"customer@example.org","password":"secure123"}"#),
            .tooManyRequests
        ) {
            $0.before = Array(
                repeating: post(
                    "/auth/register",
                    #"{"username":"x","email":"CUSTOMER@example.org","password":"secure123"}"#),
                count: 10)
            $0.reason = .newAccountLimit
        },
        Scenario("hashing_address_limit", login("customer"), .tooManyRequests) {
            $0.prepare = { world in
                for network in 0..<120 as Range<UInt32> {
                    _ = try world.throttle.admitHashing(
                        at: Person.customer.email, knownTo: nil,
                        from: ClientContext(
                            network: .ipv4(network), address: nil, userAgent: nil))
                }
            }
            $0.reason = .hashingOfAddressLimit
        },
    ]

    /// Does something while as many passwords of the client wait to be checked.
    private static func whileHashing(
        _ count: Int, _ world: World, _ work: () throws -> Void
    ) throws {
        guard count > 0 else { return try work() }
        let admission = try world.throttle.admitHashing(
            at: "\(count)@example.org", knownTo: nil,
            from: ClientContext(network: .ipv4(0xCB00_7109), address: nil, userAgent: nil))
        let outcome = try world.throttle.whileHashing(admission) { _ in
            Result { try whileHashing(count - 1, world, work) }
        }
        try outcome.get()
    }

    static let faultReasons: [Scenario] =
        storeFaults.map { error in
            Scenario(
                error.reason?.rawValue ?? "", get("/auth/me", cookie), .serviceUnavailable,
                not: ["detail", "WWW-Authenticate", "Set-Cookie"]
            ) {
                $0.prepare = { $0.store.condition = .failing(error) }
                $0.reason = error.reason
            }
        } + [
            Scenario("hashing_queue_full", login("customer"), .serviceUnavailable) {
                $0.prepare = { $0.gate.isFull = true }
                $0.reason = .hashingQueueFull
            },
            Scenario(
                "outbox_full", post("/auth/password/forgot", #"{"email":"a@example.org"}"#),
                .serviceUnavailable, ["Retry-After: 60\n", #""code":"overloaded""#]
            ) {
                $0.prepare = { world in
                    guard let recipient = Email("a@example.org") else { return }
                    let mail = Mail(
                        id: .random(), kind: .reset, recipient: recipient, accountID: nil,
                        content: [], createdAt: world.clock.now)
                    let waiting = QueuedMail(
                        mail: mail, attempts: 0, nextAttemptAt: world.clock.now, lastError: nil)
                    world.store.change {
                        $0.mails = Array(repeating: waiting, count: Mail.maximumWaiting)
                    }
                }
                $0.reason = .outboxFull
            },
            Scenario(
                "mail_not_sealed",
                post("/auth/email/verify/resend", "", cookie), .serviceUnavailable
            ) {
                $0.prepare = { $0.sealingKeys.replace(by: []) }
                $0.reason = .mailNotSealed
            },
            Scenario("not_in_memory", get("/auth/me", cookie), .serviceUnavailable) {
                $0.prepare = { $0.store.condition = .cold }
                $0.reason = .notInMemory
            },
            Scenario("not_ready", get("/readyz"), .serviceUnavailable) {
                $0.prepare = { $0.store.condition = .broken }
                $0.listener = .admin
                $0.reason = .notReady
            },
        ]

    /// Faults below the domain; the tests of each store have it throw its own.
    private static let storeFaults: [AuthError] =
        [.writeQueueFull, .connectionsBusy].map { AuthError.overloaded(retryAfter: 1, $0) }
        + [
            .hashingFault, .passkeyFault, .writeTimedOut, .databaseLocked, .diskFull, .diskFault,
            .readOnly,
            .databaseCorrupt,
            .databaseMoved, .databaseFault, .noDescriptor, .closing, .fileFault,
            .factorKeyUnusable, .auditKeyUnusable, .databaseUnreachable, .databaseTimedOut,
            .databaseContention, .writeOutcomeUnknown,
        ].map { AuthError.unavailable($0, detail: "detail") }
}
