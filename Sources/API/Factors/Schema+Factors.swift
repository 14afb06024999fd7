import Auth
import JSON
import Web

/// What requests and responses say about factors.
extension Schema {
    /// A code of an authenticator app or for recovery; blanks and dashes in it are ignored.
    static let code = string(length: 0...128).example(.string("287082"))

    /// Recovery codes in plain text.
    static let recoveryCodes = array(of: string(pattern: "^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$"))

    /// What an account signs in with.
    static let factors = object([
        "password": boolean.described("False for an account that signs in with passkeys alone"),
        "totp": object(["createdAt": time, "lastUsedAt": time.orNull]).orNull
            .described("The authenticator app"),
        "recoveryCodes": integer(0...Int64.max).described("How many are left"),
        "passkeys": array(of: .named(.passkey)),
        "trustedBrowsers": integer(0...Int64.max),
        "passkeysAvailable": boolean.described("Whether this server offers passkeys"),
        "required": boolean.described("Whether `factors.required` wants a second factor of it"),
    ])

    /// A browser in which the second factor is not asked for at sign-in.
    static let trustedBrowser = object([
        "id": id,
        "device": string().described("From the User-Agent: `Firefox on Linux`"),
        "address": string().orNull.described("Where it was trusted"),
        "createdAt": time,
        "lastUsedAt": time.orNull.described("The last sign-in that it eased"),
        "expiresAt": time,
        "current": boolean.described("Whether it is the browser of this request"),
    ])

    /// A passkey.
    static let passkey = object([
        "id": id,
        "name": string(length: 1...100),
        "createdAt": time,
        "lastUsedAt": time.orNull,
        "synced": boolean.described("Whether it is copied between devices"),
        "transports": array(of: string()).described("How a client reaches it: `internal`, `usb`"),
    ])

    /// What `PublicKeyCredential.toJSON()` gives after `navigator.credentials.create()`.
    static let passkeyRegistration = credential(
        [
            "clientDataJSON": base64URL, "attestationObject": base64URL,
            "transports": array(of: string()),
        ], optional: ["transports"])

    /// The same after `navigator.credentials.get()`.
    static let passkeyAssertion = credential(
        [
            "clientDataJSON": base64URL, "authenticatorData": base64URL, "signature": base64URL,
            "userHandle": base64URL.orNull,
        ], optional: ["userHandle"])

    /// What `PublicKeyCredential.parseCreationOptionsFromJSON()` takes.
    static let creationOptions = object([
        "publicKey": object([
            "rp": object(["id": string(), "name": string()]),
            "user": object(["id": base64URL, "name": string(), "displayName": string()]),
            "challenge": base64URL,
            "pubKeyCredParams": array(of: object(["type": keyType, "alg": integer()])),
            "timeout": integer(1...Int64.max).described("Milliseconds"),
            "excludeCredentials": array(of: descriptor),
            "authenticatorSelection": object([
                "residentKey": string(), "requireResidentKey": boolean,
                "userVerification": string(),
            ]),
            "attestation": always(.string("none")),
            "extensions": object(["credProps": always(.bool(true))]),
        ])
    ])

    /// What `PublicKeyCredential.parseRequestOptionsFromJSON()` takes.
    static let requestOptions = object([
        "publicKey": object([
            "challenge": base64URL,
            "timeout": integer(1...Int64.max).described("Milliseconds"),
            "rpId": string(),
            "allowCredentials": array(of: descriptor).described("Empty where any passkey will do"),
            "userVerification": string(),
        ])
    ])

    /// Bytes, at least one, in base64url; the bits that the last character has too many are zero.
    private static let base64URL: Schema = {
        let any = "[A-Za-z0-9_-]"
        return string(
            pattern: "^(?=.)(\(any){4})*(\(any)[AQgw]|\(any){2}[AEIMQUYcgkosw048])?$")
    }()
    private static let keyType = always(.string("public-key"))

    private static let descriptor = object([
        "type": keyType, "id": base64URL, "transports": array(of: string()),
    ])

    private static func credential(
        _ response: KeyValuePairs<String, Schema>, optional: [String]
    ) -> Schema {
        object([
            "id": base64URL, "rawId": base64URL.described("The same as `id`"), "type": keyType,
            "response": object(response, optional: optional),
        ])
    }
}
