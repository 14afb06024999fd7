import API
import Auth
import Testing

struct SetupRecordFormTests {
    private static let text =
        #"{"databaseName":"app","websiteUrl":"https://a.example","migrationType":"manual","#
        + #""retentionPeriod":"90d"}"#

    @Test func `a record is read as it was written`() throws {
        let record = SetupRecord(
            databaseName: "app", websiteURL: try #require(Origin("https://a.example")),
            migrationType: .manual, retentionPeriod: try #require(RetentionPeriod("90d")))
        #expect(String(decoding: record.encoded, as: UTF8.self) == Self.text + "\n")
        #expect(SetupRecord(encoded: record.encoded) == record)
    }

    @Test(arguments: ["databaseName", "websiteUrl", "migrationType", "retentionPeriod"])
    func `a member that is missing spoils the record`(member: String) {
        let text = Self.text.replacing("\"\(member)\"", with: "\"other\"")
        #expect(SetupRecord(encoded: Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        ("app", "../app"), ("https://a.example", "https://a.example/x"), ("manual", "never"),
        ("90d", "1h"), ("\"app\"", "1"), ("{", "["), ("}", ""),
    ])
    func `a value out of range spoils the record`(value: String, other: String) {
        let text = Self.text.replacing(value, with: other)
        #expect(SetupRecord(encoded: Array(text.utf8)) == nil)
    }
}
