import Crypto
import Testing

@testable import Auth

/// The text of checkpoints, which is signed and copied elsewhere.
struct CheckpointTests {
    private static let hash = SHA256.digest("link".utf8)
    private static let text = """
        lunauth checkpoint 1
        origin 00000000-0000-0001-0000-000000000002
        number 1000
        link \(Hex.encode(hash.bytes))
        time 2023-11-14T22:13:20.001Z
        reason events
        first 7

        """

    private static func checkpoint(
        _ reason: Checkpoint.Reason = .events, successor: [UInt8]? = nil
    ) -> Checkpoint {
        Checkpoint(
            origin: UUID(high: 1, low: 2), link: Link(number: 1_000, hash: hash),
            time: Timestamp(milliseconds: 1_700_000_000_001), reason: reason, first: 7,
            successor: successor)
    }

    @Test func `the text has a line for each part`() {
        #expect(Self.checkpoint().text == Self.text)
        #expect(
            Self.checkpoint(.rotation, successor: [UInt8](repeating: 10, count: 32)).text
                == Self.text.replacing("events", with: "rotation")
                + "successor \(String(repeating: "0a", count: 32))\n")
    }

    @Test(arguments: Checkpoint.Reason.allCases)
    func `a text is read as it was written`(reason: Checkpoint.Reason) {
        for successor in [nil, [UInt8](repeating: 0xAB, count: 32)] {
            let checkpoint = Self.checkpoint(reason, successor: successor)
            #expect(Checkpoint(text: checkpoint.text) == checkpoint)
        }
    }

    @Test(
        arguments: [
            ("lunauth checkpoint 1", "lunauth checkpoint 2"), ("origin", "Origin"),
            ("number 1000", "number 01000"), ("number 1000", "number +1000"),
            ("number 1000", "number 1e3"), ("number 1000", "number  1000"),
            ("number 1000", "number 99999999999999999999"), ("number 1000\n", ""),
            ("link ", "link 00"), ("link ", "link x"), ("time 2023-11-14T22", "time 2023-11-31T22"),
            (".001Z", "Z"), (".001Z", ".001z"), (".001Z", ".001+00:00"),
            ("reason events", "reason none"), ("reason events", "reason Events"),
            ("first 7", "first -0"), ("first 7", "first 7 "), ("first 7\n", "first 7"),
            ("first 7\n", "first 7\n\n"), ("first 7\n", "first 7\nsuccessor \n0\n"),
            ("first 7\n", "first 7\nsuccessor xyz\n"), ("first 7\n", "first 7\nsuccessor AB\n"),
            ("first 7\n", "first 7\nmore 1\n"), ("\n", "\r\n"),
            ("00000000-0000-0001", "00000000-0000-000A"), ("first", "\u{FEFF}first"),
        ] as [(String, String)])
    func `no other text of a checkpoint is read`(part: String, other: String) {
        let text = Self.text.replacing(part, with: other)
        #expect(text != Self.text)
        #expect(Checkpoint(text: text) == nil, "\(text)")
    }

    @Test func `a signature is of one text and one key`() throws {
        let key = try Ed25519.PrivateKey(seed: .random())
        let signed = try SignedCheckpoint(Self.checkpoint(), by: key)
        #expect(signed.key == key.publicKey)
        #expect(try signed.verified() == Self.checkpoint())
        let other = try Ed25519.PrivateKey(seed: .random())
        var signature = signed.signature
        signature[0] ^= 1
        for changed in [
            SignedCheckpoint(
                text: signed.text.replacing("first 7", with: "first 8"), key: signed.key,
                signature: signed.signature),
            SignedCheckpoint(
                text: signed.text, key: other.publicKey, signature: signed.signature),
            SignedCheckpoint(text: signed.text, key: signed.key, signature: signature),
            SignedCheckpoint(text: signed.text, key: signed.key, signature: []),
        ] {
            #expect(try changed.verified() == nil)
        }
    }

    @Test func `a signature makes no checkpoint of another text`() throws {
        let key = try Ed25519.PrivateKey(seed: .random())
        let text = "lunauth backup 1\n"
        let signed = SignedCheckpoint(
            text: text, key: key.publicKey, signature: try key.sign(text.utf8))
        #expect(try signed.verified() == nil)
    }
}
