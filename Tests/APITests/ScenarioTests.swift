import API
import HTTP
import Testing

struct ScenarioTests {
    @Test(arguments: Scenario.routing)
    func `a path and a method find their endpoint`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.bodies)
    func `a body is one JSON object`(scenario: Scenario) throws { try scenario.run() }

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

    @Test(arguments: Scenario.config)
    func `settings are read by all and switched by administrators`(scenario: Scenario) throws {
        try scenario.run()
    }

    @Test(arguments: Scenario.cookies)
    func `a cookie has the attributes its request calls for`(scenario: Scenario) throws {
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

    @Test func `every stable code is produced by a scenario`() throws {
        var missing = Set(ErrorCode.allCases)
        let tables = [
            Scenario.routing, Scenario.bodies, Scenario.order, Scenario.credentials,
            Scenario.crossOrigin, Scenario.login, Scenario.signup, Scenario.setup,
            Scenario.logout, Scenario.config, Scenario.verify, Scenario.faults,
        ]
        for scenario in tables.joined() where scenario.status.rawValue >= 400 {
            if let code = try scenario.run().code { missing.remove(code) }
        }
        let responder = try Harness().responder
        for (refusal, _, code) in RefusalTests.refusals {
            let answer = ReceivedAnswer(responder.refuse(refusal, request: nil))
            #expect(try answer.code == code)
            missing.remove(code)
        }
        #expect(missing == [])
    }
}
