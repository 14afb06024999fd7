/// What a form asks of a passkey.
enum PasskeyRequest: String, Sendable {
    /// A signature, to prove who one is.
    case get
    /// A new passkey.
    case create

    /// The endpoint that says what is to be signed.
    fileprivate var options: String {
        switch self {
        case .get: "/auth/passkeys/challenge"
        case .create: "/auth/passkeys/options"
        }
    }

    /// The page of a fresh proof, which the endpoint may want first, and which leads back to the passkeys.
    fileprivate var proof: String? {
        switch self {
        case .get: nil
        case .create: "\(Pages.Path.reauthenticate)?return_to=%2Fauth%2Faccount%23security"
        }
    }
}

/// A form that a script fills in with the response of a passkey.
///
/// It is not seen without a script, where the browser knows no passkeys, and at another address than that of
/// the site: then the page says why in its place.
///
/// - Parameters:
///   - action: Where the response is posted to.
///   - request: What is asked of the passkey.
///   - origin: The site that passkeys are bound to.
///   - body: The JSON object that is sent for what is to be signed.
///   - hidden: Fields that are sent and not seen, by name.
///   - field: The name of the field that gets the response, as JSON.
///   - label: Of the button.
///   - style: Of the button.
///   - isBlock: Whether the button is as wide as its card.
///   - isSuggested: Whether passkeys are among the suggestions of the email field, too.
///   - next: Where a success leads, of a form that is sent in the background, so that the page of a refusal
///     does not take the place of this one; nil for a form that is sent as others are.
///   - texts: What is said where it fails.
///   - content: Fields above the button.
/// - Returns: The form, and what is said in its place.
func passkeyForm(
    _ action: String, _ request: PasskeyRequest, at origin: String, asking body: String = "{}",
    hidden: [(String, String?)] = [], field: String = "credential", _ label: String,
    _ style: ButtonStyle = .secondary,
    isBlock: Bool = true, isSuggested: Bool = false, next: String? = nil, texts: any FactorTexts,
    @HTMLBuilder _ content: () -> HTML = { HTML() }
) -> HTML {
    let start = element(
        "button", .class("button" + style.rawValue + (isBlock ? " block" : "")),
        .type("button"), Attribute("data-passkey-start")
    ) {
        icon(.passkey)
        label
    }
    let form = element(
        "form", .class("stack"), Attribute("method", "post"), Attribute("action", action),
        Attribute("data-passkey", request.rawValue), Attribute("data-options", request.options),
        request.proof.map { Attribute("data-proof", $0) },
        Attribute("data-request", body), Attribute("data-origin", origin),
        Attribute("data-suggested").when(isSuggested), next.map { Attribute("data-next", $0) },
        Attribute("hidden")
    ) {
        for (name, value) in hidden {
            if let value { hiddenField(name, value) }
        }
        void(
            "input", .type("hidden"), .name(field), .value(""), Attribute("data-passkey-credential")
        )
        content()
        // Beside nothing else, a button of a form is as wide as the form.
        isBlock ? start : actions { start }
        element(
            "p", .class("small muted"), Attribute("role", "status"),
            Attribute("data-cancelled", texts.passkeyCancelled),
            Attribute("data-known", texts.passkeyKnown),
            Attribute("data-failed", texts.passkeyFailed)
        ) {}
    }
    return html {
        form
        noscript { p("small muted") { texts.passkeyNeedsScript } }
        passkeyNote("data-passkey-unknown", texts.passkeyNeedsScript)
        passkeyNote("data-passkey-elsewhere", texts.passkeysElsewhere(origin))
    }
}

/// What the script shows in the place of the form.
private func passkeyNote(_ reason: StaticString, _ text: String) -> HTML {
    element("p", .class("small muted"), Attribute(reason), Attribute("hidden")) { text }
}

/// What the password manager is told of the passkeys of this server (WebAuthn Level 3 §5.1.10).
///
/// - Parameters:
///   - method: `signalUnknownCredential` or `signalAllAcceptedCredentials`.
///   - known: Its argument, as JSON.
/// - Returns: An element that is not seen.
func passkeySignal(_ method: String, _ known: String) -> HTML {
    element(
        "span", Attribute("hidden"), Attribute("data-passkey-signal", method),
        Attribute("data-passkey-known", known)
    ) {}
}
