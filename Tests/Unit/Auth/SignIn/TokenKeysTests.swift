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

    @Test func `a replaced key signs the next token of every authority`() throws {
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

    @Test func `the previous key verifies tokens while it is in the ring`() throws {
        let keys = TokenKeys(try KeyRing(current: old))
        let authority = TokenAuthority(keys)
        let before = authority.sign(claims(), about: person)
        keys.replace(by: try KeyRing(current: new, previous: [old]))
        #expect(try authority.verify(bytes(before), now: now) == claims())
        keys.replace(by: try KeyRing(current: new))
        #expect(throws: TokenError.unknownKey) { try authority.verify(bytes(before), now: now) }
    }

    @Test
    func
        `a token issued by this process survives a clock set back and one from the future does not`()
        throws
    {
        let keys = TokenKeys(try KeyRing(current: old))
        let authorities = [TokenAuthority(keys), TokenAuthority(keys)]
        let token = authorities[0].sign(claims(), about: person)
        for earlier in [now - 31, now - 3_600, now - 366 * 86_400] {
            for authority in authorities {
                #expect(try authority.verify(bytes(token), now: earlier) == claims())
            }
        }
        var later = claims()
        later.issuedAt = now + 31
        later.expiresAt = now + 91
        let forged = try JWTCodec(ring: KeyRing(current: old)).sign(later, about: person)
        #expect(throws: TokenError.notYetValid) {
            try authorities[0].verify(bytes(forged), now: now - 3_600)
        }
        #expect(throws: TokenError.expired) {
            try authorities[0].verify(bytes(token), now: now + 60)
        }
    }

    @Test func `tokens of an earlier process are accepted up to its last recorded sign-in`() throws
    {
        let keys = TokenKeys(try KeyRing(current: old))
        let token = try JWTCodec(ring: KeyRing(current: old)).sign(claims(), about: person)
        let authority = TokenAuthority(keys)
        #expect(throws: TokenError.notYetValid) {
            try authority.verify(bytes(token), now: now - 31)
        }
        keys.noteIssue(at: now)
        #expect(try authority.verify(bytes(token), now: now - 31) == claims())
    }
}
