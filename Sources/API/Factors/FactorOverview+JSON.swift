import Auth
import Crypto
import JSON

extension FactorOverview {
    /// What an account signs in with, as `GET /auth/factors` has it; nothing in it is a secret.
    var json: JSONObject {
        var object = JSONObject()
        object.add("password", .bool(hasPassword))
        if let totp {
            object.add("totp", Self.json(totp))
        } else {
            object.add("totp", .null)
        }
        object.add("recoveryCodes", .integer(Int64(recoveryCodes)))
        object.add("passkeys", passkeys.map(\.json))
        object.add("trustedBrowsers", .integer(Int64(trustedBrowsers)))
        object.add("passkeysAvailable", .bool(passkeysAvailable))
        object.add("required", .bool(isRequired))
        return object
    }

    private static func json(_ totp: Credential) -> JSONObject {
        var object = JSONObject()
        object.add("createdAt", .string(totp.createdAt.rfc3339))
        object.add("lastUsedAt", .time(totp.lastUsedAt))
        return object
    }
}

extension TrustedBrowser {
    /// A browser, as `GET /auth/trusted-browsers` lists it.
    func json(isCurrent: Bool) -> JSONObject {
        var object = JSONObject()
        object.add("id", .string(id.description))
        object.add("device", .string(Device.label(ofUserAgent: userAgent)))
        object.add("address", address.map(JSONValue.string) ?? .null)
        object.add("createdAt", .string(createdAt.rfc3339))
        object.add("lastUsedAt", .time(lastUsedAt))
        object.add("expiresAt", .string(expiresAt.rfc3339))
        object.add("current", .bool(isCurrent))
        return object
    }
}
