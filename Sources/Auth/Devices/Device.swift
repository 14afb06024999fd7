/// What a person recognises a device by, made of what its client says it is.
///
/// Anybody can claim anything there: a label tells one's own devices apart, and proves nothing.
public enum Device {
    private static let unknown = "unknown device"
    /// The most of a name that nobody here knows.
    private static let maximumNameBytes = 32

    /// A browser calls itself by the names of those it wants to be taken for, too: the first of these
    /// that it uses is its own.
    private static let browsers = [
        ("SamsungBrowser", "Samsung Internet"), ("Edg", "Edge"), ("EdgA", "Edge"),
        ("EdgiOS", "Edge"), ("Edge", "Edge"), ("OPR", "Opera"), ("OPT", "Opera"),
        ("OPiOS", "Opera"), ("Opera", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Chromium", "Chrome"), ("Safari", "Safari"),
    ]

    /// Android is a Linux, and says so.
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
        ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"), ("X11", "Linux"),
    ]

    /// The label of a User-Agent (RFC 9110 §10.1.5): `Firefox on System`, `curl`, `unknown device`.
    ///
    /// - Parameter userAgent: As it was sent; nothing past its first 256 bytes is looked at.
    /// - Returns: Printable ASCII of at most 32 bytes.
    public static func label(ofUserAgent userAgent: String?) -> String {
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
            return system.map { "\(browser) on \($0)" } ?? browser
        }
        // Whatever shows web pages calls itself Mozilla, which names nothing.
        guard let first = words.first, let name = name(first) else { return unknown }
        return name == "Mozilla" ? system ?? unknown : name
    }

    /// What a program calls itself, as far as it is a plain name: a label stands in mails, where
    /// anything like an address would become a link.
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
