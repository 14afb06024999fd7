import Auth
import Crypto
import ForeignPasswords
import System
import TestSupport
import Testing

@testable import lunauth

/// The lines of an export, as `docs/import.md` has them.
struct TransferLineTests {
    private static let id = UUID(parsing: "11111111-1111-4111-8111-111111111111".utf8) ?? .random()
    private static let time = Timestamp(milliseconds: 1_700_000_000_123)
    private static let bcrypt = "$2b$04$0B4BqGdVEBracqp16T4EIuy/TtUyEkinDcrXvrOAT05Lc1vpDwVsu"

    private static func account() throws -> AccountTransfer {
        var account = AccountTransfer(email: try #require(Email("ada@example.org")))
        (account.id, account.name, account.role) = (id, "Ada \"é\"\n", .member)
        (account.tier, account.status, account.language) = (.pro, .pending, .de)
        (account.createdAt, account.emailVerifiedAt) = (time, time)
        (account.isEmailVerified, account.approvedAt) = (true, time)
        account.password = .foreign(try ForeignHash(bcrypt))
        account.factors = [
            FactorTransfer(
                id: id, kind: .passkey, handle: [1, 2, 255], name: "Laptop", createdAt: time,
                lastUsedAt: time, secret: [0, 255]),
            FactorTransfer(
                id: id, kind: .totp, handle: nil, name: nil, createdAt: time, lastUsedAt: nil,
                secret: nil),
        ]
        account.apiKeys = [
            APIKeyTransfer(
                id: id, name: "Key", prefix: "lk_1", hash: SHA256.digest([1]), scopes: [.read],
                createdAt: time, expiresAt: nil, lastUsedAt: time)
        ]
        return account
    }

    private static func invite() -> InviteTransfer {
        InviteTransfer(
            Invite(
                id: id, email: nil, role: .admin, tier: .free, maximumUses: 5, uses: 2,
                isPaused: true, createdBy: id, createdAt: time, expiresAt: time, madeWith: id),
            codeHash: SHA256.digest([2]))
    }

    private func reader(_ text: String) throws -> LunauthReader {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        try DurableFile.write(Array(text.utf8), to: path)
        return LunauthReader(try LineSource(path, maximum: 1 << 16))
    }

    private func problem(_ line: String) -> String? {
        do throws(TransferProblem) {
            _ = try TransferLine(line: Array(line.utf8))
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `every line reads back as it was written`() throws {
        let totals = TransferTotals(accounts: 1, invites: 2, digest: SHA256.digest([3]))
        var bare = AccountTransfer(email: try #require(Email("a@example.org")))
        bare.password = .own(
            PasswordHash.derive(
                password: [1], iterations: 1_000, using: PBKDF2(.blockFunction)))
        for line in [
            TransferLine.header(withSecrets: true), .header(withSecrets: false),
            .record(.account(try Self.account())), .record(.account(bare)),
            .record(.invite(Self.invite())), .end(totals),
        ] {
            let bytes = line.encoded
            #expect(
                bytes.last == UInt8(ascii: "\n") && bytes.count { $0 == UInt8(ascii: "\n") } == 1)
            #expect(try TransferLine(line: bytes.dropLast()) == line)
        }
    }

    @Test func `a line made by hand needs no more than an address`() throws {
        let line = Array(#"{"type":"account","email":"Ada@Example.org"}"#.utf8)
        guard case .record(.account(let account)) = try TransferLine(line: line) else { return }
        #expect(account == AccountTransfer(email: try #require(Email("ada@example.org"))))
    }

    @Test(arguments: [
        ("", "not one JSON object"), ("[]", "not one JSON object"), ("{}", "no known type"),
        (#"{"type":"session"}"#, "no known type"), (#"{"type":"account"}"#, "no email"),
        (#"{"type":"account","email":"x"}"#, "malformed email"),
        (#"{"type":"account","email":"a@example.org","roles":[]}"#, "unknown member roles"),
        (#"{"type":"account","email":"a@example.org","role":"king"}"#, "malformed role"),
        (#"{"type":"account","email":"a@example.org","createdAt":5}"#, "malformed createdAt"),
        (
            #"{"type":"account","email":"a@example.org","passwordHash":"$1$salt$secret"}"#,
            "password hash of an unknown form: $1$"
        ),
        (
            #"{"type":"account","email":"a@example.org","passwordHash":"plain secret"}"#,
            "password hash of an unknown form: ?"
        ),
        (#"{"type":"invite"}"#, "an invite without all it needs"),
        (#"{"type":"lunauth","version":2}"#, "malformed version"),
        (#"{"type":"lunauth"}"#, "no version"), (#"{"type":"end"}"#, "no sha256"),
    ])
    func `what is wrong with a line is said without its content`(line: String, reason: String) {
        #expect(problem(line) == reason)
    }

    @Test func `an export proves that it is whole`() throws {
        let text = try Self.export()
        var whole = try reader(text)
        while try whole.next() != nil {}
        #expect(whole.flaw == nil && whole.hasSecrets)
        #expect(whole.statedTotals?.accounts == 1 && whole.statedTotals?.invites == 1)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var cut = try reader(lines.dropLast(2).joined(separator: "\n") + "\n")
        while try cut.next() != nil {}
        #expect(cut.flaw?.contains("cut off") == true)
        var changed = try reader(text.replacing("member", with: "user"))
        while try changed.next() != nil {}
        #expect(changed.flaw?.contains("digest") == true)
    }

    @Test func `a file without first and last line is read as it is`() throws {
        var plain = try reader(
            #"{"type":"account","email":"a@example.org"}"# + "\n\nno json\n"
                + #"{"type":"account","email":"b@example.org"}"#)
        let first = try #require(try plain.next())
        #expect(first.number == 1 && first.subject == "a@example.org")
        let second = try #require(try plain.next())
        #expect(second.number == 3)
        #expect(throws: TransferProblem.self) { try second.record.get() }
        #expect(try plain.next()?.number == 4)
        #expect(try plain.next() == nil && plain.flaw == nil && plain.statedTotals == nil)
    }

    private static func export() throws -> String {
        let lines =
            TransferLine.header(withSecrets: true).encoded
            + TransferLine.record(.account(try account())).encoded
            + TransferLine.record(.invite(invite())).encoded
        let totals = TransferTotals(accounts: 1, invites: 1, digest: SHA256.digest(lines))
        return String(decoding: lines + TransferLine.end(totals).encoded, as: UTF8.self)
    }
}
