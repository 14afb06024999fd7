/// A device as a person recognises it, derived from its User-Agent (RFC 9110 §10.1.5).
///
/// Clients can claim anything: it distinguishes one's own devices, and proves nothing.
public struct Device: Sendable, Equatable {
    /// The browser or other program, in printable ASCII of at most 32 bytes: `Firefox`, `curl`; nil where
    /// the client names none.
    public let program: String?
    /// The system of a browser; nil where the client names none.
    public let system: System?

    /// Whether the client says what it is.
    public var isKnown: Bool { program != nil || system != nil }

    /// A system that browsers run on.
    public enum System: String, Sendable, CaseIterable {
        case iPhone, iPad
        case android = "Android"
        case chromeOS = "ChromeOS"
        case windows = "Windows"
        case macOS
        case linux = "Linux"
    }

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
    private static let systems: [(word: String, system: System)] = [
        ("iPhone", .iPhone), ("iPad", .iPad), ("Android", .android), ("CrOS", .chromeOS),
        ("Windows", .windows), ("Macintosh", .macOS), ("Linux", .linux), ("X11", .linux),
    ]

    /// Recognises the device of a User-Agent.
    ///
    /// - Parameter userAgent: As sent; only its first 256 bytes are read.
    public init(userAgent: String?) {
        let words = (userAgent ?? "").utf8.prefix(ClientContext.maximumUserAgentBytes)
            .split(whereSeparator: Self.isSeparator)
        var products: Set<String> = []
        var others: Set<String> = []
        for word in words {
            let name = word.prefix { $0 != UInt8(ascii: "/") }
            let text = String(decoding: name, as: UTF8.self)
            if name.count < word.count { products.insert(text) } else { others.insert(text) }
        }
        let named = Self.systems.first { others.contains($0.word) }?.system
        if let browser = Self.browsers.first(where: { products.contains($0.0) })?.1 {
            (program, system) = (browser, named)
        } else {
            let name = words.first.flatMap(Self.name)
            // Every browser calls itself Mozilla, which identifies none.
            (program, system) = name == "Mozilla" ? (nil, named) : (name, nil)
        }
    }

    /// Its label: `Firefox on Linux`, `curl`, `unknown device`.
    ///
    /// - Parameter language: The language of the words around the names.
    /// - Returns: At most 32 bytes, in English printable ASCII.
    public func label(in language: Language = .en) -> String {
        switch (program, system) {
        case (let program?, let system?): language.browser(program, on: system.rawValue)
        case (let program?, nil): program
        case (nil, let system?): system.rawValue
        case (nil, nil): language.unknownDevice
        }
    }

    /// The label of the device of a User-Agent.
    public static func label(
        ofUserAgent userAgent: String?, in language: Language = .en
    ) -> String {
        Device(userAgent: userAgent).label(in: language)
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
