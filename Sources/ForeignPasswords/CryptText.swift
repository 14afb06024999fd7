import Bytes
import Crypto

/// Texts in the base 64 of crypt(5).
enum CryptText {
    private static let symbols = Array(
        "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The value of a symbol; nil for another byte.
    static func value(of symbol: UInt8) -> Int? { symbols.firstIndex(of: symbol) }

    /// Random symbols, which decode to bytes whatever the form: the last one is the symbol of zero.
    static func random(_ count: Int) -> Substring {
        let bytes = Random.bytes(count - 1).map { symbols[Int($0 & 63)] } + [symbols[0]]
        return Substring(String(decoding: bytes, as: UTF8.self))
    }

    /// Whether symbols are bytes, four of them three bytes with the low bits first, as yescrypt has them.
    static func isBytes(_ text: Substring) -> Bool {
        guard text.utf8.allSatisfy(\.isCryptSymbol), text.utf8.count % 4 != 1 else { return false }
        guard let last = text.utf8.last.flatMap(value(of:)) else { return true }
        return switch text.utf8.count % 4 {
        case 2: last < 1 << 2
        case 3: last < 1 << 4
        default: true
        }
    }
}

/// Whether the end of a computed hash is a key, compared in constant time.
func isEqualKey(_ computed: ArraySlice<UInt8>, _ key: Substring) -> Bool {
    constantTimeEquals(computed, key.utf8)
}
