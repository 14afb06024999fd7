import Testing

@testable import Auth

struct InvalidInputTests {
    @Test(
        arguments: [
            (.required, "is required"), (.notText, "must be a string"),
            (.notOneOf(["a", "b"]), "must be one of: a, b"),
            (.neither("automatic", "manual"), "must be automatic or manual"),
            (.notInRange(1...1_000), "must be a whole number from 1 to 1000"),
            (.passwordTooShort(length: 6, minimum: 8), "must have at least 8 characters"),
            (.passwordTooLong(length: 300, maximum: 256), "must have at most 256 characters"),
            (.notEmail(asciiDomain: nil), "must be an email address"),
            (.nameLength(maximum: 100), "must have 1 to 100 characters"),
            (
                .adminKeyLifetime(maximumDays: 90),
                #"must be at most 90 days with the scope "admin""#
            ),
            (.other("is odd"), "is odd"),
        ] as [(InvalidInput.Rule, String)])
    func `the message names the limit`(rule: InvalidInput.Rule, message: String) {
        #expect(InvalidInput("field", rule).message == message)
    }

    @Test func `a message never contains what was sent`() {
        let password = "1q8x-zk"
        let rule = PasswordPolicy(minimumLength: 8).objection(to: password, email: nil, name: nil)
        #expect(rule?.message.contains(password) == false)
    }
}
