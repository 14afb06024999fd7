import Crypto

@testable import Auth

/// Recovery codes as people type them, and what is stored of factors.
enum RecoveryCodeHarness {
    /// The code that is left of an account: the bytes 0 to 9.
    private static let symbols = Array("AAAQEAYEAUDAOCAJ".utf8)
    /// The most bytes of a text that are read.
    private static let maximumTypedBytes = 64

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        try checkUse(String(decoding: input, as: UTF8.self))
        try checkStored(input)
    }

    /// No text but the code is accepted, in either case and with any separators, and it only once.
    private static func checkUse(_ text: String) throws(BrokenProperty) {
        let other = SHA256.digest([1])
        let data = SHA256.digest(Array(0..<10)).bytes + other.bytes
        guard var codes = RecoveryCodes(data: data) else { return }
        let typed = text.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
            .map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
        let isCode = typed == symbols && text.utf8.count <= maximumTypedBytes
        try check(codes.use(text) == isCode, "the code \(text)")
        try check(codes.data == (isCode ? other.bytes : data), "what is left after \(text)")
        try check(!isCode || !codes.use(text), "\(text) twice")
    }

    /// What the store keeps is read in one form or not at all.
    private static func checkStored(_ input: [UInt8]) throws(BrokenProperty) {
        let codes = RecoveryCodes(data: input)
        try check(
            (codes != nil) == input.count.isMultiple(of: Digest.count), "codes of \(input)")
        try check(codes == nil || codes?.data == input, "other codes than \(input)")
        let app = AuthenticatorApp(data: input)
        try check(
            (app != nil) == (input.count == TOTP.secretBytes + 8), "an app of \(input.count) bytes")
        try check(app == nil || app?.data == input, "another app than \(input)")
    }
}
