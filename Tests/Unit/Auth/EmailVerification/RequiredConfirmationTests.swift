import Testing
import TestSupport

@testable import Auth

struct RequiredConfirmationTests {
    private func change(
        in world: World, _ edit: (inout SettingsChange) -> Void
    ) throws -> Settings {
        let service = try world.service()
        let caller = try service.identify(.cookie(world.signIn(Person.owner.email).cookie))
        var change = SettingsChange()
        edit(&change)
        return try service.change(change, by: caller)
    }

    @Test func `confirmation can be required only when mail can be sent`() throws {
        let silent = try World(people: [.owner], sendsMail: false, rules: .sample())
        let error = #expect(throws: AuthError.self) {
            try change(in: silent) { $0.requireEmailVerification = true }
        }
        guard case .invalidInput(let inputs) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(inputs.map(\.field) == ["requireEmailVerification"])
        #expect(!silent.store.memory.settings.requireEmailVerification)
        // It can be switched off, and everything else can be changed.
        #expect(
            try !change(in: silent) { $0.requireEmailVerification = false }.requireEmailVerification
        )
        #expect(try !change(in: silent) { $0.signup = false }.signup)
        let sending = try World(.owner)
        #expect(
            try change(in: sending) { $0.requireEmailVerification = true }.requireEmailVerification)
    }
}
