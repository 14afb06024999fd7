package import Auth

extension PasskeyInput {
    /// The response of a passkey in a member: an object, in a form its text.
    package init(_ body: RequestBody, _ name: String) {
        guard body.has(name) else {
            self = .absent
            return
        }
        var reader = PasskeyResponseReader(body, name)
        let assertion = PasskeyAssertion(&reader)
        self = assertion.map(PasskeyInput.response) ?? .malformed(reader.objections)
    }

    /// The response, which has to be there.
    ///
    /// - Throws: `invalidInput`, which names each part that is missing or malformed.
    package func assertion(as name: String = "credential") throws(RequestError) -> PasskeyAssertion
    {
        switch self {
        case .absent: throw .domain(.invalidInput([.missing(name)]))
        case .malformed(let objections): throw .domain(.invalidInput(objections))
        case .response(let assertion): return assertion
        }
    }
}

extension PasskeyRegistration {
    /// The response of an authenticator that made a passkey: an object, in a form its text.
    ///
    /// - Throws: `invalidInput`, which names each part that is missing or malformed.
    package init(_ body: RequestBody, _ name: String = "credential") throws(RequestError) {
        guard body.has(name) else { throw .domain(.invalidInput([.missing(name)])) }
        var reader = PasskeyResponseReader(body, name)
        let handle = reader.handle()
        let clientData = reader.bytes("clientDataJSON", PasskeyLimits.clientData)
        let attestation = reader.bytes("attestationObject", PasskeyLimits.attestationObject)
        let transports = reader.transports()
        guard reader.objections.isEmpty, let handle, let clientData, let attestation
        else { throw .domain(.invalidInput(reader.objections)) }
        self.init(
            handle: handle, clientData: clientData, attestationObject: attestation,
            transports: transports)
    }
}

extension PasskeyAssertion {
    fileprivate init?(_ reader: inout PasskeyResponseReader) {
        let handle = reader.handle()
        let clientData = reader.bytes("clientDataJSON", PasskeyLimits.clientData)
        let data = reader.bytes("authenticatorData", PasskeyLimits.authenticatorData)
        let signature = reader.bytes("signature", PasskeyLimits.signature)
        let userHandle = reader.optionalBytes("userHandle", PasskeyLimits.userHandle)
        guard reader.objections.isEmpty, let handle, let clientData, let data, let signature
        else { return nil }
        self.init(
            handle: handle, clientData: clientData, authenticatorData: data, signature: signature,
            userHandle: userHandle)
    }
}

/// The most bytes of the parts of a response; what authenticators send is far less.
private enum PasskeyLimits {
    static let clientData = 4_096
    static let authenticatorData = 4_096
    /// With a statement of its maker, which is not asked for.
    static let attestationObject = 16_384
    /// An RSA signature with a key of 8,192 bits.
    static let signature = 1_024
    /// WebAuthn Level 3 §4, user handle.
    static let userHandle = 64
}
