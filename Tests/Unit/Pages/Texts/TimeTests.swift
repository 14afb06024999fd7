import Auth
import Testing

@testable import Pages

struct TimeTests {
    /// 29 November 2026, 12:00 UTC, and so many hours later.
    private func text(
        hours: Int64, _ texts: any TimeTexts, _ placement: TimePlacement = .alone
    ) throws -> String {
        let moment = Timestamp.noon.adding(seconds: hours * 3_600)
        return try Markup(time(moment, now: .noon, placement, texts: texts)).texts.joined()
    }

    @Test(
        arguments: [
            (0, "today at 12:00 UTC", "heute um 12:00 UTC"),
            (-12, "today at 00:00 UTC", "heute um 00:00 UTC"),
            (-13, "yesterday at 23:00 UTC", "gestern um 23:00 UTC"),
            (12, "tomorrow at 00:00 UTC", "morgen um 00:00 UTC"),
            (-37, "27 November 2026, 23:00 UTC", "27. November 2026 um 23:00 UTC"),
            (36, "1 December 2026, 00:00 UTC", "1. Dezember 2026 um 00:00 UTC"),
            (24 * 100, "9 March 2027, 12:00 UTC", "9. März 2027 um 12:00 UTC"),
        ] as [(Int64, String, String)])
    func `a time is told by its day`(hours: Int64, english: String, german: String) throws {
        #expect(try text(hours: hours, English()) == english)
        #expect(try text(hours: hours, German()) == german)
    }

    @Test func `in a sentence a date has a word before it`() throws {
        #expect(try text(hours: 0, English(), .sentence) == "today at 12:00 UTC")
        #expect(try text(hours: 48, English(), .sentence) == "on 1 December 2026, 12:00 UTC")
        #expect(try text(hours: 48, German(), .sentence) == "am 1. Dezember 2026 um 12:00 UTC")
    }

    /// The script writes the time in the zone of the browser.
    @Test func `a program reads the time to the second`() throws {
        let markup = try Markup(time(.noon, now: .noon, .sentence, texts: German()))
        #expect(markup.values(of: "datetime") == ["2026-11-29T12:00:00Z"])
        #expect(markup.values(of: "data-on") == ["am"])
        let day = try Markup(date(.noon, texts: English()))
        #expect(day.values(of: "datetime") == ["2026-11-29"])
        #expect(day.texts == ["29 November 2026"])
    }

    @Test(
        arguments: [
            (Int64.min, "in 1 second", "in 1 Sekunde"), (0, "in 1 second", "in 1 Sekunde"),
            (2, "in 2 seconds", "in 2 Sekunden"), (89, "in 89 seconds", "in 89 Sekunden"),
            (90, "in 2 minutes", "in 2 Minuten"), (121, "in 3 minutes", "in 3 Minuten"),
            (5_399, "in 90 minutes", "in 90 Minuten"), (5_400, "in 2 hours", "in 2 Stunden"),
            (7_201, "in 3 hours", "in 3 Stunden"), (129_600, "in 2 days", "in 2 Tagen"),
            (.max, "in 106751991167301 days", "in 106751991167301 Tagen"),
        ] as [(Int64, String, String)])
    func `a wait is rounded up`(seconds: Int64, english: String, german: String) {
        #expect(English().wait(RoundedWait(seconds: seconds)) == english)
        #expect(German().wait(RoundedWait(seconds: seconds)) == german)
    }

    @Test(arguments: [
        (0, "0", "0"), (999, "999", "999"), (1_284, "1,284", "1.284"),
        (1_000_000, "1,000,000", "1.000.000"), (-12_345, "-12,345", "-12.345"),
        (Int.min, "-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808"),
    ])
    func `numbers have separators`(number: Int, english: String, german: String) {
        #expect(English().number(number) == english)
        #expect(German().number(number) == german)
    }
}
