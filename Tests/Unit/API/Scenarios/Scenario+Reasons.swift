import API
import Auth
import Crypto
import HTTP
import TestSupport
import Web

/// One refusal for each reason there is.
extension Scenario {
    static let reasons =
        credentialReasons + loginReasons + permissionReasons + conflictReasons
        + limitReasons + faultReasons + factorReasons

    static func because(
        _ reason: Reason, _ status: Status, _ request: String,
        _ edit: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        // The client is told none of it, where it is more than the code.
        let isCode = ErrorCode(rawValue: reason.rawValue) != nil
        return Scenario(
            reason.rawValue, request, status, not: isCode ? [] : [reason.rawValue]
        ) {
            $0.reason = reason
            edit(&$0)
        }
    }

    private static func me(_ field: String) -> String { get("/auth/me", field) }
    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let bearer = "Authorization: Bearer {customer.token}"
    private static let ownerCookie = "Cookie: session_token={owner.cookie}"
    private static let adminCookie = "Cookie: session_token={admin.cookie}"
    private static let noHeaderKey = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30."

    private static func credentialAfter(
        _ change: @escaping @Sendable (World) -> Void, _ field: String
    ) -> (inout Scenario) -> Void {
        {
            $0.before = [me(field)]
            $0.around = { world, send in
                change(world)
                try send()
            }
        }
    }

    private static let credentialReasons = [
        because(.noCredential, .unauthorized, get("/auth/me")),
        because(.cookiesDiffer, .unauthorized, get("/auth/me", cookie, "Cookie: session_token=x")),
        because(.cookieMalformed, .unauthorized, me("Cookie: session_token=x")),
        because(
            .unknownSession, .unauthorized,
            me("Cookie: session_token=" + String(repeating: "A", count: 43))),
        because(.tokenMalformed, .unauthorized, me("Authorization: Bearer x.y.z")),
        because(.tokenKeyUnknown, .unauthorized, me("Authorization: Bearer \(tokenOfElsewhere)")),
        because(
            .tokenSignature, .unauthorized,
            me("Authorization: Bearer " + noHeaderKey + String(repeating: "A", count: 43))),
        because(.tokenClaims, .unauthorized, me(bearer)) {
            $0.site.editClaims = { $0.expiresAt = .max }
        },
        because(.tokenNotYetValid, .unauthorized, me(bearer)) {
            $0.site.editClaims = { $0.issuedAt = $0.expiresAt }
        },
        because(.tokenExpired, .unauthorized, me(bearer)) {
            $0.before = [me(bearer)]
            $0.elapsing = 604_800
        },
        because(.sessionEnded, .unauthorized, me(bearer)) {
            $0.before = [me(bearer), post("/auth/logout", "", bearer)]
        },
        because(.sessionOfAnother, .unauthorized, me(bearer)) {
            $0.site.editClaims = { $0.subject = .random() }
        },
        because(
            .accountGone, .unauthorized, me(cookie),
            credentialAfter({ $0.store.change { $0.credentials.removeAll() } }, cookie)),
        because(.accountDisabled, .unauthorized, me("Cookie: session_token={disabled.cookie}")),
        because(.callerEnded, .unauthorized, post("/auth/config/update", "{}", adminCookie)) {
            $0.prepare = { world in
                world.store.beforeNextWrite {
                    world.change(Person.admin.email) { $0.status = .disabled }
                }
            }
        },
        because(.apiKeyMalformed, .unauthorized, me("Authorization: Bearer luna_x")),
        because(
            .apiKeyUnknown, .unauthorized, me("Authorization: Bearer {customer.key}"),
            credentialAfter(
                { $0.store.change { $0.apiKeys.removeAll() } },
                "Authorization: Bearer {customer.key}"
            )),
    ]

    /// Signed by another server, with a key of another name.
    static let tokenOfElsewhere: String = {
        guard let ring = try? KeyRing(current: .random()) else { return "" }
        return JWTCodec(ring: ring).sign(
            Claims(subject: .random(), sessionID: .random(), issuedAt: 0, expiresAt: .max / 4_096),
            about: Claims.Person(email: "", tier: "", role: ""))
    }()

