import Crypto
import HTTP
import TestSupport

@testable import Auth

extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let right = second(#""method":"totp","code":"\#(SampleApp.code)""#)
    private static let wrong = second(#""method":"totp","code":"\#(SampleApp.wrongCode)""#)

    /// Begins a sign-in with the sample challenge.
    private static func waiting(
        lastUsedStep: Int64 = 0, isOfForm: Bool = false, failures: Int = 0
    ) -> @Sendable (World) throws -> Void {
        {
            try $0.addApp(to: .customer, lastUsedStep: lastUsedStep)
            $0.addChallenge(
                .secondFactor, of: .customer, isOfForm: isOfForm, failures: failures)
        }
    }

    static let factorReasons: [Scenario] = [
        because(.secondFactorRequired, .unauthorized, login("customer")) {
            $0.prepare = { try $0.addApp(to: .customer) }
        },
        because(.challengeUnknown, .unauthorized, right),
        because(.challengeOfAnotherBrowser, .unauthorized, right) {
            $0.prepare = waiting(isOfForm: true)
        },
        because(.challengeExhausted, .unauthorized, wrong) {
            $0.prepare = waiting(failures: Challenge.maximumFailures - 1)
        },
        because(.codeWrong, .unauthorized, wrong) { $0.prepare = waiting() },
        because(.codeUsed, .unauthorized, right) {
            $0.prepare = waiting(lastUsedStep: TOTP.step(at: TestClock.start.seconds))
        },
        because(
            .passkeyUnknown, .unauthorized,
            post("/auth/passkeys/login", "{\(assertion(clientData))}")
        ) { $0.prepare = { $0.addChallenge(.passkeySignIn) } },
        because(
            .passkeyRefused, .unauthorized, post("/auth/passkeys/login", "{\(assertion("{}"))}")),
        because(
            .factorEnrolmentRequired, .forbidden,
            get("/auth/verify?factors=2&role=user", cookie)),
        because(.noSecondFactor, .conflict, post("/auth/recovery-codes", "", cookie)),
        because(.lastSignInMethod, .conflict, delete("/auth/password", cookie)),
        because(.passkeysUnavailable, .conflict, post("/auth/passkeys/challenge", "{}")) {
            $0.site.website = "http://127.0.0.1:8080"
        },
        because(.challengeLimit, .tooManyRequests, post("/auth/passkeys/challenge", "{}")) {
            $0.before = Array(repeating: post("/auth/passkeys/challenge", "{}"), count: 120)
        },
    ]
}
