import API
import Auth
import HTTP
import Testing
import Web

struct ScenarioTests {
    @Test(arguments: Scenario.routing)
    func `requests are routed by path and method`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.bodies)
    func `a body is one JSON object`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.inputs + Scenario.missingCredentials)
    func `an error names each invalid input`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.order)
    func `checks run in the documented order`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.credentials)
    func `a caller authenticates with a valid credential`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.crossOrigin)
    func `unsafe requests from other sites are refused`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.login)
    func `only the correct password signs in`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.signup)
    func `only permitted clients open accounts`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.setup)
    func `only permitted clients create the owner, once`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.registrationPages)
    func `the pages of registration open accounts as the settings allow`(
        scenario: Scenario
    ) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.setupPage)
    func `the page of setup leads from a fresh server to its owner`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.logout)
    func `logging out ends only the sessions of the shown credentials`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.sessions)
    func `only the owner of a session sees and ends it`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.refresh)
    func `a session gives another token`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.config)
    func `settings are public, and only administrators change them`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.users)
    func `only administrators administer accounts`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.events)
    func `administrators see all events, and people those of their own`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.eventPages)
    func `people see what happened to their account, and administrators everything`(
        scenario: Scenario
    ) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.decisions)
    func `accounts that wait are approved or declined`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.explain)
    func `only administrators and the operator learn why a request was refused`(
        scenario: Scenario
    ) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.explainPage)
    func `the page of refused requests explains a request by its id`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.invites)
    func `only administrators manage invitations`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.cookies)
    func `cookie attributes follow the scheme and configuration`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.apiKeys)
    func `only the owner of an API key creates, lists and revokes it`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.keyCredentials)
    func `an API key authenticates requests`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.tierLimits)
    func `the tier limits the requests of an account`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.admin)
    func `the admin listener has its own paths`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.verify)
    func `forward-auth admits only requests that meet the query`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.verifyLogin)
    func `unauthenticated browsers are redirected to sign-in; return_to is allow-listed`(
        scenario: Scenario
    ) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.faults)
    func `an internal error is never reported as the client's`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.passwords)
    func `changing a password needs the old one, resetting it the link of a mail`(
        scenario: Scenario
    ) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.emails)
    func `confirming an address needs the link of its mail`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.ownAccount)
    func `only the owner of an account changes and deletes it`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.pages)
    func `a browser is shown pages`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.accountPage)
    func `a person manages an account on one page`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.factorPages)
    func `a person proves and manages second factors with a browser`(
        scenario: Scenario
    ) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.signInPages)
    func `a person signs in with a browser`(scenario: Scenario) throws { try scenario.run() }

    @Test(arguments: Scenario.signOutPages)
    func `a person signs out, is refused and finds the pages`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.usersPage)
    func `an administrator finds accounts by the address of the list`(
        scenario: Scenario
    ) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.userPage)
    func `an administrator changes an account on its page`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.factors)
    func `second factors and passkeys are proven, added and removed`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.reasons)
    func `the log states the reason of a refusal`(scenario: Scenario) throws {
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
            Scenario.users, Scenario.decisions, Scenario.invites, Scenario.factors,
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
