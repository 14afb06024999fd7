import Testing

@testable import Pages

struct PasskeyFormTests {
    /// A script may be missing, the browser old, or the page opened at another address.
    @Test func `a page says why it has no passkeys`() throws {
        let texts = English()
        let site = "https://auth.example.com"
        let markup = try Markup(
            passkeyForm("/auth/passkeys/login", .get, at: site, "Use it", texts: texts))
        #expect(
            markup.texts == [
                "Use it", texts.passkeyNeedsScript, texts.passkeyNeedsScript,
                texts.passkeysElsewhere(site),
            ])
        // The form and what the script shows in its place are not seen; the script finds both.
        let names = markup.attributes.map(\.name)
        #expect(names.count { $0 == "hidden" } == 3)
        for reason in ["data-passkey-unknown", "data-passkey-elsewhere"] {
            #expect(names.contains(reason) && PasskeyScript.text.contains("[\(reason)]"))
        }
    }

    @Test func `only a form that adds a passkey leads to a proof`() throws {
        for (request, proofs) in [(PasskeyRequest.get, 0), (.create, 1)] {
            let markup = try Markup(
                passkeyForm("/", request, at: "https://example.com", "Use it", texts: English()))
            #expect(markup.values(of: "data-proof").count == proofs)
        }
    }
}
