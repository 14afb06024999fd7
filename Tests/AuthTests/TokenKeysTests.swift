import Crypto
import Testing
import TestSupport

@testable import Auth

struct TokenKeysTests {
    private let old = Secret.random()
    private let new = Secret.random()
    private let now: Int64 = 1_700_000_000

    private let person = Claims.Person(email: "a@example.org", tier: "free", role: "user")

    private func claims() -> Claims {
        Claims(
            subject: UUID(high: 1, low: 2), sessionID: UUID(high: 3, low: 4), issuedAt: now,
            expiresAt: now + 60)
    }

    private func bytes(_ token: String) -> ArraySlice<UInt8> { Array(token.utf8)[...] }

    @Test func `replaced keys sign the next token of every authority`() throws {
        let keys = TokenKeys(try KeyRing(current: old))
        let authorities = [TokenAuthority(keys), TokenAuthority(keys)]
        let before = authorities[0].sign(claims(), about: person)
        keys.replace(by: try KeyRing(current: new, previous: [old]))
        let reference = try JWTCodec(ring: KeyRing(current: new))
        for authority in authorities {
            let after = authority.sign(claims(), about: person)
            #expect(after == reference.sign(claims(), about: person) && after != before)
            #expect(try authority.verify(bytes(after), now: now) == claims())
        }
    }

    @Test func `the former key verifies as long as it is in the ring`() throws {
        let keys = TokenKeys(try KeyRing(current: old))
        let authority = TokenAuthority(keys)
        let before = authority.sign(claims(), about: person)
        keys.replace(by: try KeyRing(current: new, previous: [old]))
        #expect(try authority.verify(bytes(before), now: now) == claims())
        keys.replace(by: try KeyRing(current: new))
        #expect(throws: TokenError.unknownKey) { try authority.verify(bytes(before), now: now) }
    }
}
