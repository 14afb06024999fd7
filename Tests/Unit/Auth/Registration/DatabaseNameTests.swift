import Testing

@testable import Auth

struct DatabaseNameTests {
    @Test(arguments: ["a", "Z", "0", "_", "-", "my-app_2", String(repeating: "x", count: 64)])
    func `a database name has letters, digits, underscores and hyphens`(name: String) {
        #expect(DatabaseName.isValid(name))
    }

    @Test(arguments: [
        "", String(repeating: "x", count: 65), ".", "..", "a.db", "a/b", "../a", "a\\b", "a b",
        "a\0",
        "a\n", "é", "ａ", "a%2e", "~",
    ])
    func `a name that could leave the directory is rejected`(name: String) {
        #expect(!DatabaseName.isValid(name))
    }
}
