/// The rule of a ceremony that a response breaks (WebAuthn Level 3 §7.1, §7.2).
public enum WebAuthnError: String, Error, Sendable, Equatable, CaseIterable {
    /// A part is empty, or longer than any authenticator makes it.
    case size = "size"
    /// The client data are not a JSON object with the members of §5.8.1.
    case malformedClientData = "malformed_client_data"
    /// The client data are those of the other ceremony.
    case type = "type"
    /// The client data answer another challenge.
    case challenge = "challenge"
    /// The page was of another origin.
    case origin = "origin"
    /// The page was framed by one of another origin.
    case crossOrigin = "cross_origin"
    /// The client data name the page that frames ours.
    case topOrigin = "top_origin"
    /// The attestation object is not one CBOR map of `fmt`, `attStmt` and `authData`.
    case malformedAttestation = "malformed_attestation"
    /// The authenticator data are not laid out as in §6.1.
    case malformedAuthenticatorData = "malformed_authenticator_data"
    /// Bytes follow where a structure has to end.
    case trailingBytes = "trailing_bytes"
    /// The passkey is bound to another domain.
    case relyingParty = "relying_party"
    /// The authenticator was used without a test of user presence.
    case userPresence = "user_presence"
    /// The authenticator did not verify its user, although it was asked to.
    case userVerification = "user_verification"
    /// The passkey is backed up although it may not be.
    case backupState = "backup_state"
    /// Whether the passkey may be backed up has changed, which it never does.
    case backupEligibility = "backup_eligibility"
    /// The response names another passkey than the authenticator.
    case credentialID = "credential_id"
    /// The algorithm of the key was not offered.
    case algorithm = "algorithm"
    /// The key is of another type or curve than its algorithm.
    case keyType = "key_type"
    /// The key has members missing or too many, another length, or is no point of its curve.
    case malformedKey = "malformed_key"
    /// The passkey is of another account.
    case userHandle = "user_handle"
    /// The signature is not one of this key over these data.
    case signature = "signature"
    /// The counter did not grow: there may be a copy of the authenticator.
    case counter = "counter"
    /// The library failed, not the response: for want of memory, say.
    case libraryFault = "library_fault"

    /// The rule for the log, in snake_case.
    public var reason: String { rawValue }

    /// A sentence for the person who used the passkey.
    public var sentence: String {
        switch self {
        case .size: "The response of the passkey is too short or too long."
        case .malformedClientData: "The browser's part of the response cannot be read."
        case .type: "The response is one to another question."
        case .challenge: "The response is not one to this challenge. Try again."
        case .origin: "The passkey was used on another site."
        case .crossOrigin, .topOrigin: "The passkey was used in a page inside that of another site."
        case .malformedAttestation: "The attestation of the passkey cannot be read."
        case .malformedAuthenticatorData: "The authenticator's part of the response cannot be read."
        case .trailingBytes: "The response of the passkey has more in it than belongs there."
        case .relyingParty: "The passkey belongs to another site."
        case .userPresence: "The passkey was used without a touch of its device."
        case .userVerification:
            "The passkey did not verify its user by a fingerprint, a face or a PIN."
        case .backupState: "The passkey says that it is backed up although it cannot be."
        case .backupEligibility: "The passkey has changed. Register it again."
        case .credentialID: "The response names another passkey."
        case .algorithm: "The passkey uses an algorithm that is not accepted here."
        case .keyType: "The key of the passkey does not fit its algorithm."
        case .malformedKey: "The key of the passkey is not valid."
        case .userHandle: "The passkey belongs to another account."
        case .signature: "The signature of the passkey is not valid."
        case .counter: "The passkey may have been copied. Remove it and register it again."
        case .libraryFault: "The passkey could not be checked. Try again later."
        }
    }
}
