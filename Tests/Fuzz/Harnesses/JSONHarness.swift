import API
import JSON

/// A JSON text that is parsed can be formatted and parsed again, on one line.
enum JSONHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let value: JSONValue
        do {
            value = try JSONValue.decode(input)
        } catch {
            return
        }
        let text = written(value)
        try check(
            text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a control byte in what was written")
        do {
            let again = try JSONValue.decode(text)
            try check(written(again) == text, "another text the second time")
            try check(again == value, "another value the second time")
        } catch let error as JSONError {
            throw BrokenProperty("\(error): \(String(decoding: text, as: UTF8.self))")
        } catch let error as BrokenProperty {
            throw error
        } catch {
            throw BrokenProperty("\(error)")
        }
    }

    private static func written(_ value: JSONValue) -> [UInt8] {
        var text: [UInt8] = []
        JSONText.append(value, to: &text)
        return text
    }
}
