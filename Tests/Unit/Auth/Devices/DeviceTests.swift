import Auth
import Testing

struct DeviceTests {
    private static let mozilla = "Mozilla/5.0"
    private static let webKit = "AppleWebKit/537.36 (KHTML, like Gecko)"
    private static let appleWebKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)"

    private static let browsers: [(label: String, userAgent: String)] = [
        ("Firefox on Linux", "(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
        ("Firefox on Linux", "(X11; Ubuntu; rv:140.0) Gecko/20100101 Firefox/140.0"),
        (
            "Firefox on Windows",
            "(Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
        ),
        (
            "Firefox on macOS",
            "(Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0"
        ),
        ("Firefox on Android", "(Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"),
        (
            "Firefox on iPhone",
            "(iPhone; CPU iPhone OS 18_5 like Mac OS X) \(appleWebKit) FxiOS/140.0 Mobile/15E148 Safari/605.1.15"
        ),
        (
            "Chrome on Windows",
            "(Windows NT 10.0; Win64; x64) \(webKit) Chrome/138.0.0.0 Safari/537.36"
        ),
        (
            "Chrome on ChromeOS",
            "(X11; CrOS x86_64 14541.0.0) \(webKit) Chrome/138.0.0.0 Safari/537.36"
        ),
        (
            "Chrome on Android",
            "(Linux; Android 10; K) \(webKit) Chrome/138.0.0.0 Mobile Safari/537.36"
        ),
        (
            "Chrome on iPad",
            "(iPad; CPU OS 18_5 like Mac OS X) \(appleWebKit) CriOS/138.0.7204.53 Mobile/15E148 Safari/604.1"
        ),
        (
            "Edge on Windows",
            "(Windows NT 10.0; Win64; x64) \(webKit) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"
        ),
        (
            "Edge on Android",
            "(Linux; Android 10; Pixel 3 XL) \(webKit) Chrome/138.0.0.0 Mobile Safari/537.36 EdgA/138.0.0.0"
        ),
        (
            "Opera on macOS",
            "(Macintosh; Intel Mac OS X 10_15_7) \(webKit) Chrome/137.0.0.0 Safari/537.36 OPR/122.0.0.0"
        ),
        (
            "Safari on macOS",
            "(Macintosh; Intel Mac OS X 10_15_7) \(appleWebKit) Version/18.5 Safari/605.1.15"
        ),
        (
            "Safari on iPhone",
            "(iPhone; CPU iPhone OS 18_5 like Mac OS X) \(appleWebKit) Version/18.5 Mobile/15E148 Safari/604.1"
        ),
        (
            "Safari on iPad",
            "(iPad; CPU OS 16_7 like Mac OS X) \(appleWebKit) Version/16.7 Mobile/15E148 Safari/604.1"
        ),
        (
            "Samsung Internet on Android",
            "(Linux; Android 10; K) \(webKit) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"
        ),
        // A phone whose model name contains a browser's name.
        ("Chrome on Android", "(Linux; Android 13; Edge 30; Opera) \(webKit) Chrome/138.0.0.0"),
        ("iPhone", "(iPhone; CPU iPhone OS 18_5 like Mac OS X) \(appleWebKit) Mobile/15E148"),
        ("Firefox", "Firefox/140.0"),
        ("unknown device", "(compatible; Unknown)"),
    ]

    @Test(arguments: browsers)
    func `a browser is labelled with its name and system`(label: String, userAgent: String) {
        #expect(Device.label(ofUserAgent: "\(Self.mozilla) \(userAgent)") == label)
    }

    @Test(arguments: [
        ("curl/8.14.1", "curl"), ("Wget/1.25.0", "Wget"), ("Go-http-client/2.0", "Go-http-client"),
        ("python-requests/2.32.4", "python-requests"),
        ("okhttp/4.12.0 (Linux; Android 14)", "okhttp"),
        ("Opera/9.80 (Windows NT 6.1) Presto/2.12 Version/12.18", "Opera on Windows"),
        ("MyApp", "MyApp"), ("  MyApp/1 CFNetwork/1490 Darwin/23.2.0", "MyApp"),
    ])
    func `a program is labelled with its first product token`(userAgent: String, label: String) {
        #expect(Device.label(ofUserAgent: userAgent) == label)
    }

    @Test(arguments: [
        nil, "", " ", "()", ";;;", "/", "/1.0", "<b>x</b>", "\u{1F4A9}", "\"curl/8\"",
    ])
    func `a User-Agent without a product is an unknown device`(userAgent: String?) {
        #expect(Device.label(ofUserAgent: userAgent) == "unknown device")
    }

    @Test(arguments: [
        ("evil.example/your-account", "evil"), ("http://evil.example", "http"),
        ("a@b.example", "a"), ("Sam's", "Sam"), ("caf\u{E9}/1", "caf"),
    ])
    func `a label never contains an address`(userAgent: String, label: String) {
        #expect(Device.label(ofUserAgent: userAgent) == label)
    }

    @Test func `a label is at most 32 printable ASCII characters`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...600, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let label = Device.label(ofUserAgent: String(decoding: bytes, as: UTF8.self))
            #expect((1...32).contains(label.utf8.count))
            #expect(label.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        }
        let long = Device.label(ofUserAgent: String(repeating: "a", count: 100_000))
        #expect(long == String(repeating: "a", count: 32))
    }

    @Test func `only the first 256 bytes of the User-Agent are read`() {
        let comment = String(repeating: "x ", count: 128)
        #expect(Device.label(ofUserAgent: comment + "Firefox/140.0") == "x")
    }
}
