/// A label by which a person recognises a device, derived from its User-Agent.
///
/// Clients can claim anything: a label distinguishes one's own devices, and proves nothing.
public enum Device {
    /// The most bytes of an unknown product name.
    private static let maximumNameBytes = 32

    /// Browsers also name others that they are compatible with: the first of these that occurs is the
    /// browser itself.
    private static let browsers = [
        ("SamsungBrowser", "Samsung Internet"), ("Edg", "Edge"), ("EdgA", "Edge"),
        ("EdgiOS", "Edge"), ("Edge", "Edge"), ("OPR", "Opera"), ("OPT", "Opera"),
        ("OPiOS", "Opera"), ("Opera", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Chromium", "Chrome"), ("Safari", "Safari"),
    ]

    /// Android also claims to be Linux.
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
        ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"), ("X11", "Linux"),
    ]

    /// The label of a User-Agent (RFC 9110 §10.1.5): `Firefox on System`, `curl`, `unknown device`.
    ///
    /// - Parameters:
    ///   - userAgent: As sent; only its first 256 bytes are read.
    ///   - language: The language of the words around the names.
    /// - Returns: At most 32 bytes, in English printable ASCII.
    public static func label(
        ofUserAgent userAgent: String?, in language: Language = .en
    ) -> String {
        let words = (userAgent ?? "").utf8.prefix(ClientContext.maximumUserAgentBytes)
            .split(whereSeparator: isSeparator)
        var products: Set<String> = []
        var others: Set<String> = []
        for word in words {
            let name = word.prefix { $0 != UInt8(ascii: "/") }
            let text = String(decoding: name, as: UTF8.self)
            if name.count < word.count { products.insert(text) } else { others.insert(text) }
        }
        let system = systems.first { others.contains($0.0) }?.1
        if let browser = browsers.first(where: { products.contains($0.0) })?.1 {
            return system.map { language.browser(browser, on: $0) } ?? browser
        }
        // Every browser calls itself Mozilla, which identifies none.
        guard let first = words.first, let name = name(first) else {
            return language.unknownDevice
        }
        return name == "Mozilla" ? system ?? language.unknownDevice : name
    }

    /// The product name of a program, if it is plain: labels are shown in mails, where anything like an
    /// address would become a link.
    private static func name(_ word: some Collection<UInt8>) -> String? {
        let name = word.prefix(while: isNameByte).prefix(maximumNameBytes)
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "("),
            UInt8(ascii: ")"):
            true
        default: false
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
