import Auth
import Crypto
import JSON

extension RegistrationOptions {
    /// `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3 §5.1.9), as a browser takes it.
    var json: JSONObject {
        var party = JSONObject()
        party.add("id", .string(rpID))
        party.add("name", .string(rpName))
        var user = JSONObject()
        user.add("id", .string(Base64URL.encode(userHandle)))
        user.add("name", .string(email))
        user.add("displayName", .string(name))
        var selection = JSONObject()
        selection.add("residentKey", .string("required"))
        // For clients of WebAuthn Level 1, which do not know the other.
        selection.add("requireResidentKey", .bool(true))
        selection.add("userVerification", .string("preferred"))
        var extensions = JSONObject()
        extensions.add("credProps", .bool(true))
        var options = JSONObject()
        options.add("rp", party)
        options.add("user", user)
        options.add("challenge", .string(Base64URL.encode(challenge)))
        options.add("pubKeyCredParams", algorithms.map(Self.parameters))
        options.add("timeout", .integer(lifetime * 1_000))
        options.add("excludeCredentials", excluded.map(\.json))
        options.add("authenticatorSelection", selection)
        options.add("attestation", .string("none"))
        options.add("extensions", extensions)
        var object = JSONObject()
        object.add("publicKey", options)
        return object
    }

    private static func parameters(of algorithm: Int) -> JSONObject {
        var object = JSONObject()
        object.add("type", .string("public-key"))
        object.add("alg", .integer(Int64(algorithm)))
        return object
    }
}

extension AssertionOptions {
    /// `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3 §5.1.10), as a browser takes it.
    var json: JSONObject {
        var options = JSONObject()
        options.add("challenge", .string(Base64URL.encode(challenge)))
        options.add("timeout", .integer(lifetime * 1_000))
        options.add("rpId", .string(rpID))
        options.add("allowCredentials", allowed.map(\.json))
        options.add(
            "userVerification", .string(requiresUserVerification ? "required" : "preferred"))
        var object = JSONObject()
        object.add("publicKey", options)
        return object
    }
}

extension PasskeyDescriptor {
    /// `PublicKeyCredentialDescriptorJSON` (WebAuthn Level 3 §5.8.3).
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.add("type", .string("public-key"))
        object.add("id", .string(Base64URL.encode(handle)))
        object.add("transports", .array(transports.map(JSONValue.string)))
        return object
    }
}
