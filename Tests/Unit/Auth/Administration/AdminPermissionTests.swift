import Crypto
import Testing
import TestSupport

@testable import Auth

/// What each role may do to each other role.
struct AdminPermissionTests {
    /// An administrative action.
    enum Action: String, CaseIterable {
        case name, tier, disable, activate, makeOwner, makeAdmin, makeMember, makeUser, delete
        case approve, decline, unlock, reset
    }

    /// One cell of the table.
    struct Cell: Sendable, CustomTestStringConvertible {
        let actor: String
        let action: Action
        let target: String
        let outcome: AuthError?
        var testDescription: String { "\(actor): \(action) of \(target)" }
    }

    private static let targets = [
        "owner", "admin", "other", "member", "customer", "pending", "disabled",
    ]
    private static let outcomes: [Character: AuthError?] = [
        ".": nil, "f": .forbidden, "p": .ownerProtected, "n": .notPending, "u": .unauthenticated,
        "d": .accountDisabled, "v": .emailUnverified,
    ]

    /// One row an action, one column a target, in the order above; a dot means allowed, or no change.
    private static let table: [(actor: String, rows: [(Action, String)])] = [
        (
            "owner",
            [
                (.name, "......."), (.tier, "......."), (.disable, "p......"),
                (.activate, "......."), (.makeOwner, ".pppppp"), (.makeAdmin, "p......"),
                (.makeMember, "p......"), (.makeUser, "p......"), (.delete, "p......"),
                (.approve, "......n"), (.decline, "nnnnn.n"), (.unlock, "......."),
                (.reset, ".vv...d"),
            ]
        ),
        (
            "admin",
            [
                (.name, "f.f...."), (.tier, "f.f...."), (.disable, "fff...."),
                (.activate, "......."), (.makeOwner, ".pfpppp"), (.makeAdmin, "f..ffff"),
                (.makeMember, "fff...."), (.makeUser, "fff...."), (.delete, "fff...."),
                (.approve, "......n"), (.decline, "nnnnn.n"), (.unlock, "f.f...."),
                (.reset, "fvf...d"),
            ]
        ),
        ("member", Action.allCases.map { ($0, "fffffff") }),
        ("customer", Action.allCases.map { ($0, "fffffff") }),
        ("pending", Action.allCases.map { ($0, "uuuuuuu") }),
    ]

    static let cells = table.flatMap { actor, rows in
        rows.flatMap { action, columns in
            zip(targets, columns).map { target, mark in
                Cell(
                    actor: actor, action: action, target: target,
                    outcome: outcomes[mark] ?? .invalidToken)
            }
        }
    }

    @Test(arguments: cells)
    func `a role's permissions over another role match the table`(cell: Cell) throws {
        let world = try World(people: Person.allCases, rules: .sample())
        try world.add("other@example.org", name: "other", role: .admin)
        let service = try world.service()
        let session = try world.signIn("\(cell.actor)@example.org")
        let caller = try service.identify(.cookie(session.cookie))
        let before = try #require(world.account("\(cell.target)@example.org"))
        let everybody = world.store.memory.credentials.map(\.account)
        guard let outcome = cell.outcome else {
            try perform(cell.action, on: before.id, by: caller, service)
            let after = world.account(before.email.address)
            #expect(after == expected(cell.action, of: before))
            return
        }
        #expect(throws: outcome) {
            try perform(cell.action, on: before.id, by: caller, service)
        }
        #expect(world.store.memory.credentials.map(\.account) == everybody)
        #expect(world.store.memory.mails.isEmpty)
    }

    private func perform(
        _ action: Action, on id: UUID, by caller: Caller, _ service: AuthService
    ) throws {
        var change = AccountChange()
        switch action {
        case .name: change.name = .text("Grace")
        case .tier: change.tier = .text("team")
        case .disable: change.status = .text("disabled")
        case .activate: change.status = .text("active")
        case .makeOwner: change.role = .text("owner")
        case .makeAdmin: change.role = .text("admin")
        case .makeMember: change.role = .text("member")
        case .makeUser: change.role = .text("user")
        case .delete:
            _ = try service.administration.deleteAccount(id, by: .caller(caller))
            return
        case .approve:
            _ = try service.administration.approve(id, by: .administrator(.caller(caller)))
            return
        case .decline:
            try service.administration.decline(id, by: .administrator(.caller(caller)))
            return
        case .unlock:
            try service.administration.unlock(id, by: .caller(caller))
            return
        case .reset:
            try service.administration.sendPasswordReset(to: id, by: .caller(caller))
            return
        }
        _ = try service.administration.changeAccount(id, change, by: .caller(caller))
    }

    private func expected(_ action: Action, of account: Account) -> Account? {
        var account = account
        switch action {
        case .name: account.name = "Grace"
        case .tier: account.tier = .team
        case .disable: account.status = .disabled
        case .activate, .approve:
            if account.status != .active { account.approvedAt = TestClock.start }
            account.status = .active
        case .makeOwner: account.role = .owner
        case .makeAdmin: account.role = .admin
        case .makeMember: account.role = .member
        case .makeUser: account.role = .user
        case .unlock, .reset: break
        case .delete, .decline: return nil
        }
        return account
    }
}
