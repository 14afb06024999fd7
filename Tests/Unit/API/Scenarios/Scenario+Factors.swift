import Auth
import Crypto
import HTTP
import TestSupport
import Web

/// Second factors and passkeys.
extension Scenario {
    private static let cookie = "Cookie: session_token={customer.cookie}"
    private static let owner = "Cookie: session_token={owner.cookie}"
    private static let id = "11111111-1111-4111-8111-111111111111"
    private static let withApp: @Sendable (World) throws -> Void = {
        try $0.addApp(to: .customer)
    }

    static let factors: [Scenario] = steps + proofs + lists + enrolment + passkeys + rescue

    static func second(_ members: String) -> String {
        post("/auth/login/second", #"{"challenge":"\#(SampleChallenge.text)",\#(members)}"#)
    }

    static func assertion(_ clientData: String, of name: String = "credential") -> String {
        let data = Base64URL.encode(Array(clientData.utf8))
        return #""\#(name)":{"id":"AQI","rawId":"AQI","type":"public-key","response":{"#
            + #""clientDataJSON":"\#(data)","authenticatorData":"AwQ","signature":"BQ"}}"#
    }

    static let clientData =
        #"{"type":"webauthn.get","challenge":"\#(SampleChallenge.text)","#
        + #""origin":"http://localhost:8080"}"#

    private static let steps: [Scenario] = [
        Scenario(
            "the password of an account with a factor", login("customer"), .unauthorized,
            [
                #"{"error":"Prove your second factor","code":"second_factor_required","#
                    + #""challenge":""#, #"","methods":["totp"]}"#, "WWW-Authenticate: Bearer\n",
            ], not: ["Set-Cookie", "\"token\"", "\"user\""]
        ) { $0.prepare = withApp },
        Scenario(
            "a wrong password of an account with a factor", login("customer", "wrong"),
            .unauthorized, [#"{"error":"Wrong email or password","code":"invalid_credentials"}"#]
        ) { $0.prepare = withApp },
        Scenario(
            "the code of the app", second(#""method":"totp","code":"\#(SampleApp.code)""#), .ok,
            [#"{"token":""#, #""user":{"id":""#, "session_token=", "session_token_device="],
            not: ["recoveryCodesLeft", "_trust", "_login"]
        ) {
            $0.prepare = {
                try $0.addApp(to: .customer)
                $0.addChallenge(.secondFactor, of: .customer)
            }
        },
        Scenario(
            "a browser that is trusted from then on",
            second(#""method":"totp","code":"\#(SampleApp.code)","trust":true"#), .ok,
            [
                "session_token_trust=",
                "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax",
            ]
        ) {
            $0.prepare = {
                try $0.addApp(to: .customer)
                $0.addChallenge(.secondFactor, of: .customer)
            }
        },
        Scenario(
            "a wrong code", second(#""method":"totp","code":"\#(SampleApp.wrongCode)""#),
            .unauthorized, [#""code":"invalid_code""#], not: ["methods"]
        ) {
            $0.prepare = {
                try $0.addApp(to: .customer)
                $0.addChallenge(.secondFactor, of: .customer)
            }
        },
        Scenario(
            "a challenge that is unknown", second(#""method":"totp","code":"123456""#),
            .unauthorized, [#""code":"invalid_challenge""#]
        ) { $0.prepare = withApp },
        Scenario(
            "a step without inputs", post("/auth/login/second", "{}"), .badRequest,
            [#""challenge":"is required""#]),
        Scenario(
            "a step by another method", second(#""method":"password""#), .badRequest,
            [#""method":"must be one of: totp, recovery, passkey""#]),
        Scenario(
            "a passkey that is malformed", second(#""method":"passkey","credential":{"id":1}"#),
            .badRequest,
            [#""credential.type":"must be \"public-key\"""#, #""credential.response""#]),
        Scenario(
            "trust that is no flag", second(#""method":"totp","code":"1","trust":"yes""#),
            .badRequest, [#""trust":"must be true or false""#]),
        Scenario(
            "a page of another site",
            post("/auth/login/second", "{}", "Sec-Fetch-Site: cross-site"), .forbidden,
            [#""code":"cross_origin""#]),
    ]

    private static let proofs: [Scenario] = [
        Scenario(
            "the password proves presence",
            post(
                "/auth/reauthenticate", #"{"method":"password","password":"\#(Person.password)"}"#,
                cookie), .ok, [#"{"token":""#, #""user":{"id":""#]),
        Scenario(
            "a wrong password",
            post("/auth/reauthenticate", #"{"method":"password","password":"x"}"#, cookie),
            .forbidden, [#""code":"wrong_password""#]),
        Scenario(
            "the code of the app proves presence",
            post(
                "/auth/reauthenticate", #"{"method":"totp","code":"\#(SampleApp.code)"}"#, cookie),
            .ok, [#"{"token":""#]
        ) { $0.prepare = withApp },
        Scenario(
            "a wrong code proves nothing",
            post(
                "/auth/reauthenticate", #"{"method":"totp","code":"\#(SampleApp.wrongCode)"}"#,
                cookie), .unauthorized, [#""code":"invalid_code""#]
        ) { $0.prepare = withApp },
        Scenario(
            "unauthenticated", post("/auth/reauthenticate", #"{"method":"password"}"#),
            .unauthorized, [#""code":"unauthenticated""#]),
        Scenario(
            "an API key is no person",
            post(
                "/auth/reauthenticate", #"{"method":"password"}"#,
                "Authorization: Bearer {customer.key}"), .forbidden,
            [#""code":"api_key_not_allowed""#]),
        Scenario(
            "forward-auth asks for two factors", get("/auth/verify?factors=2&role=user", cookie),
            .forbidden, [#""code":"reauthentication_required""#, #""methods":["totp"]"#]
        ) { $0.prepare = withApp },
        Scenario(
            "forward-auth asks who has none", get("/auth/verify?factors=2&role=user", cookie),
            .forbidden, [#""code":"factor_enrolment_required""#], not: ["challenge", "methods"]),
        Scenario(
            "forward-auth asks for one factor", get("/auth/verify?factors=1&role=user", cookie),
            .ok
        ) { $0.type = nil },
        Scenario(
            "forward-auth by two factors takes no key",
            get(
                "/auth/verify?factors=2&role=user&keys=allow",
                "Authorization: Bearer {customer.key}"), .forbidden,
            [#""code":"api_key_not_allowed""#]),
        Scenario(
            "forward-auth by three factors", get("/auth/verify?factors=3", cookie), .badRequest,
            [#""factors":"must be one of: 1, 2""#]),
        Scenario(
            "two factors after another proof", get("/auth/verify?factors=2&role=user", cookie), .ok
        ) {
            $0.prepare = withApp
            $0.before = [
                post(
                    "/auth/reauthenticate", #"{"method":"totp","code":"\#(SampleApp.code)"}"#,
                    cookie)
            ]
            $0.type = nil
        },
    ]

    private static let lists: [Scenario] = [
        Scenario(
            "what an account has", get("/auth/factors", cookie), .ok,
            [
                #"{"password":true,"totp":null,"recoveryCodes":0,"passkeys":[],"#
                    + #""trustedBrowsers":0,"passkeysAvailable":true,"required":false}"#
            ]),
        Scenario(
            "an account with an app", get("/auth/factors", cookie), .ok,
            [#""totp":{"createdAt":"2023-11-14T22:13:20.000Z","lastUsedAt":null}"#]
        ) { $0.prepare = withApp },
        Scenario("factors, unauthenticated", get("/auth/factors"), .unauthorized),
        Scenario(
            "factors, with a key",
            get("/auth/factors", "Authorization: Bearer {customer.key}"), .forbidden,
            [#""code":"api_key_not_allowed""#]),
        Scenario("passkeys", get("/auth/passkeys", cookie), .ok, [#"{"items":[]}"#]),
        Scenario(
            "a passkey of another account", delete("/auth/passkeys/\(id)", cookie), .notFound,
            [#""code":"not_found""#]),
        Scenario(
            "another name for no passkey",
            send("PATCH", "/auth/passkeys/\(id)", #"{"name":"x"}"#, cookie), .notFound),
        Scenario(
            "an unknown member of a passkey",
            send("PATCH", "/auth/passkeys/\(id)", #"{"name":"x","key":1}"#, cookie), .badRequest,
            [#""key":"is unknown""#]),
        Scenario(
            "trusted browsers", get("/auth/trusted-browsers", cookie), .ok, [#"{"items":[]}"#]),
        Scenario(
            "no trusted browser", delete("/auth/trusted-browsers", cookie), .ok,
            [#"{"success":true,"ended":0}"#]),
        Scenario(
            "an unknown trusted browser", delete("/auth/trusted-browsers/\(id)", cookie),
            .notFound),
        Scenario(
            "new recovery codes without a factor", post("/auth/recovery-codes", "", cookie),
            .conflict, [#""code":"no_second_factor""#]),
        Scenario(
            "new recovery codes without a proof", post("/auth/recovery-codes", "", cookie),
            .forbidden, [#""code":"reauthentication_required""#, #""methods":["totp"]"#]
        ) { $0.prepare = withApp },
        Scenario(
            "no app to remove", delete("/auth/totp", cookie), .conflict,
            [#""code":"no_second_factor""#]),
        Scenario(
            "an app is removed after a proof", delete("/auth/totp", cookie), .ok,
            [#"{"success":true}"#]
        ) {
            $0.prepare = withApp
            $0.before = [
                post(
                    "/auth/reauthenticate", #"{"method":"totp","code":"\#(SampleApp.code)"}"#,
                    cookie)
            ]
        },
        Scenario(
            "the only way to sign in", delete("/auth/password", cookie), .conflict,
            [#""code":"last_sign_in_method""#]),
    ]

    private static let enrolment: [Scenario] = [
        Scenario(
            "an app is begun", post("/auth/totp", "", cookie), .ok,
            [
                #"{"secret":""#, #""url":"otpauth://totp/lunauth:customer%40example.org?"#,
                #""qr":"<svg "#, #""expiresAt":"2023-11-14T22:23:20.000Z"}"#,
            ]),
        Scenario("an app, unauthenticated", post("/auth/totp", "{}"), .unauthorized),
        Scenario(
            "an app after ten minutes", post("/auth/totp", "", cookie), .forbidden,
            [#""code":"reauthentication_required""#, #""methods":["password"]"#]
        ) {
            $0.before = [get("/auth/me", cookie)]
            $0.elapsing = 600
        },
        Scenario(
            "an app with the password",
            post("/auth/totp", #"{"password":"\#(Person.password)"}"#, cookie), .ok
        ) {
            $0.before = [get("/auth/me", cookie)]
            $0.elapsing = 600
        },
        Scenario(
            "an app that was not begun", post("/auth/totp/confirm", #"{"code":"123456"}"#, cookie),
            .unauthorized, [#""code":"invalid_challenge""#]),
        Scenario(
            "a code is missing", post("/auth/totp/confirm", "{}", cookie), .badRequest,
            [#""code":"is required""#]),
        Scenario(
            "an app of a sign-in that does not wait",
            post("/auth/totp", #"{"challenge":"\#(SampleChallenge.text)"}"#), .unauthorized,
            [#""code":"invalid_challenge""#]),
        Scenario(
            "an app of a sign-in that waits",
            post("/auth/totp", #"{"challenge":"\#(SampleChallenge.text)"}"#), .ok,
            [#"{"secret":""#], not: ["Set-Cookie"]
        ) { $0.prepare = { $0.addChallenge(.enrolment, of: .customer) } },
    ]

    private static let passkeys: [Scenario] = [
        Scenario(
            "options of a new passkey", post("/auth/passkeys/options", "", cookie), .ok,
            [
                #"{"publicKey":{"rp":{"id":"localhost","name":"lunauth"},"user":{"id":""#,
                #""name":"customer@example.org","displayName":"customer"},"challenge":""#,
                #""pubKeyCredParams":[{"type":"public-key","alg":-7},"#
                    + #"{"type":"public-key","alg":-8},{"type":"public-key","alg":-257}],"#
                    + #""timeout":300000,"excludeCredentials":[],"authenticatorSelection":"#,
                #""residentKey":"required""#, #""attestation":"none""#, #""credProps":true"#,
            ]),
        Scenario(
            "options, unauthenticated", post("/auth/passkeys/options", "{}"), .unauthorized),
        Scenario(
            "options on another site",
            post("/auth/passkeys/options", "{}", "Origin: https://app.example.net"), .forbidden,
            [#""code":"cross_origin""#]),
        Scenario(
            "a passkey without a response", post("/auth/passkeys", "{}", cookie), .badRequest,
            [#""credential":"is required""#]),
        Scenario(
            "options of a sign-in", post("/auth/passkeys/challenge", "{}"), .ok,
            [
                #"{"publicKey":{"challenge":""#,
                #""timeout":300000,"rpId":"localhost","allowCredentials":[],"#
                    + #""userVerification":"required"}}"#,
            ], not: ["Set-Cookie"]),
        Scenario(
            "options of a proof without a passkey",
            post("/auth/passkeys/challenge", #"{"reauthenticate":true}"#, cookie), .conflict,
            [#""code":"no_second_factor""#]),
        Scenario(
            "options of a proof, unauthenticated",
            post("/auth/passkeys/challenge", #"{"reauthenticate":true}"#), .unauthorized),
        Scenario(
            "options of a proof with a key",
            post(
                "/auth/passkeys/challenge", #"{"reauthenticate":true}"#,
                "Authorization: Bearer {customer.key}"), .forbidden,
            [#""code":"api_key_not_allowed""#]),
        Scenario(
            "options at an address that is no name", post("/auth/passkeys/challenge", "{}"),
            .conflict, [#""code":"passkeys_unavailable""#]
        ) { $0.site.website = "http://127.0.0.1:8080" },
        Scenario(
            "a passkey that is unknown", post("/auth/passkeys/login", "{\(assertion(clientData))}"),
            .unauthorized, [#""code":"invalid_passkey""#]
        ) { $0.prepare = { $0.addChallenge(.passkeySignIn) } },
        Scenario(
            "a response to nothing", post("/auth/passkeys/login", "{\(assertion(clientData))}"),
            .unauthorized, [#""code":"invalid_challenge""#]),
        Scenario(
            "a sign-in without a response", post("/auth/passkeys/login", "{}"), .badRequest,
            [#""credential":"is required""#]),
        Scenario(
            "where passkeys are managed", get("/.well-known/passkey-endpoints"), .ok,
            [
                #"{"enroll":"http://localhost:8080/auth/account#security","#
                    + #""manage":"http://localhost:8080/auth/account#security"}"#
            ]),
        Scenario(
            "without pages they are managed nowhere", get("/.well-known/passkey-endpoints"),
            .notFound
        ) { $0.site.hasPages = false },
    ]

    private static let rescue: [Scenario] = [
        Scenario(
            "factors of an account", get("/auth/users/{customer.id}/factors", owner), .ok,
            [#"{"password":true,"totp":{"createdAt":""#]
        ) { $0.prepare = withApp },
        Scenario(
            "factors of nobody", get("/auth/users/\(id)/factors", owner), .notFound),
        Scenario(
            "factors, for a customer", get("/auth/users/{owner.id}/factors", cookie), .forbidden,
            [#""code":"forbidden""#]),
        Scenario(
            "a rescue", delete("/auth/users/{customer.id}/factors", owner), .ok,
            [#"{"success":true}"#]
        ) { $0.prepare = withApp },
        Scenario(
            "a rescue by a key",
            delete(
                "/auth/users/{customer.id}/factors", "Authorization: Bearer {owner.fullKey}"),
            .forbidden, [#""code":"api_key_not_allowed""#]),
        Scenario(
            "nothing to rescue", delete("/auth/users/{customer.id}/factors", owner), .conflict,
            [#""code":"no_second_factor""#]),
    ]
}
