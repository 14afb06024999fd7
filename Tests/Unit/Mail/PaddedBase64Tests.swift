import Mail
import Testing

@Suite struct PaddedBase64Tests {
    // RFC 4648 §10.
    @Test(arguments: [
        "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
        "foobar": "Zm9vYmFy", "\u{FB}\u{FF}\u{BF}": "w7vDv8K/",
    ])
    func `bytes are written as in RFC 4648`(text: String, encoded: String) {
        #expect(PaddedBase64.encode(Array(text.utf8)) == encoded)
    }
}
