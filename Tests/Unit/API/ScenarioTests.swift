import API
import Auth
import HTTP
import Testing
import Web

struct ScenarioTests {
    @Test(arguments: Scenario.routing)
    func `a path and a method find their endpoint`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.bodies)
    func `a body is one JSON object`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.inputs + Scenario.missingCredentials)
    func `what is wrong with an input is said`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.order)
    func `checks come in their order`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.credentials)
    func `a caller shows who it is`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.crossOrigin)
    func `a page of another site changes nothing`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.login)
    func `the right password signs in and nothing else does`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.signup)
    func `an account is opened by whoever may`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.setup)
    func `the first owner is made once by whoever may`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.logout)
    func `logging out ends what was shown and nothing else`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.sessions)
    func `sessions are seen and ended by whom they belong to`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.refresh)
    func `a session gives another token`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.config)
    func `settings are read by all and switched by administrators`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.users)
    func `accounts are administered by administrators`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.decisions)
    func `who waits is approved or declined`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.invites)
    func `invitations are made and kept by administrators`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.cookies)
    func `a cookie has the attributes its request calls for`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.apiKeys)
    func `keys are made, listed and revoked by their owner`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.keyCredentials)
    func `a key signs requests`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.tierLimits)
    func `an account asks as often as its tier allows`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.admin)
    func `who watches over the server has paths of their own`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.verify)
    func `a request passes a proxy when the application may have it`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.verifyLogin)
    func `a browser is sent to sign in and lured nowhere`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.faults)
    func `a fault of ours is never the client's`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.passwords)
    func `a password is changed by who knows it and reset by who reads the mail`(
        scenario: Scenario
    ) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.emails)
    func `an address is confirmed by who reads its mail`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.ownAccount)
    func `an account is its owner's`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.pages)
    func `a browser is shown pages`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.reasons)
    func `the log says why somebody was refused`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test func `every reason is produced by a scenario or a refusal of the server`() {
        let produced =
            Scenario.reasons.compactMap(\.reason) + RefusalTests.refusals.compactMap(\.3)
        #expect(Set(produced) == Set(Reason.allCases))
    }

    @Test func `every stable code is produced by a scenario`() throws {
        var missing = Set(ErrorCode.allCases)
        let tables = [
            Scenario.routing, Scenario.bodies, Scenario.order, Scenario.credentials,
            Scenario.crossOrigin, Scenario.login, Scenario.signup, Scenario.setup,
            Scenario.logout, Scenario.config, Scenario.verify, Scenario.faults, Scenario.sessions,
            Scenario.passwords, Scenario.emails, Scenario.ownAccount,
            Scenario.apiKeys, Scenario.keyCredentials,
            Scenario.users, Scenario.decisions, Scenario.invites,
        ]
        let failing = tables.joined().filter { $0.status.rawValue >= 400 }
        // Where a scenario names its code, the test of its table finds that code in the answer.
        missing.subtract(failing.compactMap(\.namedCode))
        for scenario in failing where !missing.isEmpty && scenario.namedCode == nil {
            if let code = try scenario.run().code { missing.remove(code) }
        }
        let responder = try Harness().responder
        for (refusal, _, code, _) in RefusalTests.refusals {
            let answer = ReceivedAnswer(responder.refuse(refusal, request: nil))
            #expect(try answer.code == code)
            missing.remove(code)
        }
        #expect(missing == [])
    }
}
