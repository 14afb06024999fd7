import Auth
import Testing
import TestSupport

/// What pages offer administrators is what the verbs let them do.
struct AdministratorOptionsTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .member, .customer, .pending, .disabled)
        service = try world.service()
    }

    private func options(
        for target: Person, of administrator: Person
    ) throws -> AdministratorOptions {
        let caller = try service.caller(world.signIn(administrator.email))
        return service.administration.options(
            for: try #require(world.account(target.email)), of: caller)
    }

    @Test func `the owner may do everything to others`() throws {
        world.confirm(Person.admin.email)
        let options = try options(for: .admin, of: .owner)
        #expect(options.mayChange && options.maySwitch && options.mayReset && options.mayDelete)
        #expect(options.roles == [.admin, .member, .user])
        #expect(!options.mayDecide)
    }

    @Test func `nothing but the plan and the name of the owner changes`() throws {
        let options = try options(for: .owner, of: .owner)
        #expect(options.mayChange && options.roles.isEmpty)
        #expect(!options.maySwitch && !options.mayDelete)
    }

    @Test(arguments: [Person.owner, .admin])
    func `an administrator neither switches nor deletes the own account`(person: Person) throws {
        let options = try options(for: person, of: person)
        #expect(options.mayChange && options.roles.isEmpty)
        #expect(!options.maySwitch && !options.mayDelete)
    }

    @Test func `an administrator may do nothing to the owner`() throws {
        let options = try options(for: .owner, of: .admin)
        #expect(!options.mayChange && !options.mayReset && options.roles.isEmpty)
        #expect(!options.maySwitch && !options.mayDelete && !options.mayDecide)
    }

    @Test func `an administrator makes no administrators`() throws {
        #expect(try options(for: .member, of: .admin).roles == [.member, .user])
    }

    @Test(arguments: [Person.owner, .admin])
    func `an account that waits is decided about`(person: Person) throws {
        let options = try options(for: .pending, of: person)
        #expect(options.mayDecide && !options.maySwitch)
    }

    @Test func `a disabled account is enabled, and no link is sent to it`() throws {
        let options = try options(for: .disabled, of: .admin)
        #expect(options.maySwitch && !options.mayReset)
    }

    @Test func `no link is sent to the unconfirmed address of an administrator`() throws {
        #expect(try !options(for: .admin, of: .owner).mayReset)
    }
}
