import Auth
import Crypto
import ForeignPasswords
import System
import TestSupport
import Testing

@testable import lunauth

/// The files of other systems, made by the libraries of those systems (`Tests/Vectors/import`).
struct ForeignReaderTests {
    private static let password = "correct horse battery"

    private static func path(_ name: String) -> String {
        let tests = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(tests)/Vectors/import/\(name)"
    }

    /// What is expected of one account.
    private struct Expected {
        var subject: String
        var form: String?
        var problem: String?
        var status = Account.Status.active
        var isVerified: Bool?
        var name: String?
        var remarks: [String] = []
    }

    private func entries(_ name: String, _ system: ImportSystem) throws -> [ImportEntry] {
        var reader = try ImportSystem.reader(of: Self.path(name), from: system)
        var entries: [ImportEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    private func check(_ entries: [ImportEntry], _ expected: [Expected]) throws {
        #expect(entries.map(\.subject) == expected.map(\.subject))
        for (entry, expected) in zip(entries, expected) {
            #expect(entry.remarks == expected.remarks)
            switch entry.record {
            case .failure(let problem): #expect(problem.reason == expected.problem)
            case .success(.invite): Issue.record("an invitation")
            case .success(.account(let account)):
                #expect(expected.problem == nil, "\(entry.subject)")
                #expect(account.password?.form == expected.form)
                #expect(account.status ?? .active == expected.status)
                #expect(account.isEmailVerified == expected.isVerified)
                if let name = expected.name { #expect(account.name == name) }
                guard case .foreign(let hash)? = account.password else { continue }
                let bytes = Array(Self.password.utf8)
                #expect(try LibraryVerifier().verify(bytes, against: hash), "\(entry.subject)")
            }
        }
    }

    @Test func `users of Authelia`() throws {
        try check(
            entries("authelia.yml", .authelia),
            [
                Expected(
                    subject: "ada@example.org", form: "argon2id", name: "Ada Łovelace",
                    remarks: ["groups are not moved: admins, dev"]),
                Expected(subject: "Bob@Example.org", form: "pbkdf2-sha512", status: .disabled),
                Expected(subject: "carol@example.org", form: "sha512-crypt"),
                Expected(
                    subject: "dave@example.org", problem: "password hash of an unknown form: $1$"),
                Expected(subject: "erin", problem: "no email"),
            ])
    }

    @Test func `a realm of Keycloak`() throws {
        let found = try entries("keycloak.json", .keycloak)
        try check(
            found,
            [
                Expected(
                    subject: "ada@example.org", form: "pbkdf2-sha256", isVerified: true,
                    name: "Ada Łovelace", remarks: ["otp: enrol again"]),
                Expected(
                    subject: "bob@example.org", form: "pbkdf2-sha512", status: .disabled,
                    isVerified: false, name: "bob"),
                Expected(subject: "carol@example.org", form: "pbkdf2-sha1", isVerified: false),
                Expected(subject: "dave@example.org", form: "argon2id", isVerified: false),
                Expected(subject: "erin", problem: "no email"),
                Expected(
                    subject: "frank@example.org",
                    problem: "password hash of an unknown form: md5"),
                Expected(subject: "grace@example.org", isVerified: false),
            ])
        guard case .success(.account(let ada)) = found[0].record else { return }
        #expect(ada.createdAt == Timestamp(milliseconds: 1_700_000_000_123))
    }

    @Test(arguments: ["supabase.csv", "supabase.sql"])
    func `the table of Supabase, as CSV and as a dump`(name: String) throws {
        let found = try entries(name, .supabase)
        try check(
            found,
            [
                Expected(subject: "ada@example.org", form: "bcrypt", isVerified: true),
                Expected(
                    subject: "bob@example.org", form: "bcrypt", status: .disabled,
                    isVerified: false),
                Expected(subject: "carol@example.org", isVerified: false),
                Expected(subject: "dave@example.org", problem: "was deleted"),
            ])
        guard case .success(.account(let ada)) = found[0].record else { return }
        #expect(ada.id?.description == "11111111-1111-4111-8111-111111111111")
        #expect(ada.createdAt == Timestamp(rfc3339: "2024-01-01T02:04:05Z"))
        #expect(ada.emailVerifiedAt == Timestamp(rfc3339: "2024-01-02T03:04:05.678Z"))
    }

    @Test func `a password file of Apache`() throws {
        let found = try entries("htpasswd", .htpasswd)
        try check(
            found,
            [
                Expected(subject: "ada@example.org", form: "bcrypt"),
                Expected(
                    subject: "bob@example.org", problem: "password hash of an unknown form: {SHA}"),
                // It may be a password.
                Expected(subject: "", problem: "malformed email"),
                Expected(subject: "dave@example.org", problem: "no colon"),
            ])
        #expect(found.map(\.number) == [1, 4, 5, 6])
    }

    @Test func `the database of PocketBase`() throws {
        try check(
            entries("pocketbase.db", .pocketbase),
            [
                Expected(
                    subject: "ada@example.org", form: "bcrypt", isVerified: true, name: "Ada"),
                Expected(subject: "bob@example.org", form: "bcrypt", isVerified: false),
                Expected(subject: "", problem: "no email"),
            ])
    }

    @Test func `the database of Lunalytics`() throws {
        let found = try entries("lunalytics.db", .lunalytics)
        let remarks = ["permissions are not moved"]
        try check(
            found,
            [
                Expected(subject: "owner@example.org", form: "bcrypt", isVerified: false),
                Expected(
                    subject: "ada@example.org", form: "bcrypt", isVerified: false,
                    remarks: remarks),
                Expected(
                    subject: "bob@example.org", status: .pending, isVerified: false,
                    remarks: remarks),
            ])
        let roles = found.compactMap { entry -> Account.Role? in
            guard case .success(.account(let account)) = entry.record else { return nil }
            return account.role
        }
        #expect(roles == [.owner, .member, .member])
    }

    private func statuses(of text: String, _ system: ImportSystem) throws -> [Account.Status?] {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        try DurableFile.write(Array(text.utf8), to: path)
        var reader = try ImportSystem.reader(of: path, from: system)
        var statuses: [Account.Status?] = []
        while let entry = try reader.next() {
            guard case .success(.account(let account)) = entry.record else { continue }
            statuses.append(account.status)
        }
        return statuses
    }

    @Test(arguments: [
        ("true", Account.Status.disabled), ("True", .disabled), ("'yes'", .disabled),
        ("on", .disabled), ("[]", .disabled), ("what", .disabled), ("false", .active),
        ("FALSE", .active), ("no", .active), ("", .active), ("~", .active),
    ])
    func `a user of Authelia is disabled unless it is clear that not`(
        word: String, status: Account.Status
    ) throws {
        let text = """
            users:
              ada:
                email: ada@example.org
                disabled: \(word)
                password: '$5$rounds=1000$salt$\(String(repeating: "a", count: 43))'
            """
        #expect(try statuses(of: text, .authelia) == [status])
    }

    @Test(arguments: [
        ("", Account.Status.active), ("2999-01-01 00:00:00+00", .disabled), ("infinity", .disabled),
        ("2021-01-01 00:00:00+00", .active),
    ])
    func `a ban of Supabase lasts until its end`(end: String, status: Account.Status) throws {
        let text = "email,encrypted_password,banned_until\nada@example.org,,\(end)\n"
        #expect(try statuses(of: text, .supabase) == [status])
    }

    @Test(arguments: [
        (ImportSystem.authelia, "keycloak.json"), (.keycloak, "authelia.yml"),
        (.pocketbase, "lunalytics.db"), (.lunalytics, "pocketbase.db"), (.pocketbase, "htpasswd"),
        (.supabase, "htpasswd"), (.authelia, "absent"), (.keycloak, "absent"),
    ])
    func `a file of another system is refused before its first record`(
        system: ImportSystem, name: String
    ) {
        #expect(throws: (any Error).self) { try entries(name, system) }
    }
}

/// Times as other systems write them.
struct ForeignTimeTests {
    @Test(arguments: [
        ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05.000Z"),
        ("2024-01-02 03:04:05", "2024-01-02T03:04:05.000Z"),
        ("2024-01-02 03:04:05.678Z", "2024-01-02T03:04:05.678Z"),
        ("2024-01-02 03:04:05.6789012+00", "2024-01-02T03:04:05.678Z"),
        ("2024-01-02 03:04:05.6+05:30", "2024-01-01T21:34:05.600Z"),
        ("2024-01-02T03:04:05-0130", "2024-01-02T04:34:05.000Z"),
    ])
    func `a time is read with its offset`(text: String, time: String) {
        #expect(ForeignTime.parse(text)?.rfc3339 == time)
    }

    @Test(arguments: [
        "", "2024-01-02", "2024-13-02 03:04:05", "2024-01-02 03:04:05.", "2024-01-02 03:04:05+1",
        "2024-01-02 03:04:05+24:00", "2024-01-02 03:04:05 CET", "2024-01-02x03:04:05",
        "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01", "9999-12-31T23:59:59-01",
    ])
    func `what is no time is none`(text: String) {
        #expect(ForeignTime.parse(text) == nil)
    }
}
