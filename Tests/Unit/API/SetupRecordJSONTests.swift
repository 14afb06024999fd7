import API
import Auth
import Testing

struct SetupRecordJSONTests {
    private static let text =
        #"{"databaseName":"app","websiteUrl":"https://a.example","migrationType":"manual","#
        + #""retentionPeriod":"90d"}"#

    @Test func `a record is read as it was written`() throws {
        let record = SetupRecord(
            databaseName: "app", websiteURL: Origin("https://a.example"),
            migrationType: .manual, retentionPeriod: Period.retention("90d"))
        #expect(String(decoding: record.encoded, as: UTF8.self) == Self.text + "\n")
        #expect(SetupRecord(encoded: record.encoded) == record)
    }

    @Test(arguments: ["databaseName", "websiteUrl", "migrationType", "retentionPeriod"])
    func `a member that was not named is not there`(member: String) throws {
        let text = Self.text.replacing("\"\(member)\"", with: "\"other\"")
        let record = try #require(SetupRecord(encoded: Array(text.utf8)))
        let values = [
            record.databaseName, record.websiteURL?.description, record.migrationType?.rawValue,
            record.retentionPeriod?.text,
        ]
        #expect(values.count { $0 == nil } == 1)
        #expect(!String(decoding: record.encoded, as: UTF8.self).contains(member))
    }

    @Test func `a record of nothing is an empty object`() {
        #expect(SetupRecord().encoded == Array("{}\n".utf8))
        #expect(SetupRecord(encoded: Array("{}".utf8)) == SetupRecord())
        for text in ["", "null", "[]", #"{"websiteUrl":null}"#] {
            #expect(SetupRecord(encoded: Array(text.utf8)) == nil)
        }
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
