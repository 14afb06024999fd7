import Auth
import Web

/// A `return_to`: what is accepted leads to this server or to a listed origin, in a field value that
/// browsers read in one way.
enum ReturnHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let text = String(decoding: input, as: UTF8.self)
        guard let website, let address = address(text) else { return }
        let location = address.location
        try check(
            location.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") },
            "not visible: \(location)")
        if let origin = address.origin {
            try check(origins.allows(origin, website: website), "not listed: \(origin)")
            try check(location.hasPrefix("\(origin)/"), "elsewhere than \(origin): \(location)")
            try check(location.utf8.count <= input.count + 1, "longer: \(location)")
            // The slash after the origin may be one byte more than is read.
            guard location.utf8.count <= ReturnOrigins.maximumAddressBytes else { return }
        } else {
            try check(location == text && location.hasPrefix("/"), "another path: \(location)")
            try check(!location.hasPrefix("//"), "another host: \(location)")
        }
        try check(self.address(location) == address, "another address the second time")
    }

    private static let website = Origin("https://auth.example.org")
    private static let origins = ReturnOrigins(
        ["https://app.example.org", "https://*.apps.example.org", "http://localhost:3000"]
            .compactMap(ReturnOrigin.init))

    private static func address(_ text: String) -> ReturnAddress? {
        website.flatMap { ReturnAddress(text, allowedBy: origins, website: $0) }
    }
}
