import Bytes
import Crypto
import HTTP
import Server
import Web

@testable import API
@testable import Auth

/// The small texts of requests and configurations: each has one meaning, and its formatted form is
/// parsed to the same value.
enum TextHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let text = String(decoding: input, as: UTF8.self)
        try checkBytes(input)
        try checkAddresses(text)
        try checkNames(text)
        try checkTimes(text)
        try checkQuery(input)
    }

    private static func checkBytes(_ input: [UInt8]) throws(BrokenProperty) {
        if let id = UUID(parsing: input) {
            let lower = input.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            try check("\(id)".utf8.elementsEqual(lower), "another spelling of \(id)")
            try check(UUID(octets: id.octets) == id, "other octets of \(id)")
        }
        if let bytes = Base64URL.decode(input) {
            try check(
                Base64URL.encode(bytes).utf8.elementsEqual(input), "a second spelling of \(bytes)")
        }
        if let bytes = Hex.decode(input) {
            try check(Hex.decode(Hex.encode(bytes).utf8) == bytes, "other digits of \(bytes)")
        }
        if APIKeyText.hash(of: input[...]) != nil {
            try check(
                input.allSatisfy { (0x21...0x7E).contains($0) }, "an API key that is no token")
        }
    }

    private static func checkAddresses(_ text: String) throws(BrokenProperty) {
        if let address = IPAddress(parsing: text.utf8) {
            try check(IPAddress(parsing: "\(address)".utf8) == address, "another \(address)")
        }
        if let network = AddressPrefix(parsing: text.utf8) {
            try check(AddressPrefix(parsing: "\(network)".utf8) == network, "another \(network)")
            try check(network.contains(network.network), "\(network) without its first address")
        }
        if let origin = Origin(text) {
            try check(Origin("\(origin)") == origin, "another \(origin)")
        }
        if let origin = ReturnOrigin(text) {
            try check(ReturnOrigin("\(origin)") == origin, "another \(origin)")
        }
        if let address = ListenAddress(text) {
            let written = "\(address)".trimmingPrefix("http://")
            try check(ListenAddress(String(written)) == address, "another \(address)")
        }
    }

    private static func checkNames(_ text: String) throws(BrokenProperty) {
        if let email = Email(text) {
            try check(Email(email.address) == email, "another \(email)")
            try check(
                email.address.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2C },
                "an address that is two: \(email)")
        }
        if DatabaseName.isValid(text) {
            try check(!text.contains("/") && !text.contains("."), "a path of a name: \(text)")
        }
        if let name = try? PersonName(text) {
            try check(!name.text.utf8.contains { $0 < 0x20 }, "a name of two lines")
            try check((try? PersonName(name.text)) == name, "another name than \(name)")
        }
        if let record = SetupRecord(encoded: Array(text.utf8)) {
            try check(SetupRecord(encoded: record.encoded) == record, "another record")
        }
        let device = Device.label(ofUserAgent: text)
        try check(
            (1...32).contains(device.utf8.count)
                && device.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a device \(device)")
    }

    private static func checkTimes(_ text: String) throws(BrokenProperty) {
        if let period = Period.retention(text) {
            try check(
                (21_600...3_155_760_000).contains(period.seconds), "kept for \(period.seconds)")
        }
        if let lifetime = Period.lifetime(text) {
            try check((3_600...315_576_000).contains(lifetime.seconds), "for \(lifetime.seconds)")
        }
        if let time = Timestamp(rfc3339: text) {
            try check(time.rfc3339.hasPrefix(text.prefix(10)), "another day than \(text)")
            try check(Timestamp(rfc3339: time.rfc3339) == time, "another time than \(text)")
        }
        let cursors = AccountSort.allCases.compactMap { Cursor(text, of: $0) }
        try check(cursors.count <= 1, "a cursor of two orders")
        guard let cursor = cursors.first else { return }
        try check(cursor.text == text, "a second spelling of a cursor")
        guard case .createdAt(let time) = cursor.key else { return }
        try check(time.rfc3339.utf8.count == 24, time.rfc3339)
        try check(time.adding(seconds: 1) > time || time.milliseconds > .max - 1_000, "no later")
        try check(HTTPDate.format(time.seconds).count == 29, "a date of another length")
    }

    private static func checkQuery(_ input: [UInt8]) throws(BrokenProperty) {
        _ = try? Query.pairs(in: input[...], maximumCount: 512)
        var query = Array("text=".utf8)
        PercentEncoding.append(input, to: &query)
        let values = try? Query.values(of: "text", in: query[...])
        guard String(validating: input, as: UTF8.self) != nil else {
            return try check(values == nil, "no UTF-8, read as \(values ?? [])")
        }
        try check(
            values?.count == 1 && values?[0].utf8.elementsEqual(input) == true,
            "escaped and read back as \(values ?? [])")
    }
}
