import Crypto
import QRCode

/// Codes as people type them, and what an authenticator app is given.
enum CodeHarness {
    private static let seconds: Int64 = 1_234_567_905

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        try checkBase32(input)
        try checkCode(input)
        let text = String(decoding: input, as: UTF8.self)
        try checkKeyURI(text)
        try checkSymbol(text)
        try RecoveryCodeHarness.run(input)
    }

    private static func checkBase32(_ input: [UInt8]) throws(BrokenProperty) {
        guard let bytes = Base32.decode(input) else { return }
        let written = input.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
            .map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
        try check(Base32.encode(bytes).utf8.elementsEqual(written), "a second text of \(bytes)")
        guard let secret = Secret(bytes: bytes) else { return }
        let code = TOTP.code(secret: secret, step: TOTP.step(at: seconds))
        try check(
            code.utf8.count == TOTP.digits && code.utf8.allSatisfy { (0x30...0x39).contains($0) },
            "a code \(code)")
    }

    /// Nothing but the three codes of the time matches, and each only until its step is used.
    private static func checkCode(_ input: [UInt8]) throws(BrokenProperty) {
        guard let secret = Secret(bytes: "12345678901234567890".utf8) else { return }
        let typed = input.filter { $0 != UInt8(ascii: " ") }
        let current = TOTP.step(at: seconds)
        let expected = (current - 1...current + 1).last {
            TOTP.code(secret: secret, step: $0).utf8.elementsEqual(typed)
        }
        let found = TOTP.matchingStep(code: input, secret: secret, at: seconds, after: nil)
        try check(found == expected, "step \(found ?? 0) for \(input)")
        if let found {
            let again = TOTP.matchingStep(code: input, secret: secret, at: seconds, after: found)
            try check(again == nil, "step \(found) twice")
        }
    }

    private static func checkKeyURI(_ text: String) throws(BrokenProperty) {
        guard let secret = Secret(bytes: [1, 2, 3]) else { return }
        let uri = TOTP.keyURI(secret: secret, issuer: text, account: text)
        try check(uri.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "bytes of \(uri)")
        let marks = uri.utf8.filter { "?:&=".utf8.contains($0) }
        try check(marks.elementsEqual("::?=&=&=&=&=".utf8), "delimiters of \(uri)")
    }

    private static func checkSymbol(_ text: String) throws(BrokenProperty) {
        let fits =
            (1...QRSymbol.maximumBytes).contains(text.utf8.count) && !text.utf8.contains(0)
        let symbol = QRSymbol(text)
        try check((symbol != nil) == fits, "a symbol of \(text.utf8.count) bytes")
        guard let symbol else { return }
        try check((21...177).contains(symbol.width), "\(symbol.width) modules")
        let isDrawn = symbol.path.utf8.allSatisfy { "Mhvz- ".utf8.contains($0) || $0 <= 0x39 }
        try check(symbol.path.utf8.starts(with: "M4 4h7v1h-7z".utf8) && isDrawn, symbol.path)
    }
}
