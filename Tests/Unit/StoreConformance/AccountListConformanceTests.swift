import Crypto
import TestSupport
import Testing

@testable import Auth

struct AccountListConformanceTests {
    /// Adds accounts created one second apart, in this order.
    private func accounts(
        _ people: [(email: String, name: String, role: Account.Role, status: Account.Status)],
        in store: any Store
    ) throws {
        for (second, person) in people.enumerated() {
            try store.add(
                Account(
                    id: .random(), email: .sample(person.email), name: person.name, tier: .free,
                    role: person.role, status: person.status,
                    createdAt: .start.adding(seconds: Int64(second))))
        }
    }

    private func names(
        _ query: AccountQuery, in store: any Store
    ) throws -> [String] {
        try store.accounts(matching: query, PageRequest()).items.map(\.name)
    }

    @Test(arguments: StoreKind.all)
    func `accounts are filtered by status, role and text, newest first`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        try accounts(
            [
                ("a@x.org", "a", .owner, .active), ("b@x.org", "b", .admin, .active),
                ("c@x.org", "c", .member, .pending), ("d@x.org", "d", .member, .active),
                ("e@x.org", "e", .user, .disabled),
            ], in: store)
        #expect(try names(AccountQuery(), in: store) == ["e", "d", "c", "b", "a"])
        #expect(try names(AccountQuery(status: .active), in: store) == ["d", "b", "a"])
        #expect(try names(AccountQuery(status: .pending), in: store) == ["c"])
        #expect(try names(AccountQuery(role: .member), in: store) == ["d", "c"])
        #expect(try names(AccountQuery(status: .active, role: .member), in: store) == ["d"])
        #expect(
            try names(AccountQuery(status: .pending, role: .member, text: "C@"), in: store)
                == ["c"])
        #expect(try names(AccountQuery(status: .disabled, role: .owner), in: store) == [])
    }

    @Test(arguments: StoreKind.all)
    func `accounts are filtered by whether their address is confirmed`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        try accounts(
            [("a@x.org", "a", .user, .active), ("b@x.org", "b", .user, .active)], in: store)
        let first = try #require(try store.credential(.sample("a@x.org"))).account
        try store.write { transaction throws(AuthError) in
            try transaction.setEmail(first.id, to: first.email, verifiedAt: .start)
        }
        #expect(try names(AccountQuery(emailVerified: true), in: store) == ["a"])
        #expect(try names(AccountQuery(emailVerified: false), in: store) == ["b"])
        #expect(try names(AccountQuery(emailVerified: true, text: "x.org"), in: store) == ["a"])
        #expect(
            try names(AccountQuery(status: .disabled, emailVerified: true), in: store) == [])
    }

    @Test(arguments: StoreKind.all)
    func `accounts are sorted by age or name, in pages without gaps`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        // Regardless of case; the same name twice; accents come after all plain letters.
        let sorted = ["ada", "Bert", "bert", "Straße", "strasse", "Zoe", "Émile", "李小龙"]
        let made = [3, 0, 7, 1, 6, 4, 2, 5].map { sorted[$0] }
        try accounts(
            made.enumerated().map { ("p\($0)@x.org", $1, $0 == 2 ? .member : .user, .active) },
            in: store)
        func listed(_ query: AccountQuery) throws -> [String] {
            var (seen, next): ([String], Cursor?) = ([], nil)
            repeat {
                let page = try store.accounts(
                    matching: query, PageRequest(limit: 3, after: next))
                #expect(page.items.count == 3 || page.next == nil)
                seen += page.items.map(\.name)
                next = page.next.flatMap { Cursor($0.text, of: query.sort) }
                #expect(next == page.next)
            } while next != nil
            return seen
        }
        #expect(try listed(AccountQuery(sort: .oldest)) == made)
        #expect(try listed(AccountQuery(sort: .newest)) == made.reversed())
        for text in [nil, "x.org"] as [String?] {
            let byName = try listed(AccountQuery(text: text, sort: .name))
            #expect(byName.map(Account.foldedName) == sorted.map(Account.foldedName))
            #expect(
                try listed(AccountQuery(text: text, sort: .nameDescending)) == byName.reversed())
            let users = try listed(AccountQuery(role: .user, text: text, sort: .name))
            #expect(users == byName.filter { $0 != made[2] })
        }
    }

    @Test(arguments: StoreKind.all)
    func `a renamed account is listed by its new name`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        var account = try Account.sample("ada@x.org", name: "Ada")
        try store.add(account)
        try store.add(.sample("bert@x.org", name: "Bert"))
        account.name = "Zoe"
        try store.update(account)
        #expect(try names(AccountQuery(sort: .name), in: store) == ["Bert", "Zoe"])
    }

    /// What is searched for, and the names that are found.
    private static let searches: [(text: String, found: [String])] = [
        ("ADA", ["Ada Lovelace"]), ("love", ["Ada Lovelace"]), ("ove", []),
        ("love ad", ["Ada Lovelace"]), ("ada bert", []),
        ("first@", ["Ada Lovelace"]), ("X.ORG", ["50_%", "\\o/", "100%", "Ada Lovelace"]),
        ("@x", ["50_%", "\\o/", "100%", "Ada Lovelace"]), ("@y.n", ["José Straße"]),
        ("100%", ["100%"]), ("100", ["100%"]), ("50_%", ["50_%"]),
        ("\\o", ["50_%", "\\o/", "100%", "Ada Lovelace"]), ("%", []), ("_", []), ("\\", []),
        ("a%e", []), ("a_a", ["Ada Lovelace"]),
        ("'", []), ("\"", []), ("*", []), ("first", ["Ada Lovelace"]), ("z", ["李小龙"]),
        ("q", []),
        ("JOSÉ", ["José Straße"]), ("jose\u{301}", ["José Straße"]), ("jos", ["José Straße"]),
        ("jose", []), ("STRASSE", ["José Straße"]), ("straß", ["José Straße"]),
        ("小龙", ["李小龙"]), ("李", ["李小龙"]), ("小李", []),
    ]

    @Test(arguments: StoreKind.all)
    func `search matches the beginnings of words of name and email, in any case`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        try accounts(
            [
                ("first@x.org", "Ada Lovelace", .user, .active),
                ("second@x.org", "100%", .user, .active), ("third@x.org", "\\o/", .user, .active),
                ("fourth@x.org", "50_%", .user, .active),
                ("fifth@y.net", "Jose\u{301} Straße", .user, .active),
                ("sixth@z.example", "李小龙", .user, .active),
            ], in: store)
        for (text, found) in Self.searches {
            #expect(try names(AccountQuery(text: text), in: store) == found, "\(text)")
        }
    }

    @Test(arguments: StoreKind.all)
    func `search finds the current name and email of an account`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        var account = try Account.sample("ada@x.org", name: "Ada Lovelace")
        try store.add(account)
        try store.add(.sample("bert@x.org", name: "Bert Lovelace"))
        account.name = "Ada King"
        let (renamed, moved) = (account, try Email.sample("ada@moved.example"))
        try store.write { transaction throws(AuthError) in try transaction.change(renamed) }
        try store.write { transaction throws(AuthError) in
            try transaction.setEmail(renamed.id, to: moved, verifiedAt: nil)
        }
        for (text, found) in [
            ("lovelace", ["Bert Lovelace"]), ("king", ["Ada King"]), ("ada", ["Ada King"]),
            ("x.org", ["Bert Lovelace"]), ("ada@x", []), ("@moved", ["Ada King"]),
        ] {
            #expect(try names(AccountQuery(text: text), in: store) == found, "\(text)")
        }
        try store.write { transaction throws(AuthError) in
            try transaction.eraseAccount(renamed.id)
        }
        #expect(try names(AccountQuery(text: "ada"), in: store) == [])
    }

    @Test(arguments: StoreKind.all)
    func `a search is paged without gaps`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        for index in 0..<7 {
            try store.add(.sample("p\(index)@x.org", name: index % 2 == 0 ? "Even" : "Odd"))
        }
        var found: [String] = []
        var next: Cursor?
        repeat {
            let page = try store.accounts(
                matching: AccountQuery(text: "even x"), PageRequest(limit: 2, after: next))
            found += page.items.map(\.email.address)
            next = page.next
        } while next != nil
        #expect(Set(found) == ["p0@x.org", "p2@x.org", "p4@x.org", "p6@x.org"] && found.count == 4)
    }

    @Test(arguments: StoreKind.all)
    func `pages have no gaps and no repetitions while accounts are added and deleted`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        // All of one millisecond: only the id distinguishes them.
        let made = try (0..<7).map { try Account.sample("p\($0)@x.org", name: "\($0)") }
        for account in made { try store.add(account) }
        var seen: [Account] = []
        var next: Cursor?
        repeat {
            let page = try store.accounts(
                matching: AccountQuery(role: .user), PageRequest(limit: 3, after: next))
            #expect(page.items.count == (page.next == nil ? 1 : 3))
            seen += page.items
            // A new or deleted account does not shift the others.
            let last = try #require(page.items.last)
            if seen.count == 3 {
                try store.write { transaction throws(AuthError) in
                    try transaction.eraseAccount(last.id)
                }
                try store.add(
                    Account(
                        id: .random(), email: .sample("late@x.org"), name: "late", tier: .free,
                        role: .user, status: .active, createdAt: .start.adding(seconds: 1)))
            }
            next = page.next
        } while next != nil
        #expect(Set(seen.map(\.name)) == Set(made.map(\.name)) && seen.count == made.count)
    }

    @Test(arguments: StoreKind.all)
    func `a full last page has no next page`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        for index in 0..<2 { try store.add(.sample("p\(index)@x.org")) }
        let page = try store.accounts(matching: AccountQuery(), PageRequest(limit: 2))
        #expect(page.items.count == 2 && page.next == nil)
        let cursor = Cursor(createdAt: .start.adding(seconds: -1), id: .random())
        let after = try store.accounts(matching: AccountQuery(), PageRequest(after: cursor))
        #expect(after.items.isEmpty && after.next == nil)
    }

    @Test(arguments: StoreKind.all)
    func `invites are paged, newest first`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let samples = (0..<5).map {
            InviteSample(email: "p\($0)@x.org", createdAt: .start.adding(seconds: Int64($0)))
        }
        for sample in samples { try store.add(sample) }
        let first = try store.invites(PageRequest(limit: 3))
        #expect(first.items == [4, 3, 2].map { samples[$0].invite })
        let second = try store.invites(PageRequest(limit: 3, after: first.next))
        #expect(second.items == [1, 0].map { samples[$0].invite } && second.next == nil)
    }

    @Test(arguments: StoreKind.all)
    func `the invites of one account are paged, newest first`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (maker, other) = (try Account.sample(), try Account.sample("else@example.org"))
        for account in [maker, other] { try store.add(account) }
        let samples = (0..<3).map {
            InviteSample(createdBy: maker.id, createdAt: .start.adding(seconds: Int64($0)))
        }
        for sample in samples { try store.add(sample) }
        for sample in [InviteSample(), InviteSample(createdBy: other.id)] { try store.add(sample) }
        let first = try store.invites(madeBy: maker.id, PageRequest(limit: 2))
        #expect(first.items == [2, 1].map { samples[$0].invite })
        let second = try store.invites(madeBy: maker.id, PageRequest(limit: 2, after: first.next))
        #expect(second.items == [samples[0].invite] && second.next == nil)
        #expect(try store.invites(madeBy: .random(), PageRequest()).items.isEmpty)
    }
}
