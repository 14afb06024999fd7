import Testing

@testable import lunauth

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("listen", "listen"), ("lisen", "listen"), ("listten", "listen"), ("lissen", "listen"),
        ("lsiten", "listen"), ("isten", "listen"), ("istn", "listen"), ("ltn", nil), ("", "ab"),
        ("stop", nil), ("listening", nil), ("LISTEN", nil), ("b", "ab"),
    ])
    func `a name within two letters is found`(name: String, nearest: String?) {
        #expect(NearestName.nearest(to: name, among: ["listen", "dataDirectory", "ab"]) == nearest)
    }

    @Test func `the nearest of several is found`() {
        #expect(NearestName.nearest(to: "cat", among: ["cuts", "cap", "cats", "dog"]) == "cap")
        #expect(NearestName.nearest(to: "cats", among: ["cuts", "cap", "cats"]) == "cats")
        #expect(NearestName.nearest(to: "cat", among: []) == nil)
    }
}