    private static let loginReasons = [
        because(
            .notAnAddress, .unauthorized,
            post("/auth/login", #"{"email":"nobody","password":"\#(Person.password)"}"#)),
        because(.unknownAccount, .unauthorized, login("nobody")),
        because(.wrongPassword, .unauthorized, login("customer", "another")),
        because(
            .passwordTooLong, .unauthorized,
            login("customer", String(repeating: "x", count: 4_097))),
        because(.passwordChanged, .unauthorized, login("customer")) {
            $0.prepare = { world in
                world.gate.duringNextTurn {
                    world.store.change { memory in
                        memory.credentials = memory.credentials.map {
                            AccountCredential(
                                account: $0.account,
                                passwordHash: .derive(
                                    password: [1], iterations: World.iterations,
                                    using: PBKDF2(.blockFunction)))
                        }
                    }
                }
            }
        },
        because(
            .confirmationRequired, .unauthorized,
            post("/auth/email/verify", #"{"token":"verify-token"}"#)
        ) {
            $0.prepare = {
                try $0.addLink("verify-token", .verifyEmail, of: Person.customer.email)
            }
        },
        because(.pendingApproval, .forbidden, login("pending")),
        because(.emailUnverified, .forbidden, login("customer")) {
            $0.prepare = { $0.store.change { $0.settings.requireEmailVerification = true } }
        },
        because(.nativeSigninDisabled, .forbidden, login("customer")) {
            $0.prepare = { $0.store.change { $0.settings.nativeSignin = false } }
        },
    ]

    private static let permissionReasons = [
        because(.notAdministrator, .forbidden, get("/auth/users", cookie)),
        because(
            .notOwner, .forbidden,
            post("/auth/config/update", #"{"retentionPeriod":"30d"}"#, adminCookie)),
        because(
            .mailNotConfigured, .serviceUnavailable,
            post("/auth/users/{customer.id}/reset", "", ownerCookie)
        ) { $0.site.sendsMail = false },
        because(
            .targetProtected, .forbidden,
            send("PATCH", "/auth/users/{owner.id}", #"{"tier":"pro"}"#, adminCookie)),
        because(
            .roleNotGivable, .forbidden,
            send("PATCH", "/auth/users/{member.id}", #"{"role":"admin"}"#, adminCookie)),
        because(
            .ownAccount, .forbidden,
            send("PATCH", "/auth/users/{admin.id}", #"{"status":"disabled"}"#, adminCookie)),
        because(.requirementUnmet, .forbidden, get("/auth/verify?role=admin", cookie)),
        because(
            .apiKeyNotAllowed, .forbidden,
            get("/auth/sessions", "Authorization: Bearer {customer.key}")),
        because(
            .insufficientScope, .forbidden,
            send("PATCH", "/auth/me", "{}", "Authorization: Bearer {customer.readKey}")),
        because(
            .currentPasswordWrong, .forbidden,
            post(
                "/auth/password/change",
                #"{"currentPassword":"x","newPassword":"another password"}"#, cookie)),
        because(.reauthenticationRequired, .forbidden, newKey) {
            $0.before = [get("/auth/me", cookie)]
            $0.elapsing = 600
        },
        because(
            .ownerProtected, .forbidden,
            send("DELETE", "/auth/me", #"{"password":"\#(Person.password)"}"#, ownerCookie)),
        because(.registrationClosed, .forbidden, signup("new")) {
            $0.prepare = { $0.store.change { $0.settings.register = false } }
        },
        because(.setupCodeMissing, .forbidden, setup()) { $0.site.people = [] },
        because(.setupCodeWrong, .forbidden, setup("X-Setup-Code: another")) {
            $0.site.people = []
        },
        because(
            .crossOrigin, .forbidden,
            post("/auth/login", "{}", "Sec-Fetch-Site: cross-site")),
        because(.prefetched, .forbidden, get("/auth/logout", "Sec-Purpose: prefetch")),
    ]

    private static func signup(_ name: String) -> String {
        post(
            "/auth/signup", #"{"email":"\#(name)@example.org","password":"\#(Person.password)"}"#)
    }

    private static func setup(_ fields: String..., name: String = "lunauth") -> String {
        let body =
            #"{"username":"abc","email":"new@example.org","password":"\#(Person.password)","#
            + #""databaseName":"\#(name)"}"#
        return fields.reduce(post("/auth/setup", body)) { request, field in
            request.replacing("\n\n", with: "\n\(field)\n\n", maxReplacements: 1)
        }
    }

    private static let newKey = post("/auth/api-keys", #"{"name":"ci"}"#, cookie)

    private static let conflictReasons = [
        because(.emailTaken, .conflict, signup("customer")),
        because(.alreadySetUp, .conflict, setup()),
        because(.databaseInUse, .conflict, setup(name: "other")) {
            $0.site.people = []
            $0.peer = .loopback
            $0.prepare = { $0.store.change { $0.occupiedNames = ["other"] } }
        },
        because(
            .notPending, .conflict, post("/auth/users/{disabled.id}/approve", "{}", ownerCookie)),
        because(.limitReached, .conflict, newKey) {
            $0.before = Array(repeating: newKey, count: 5)
        },
    ]
}
