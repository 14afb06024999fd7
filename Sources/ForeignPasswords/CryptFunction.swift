import Bytes
import CCrypt
import Glibc

/// crypt(3) of libxcrypt.
enum CryptFunction {
    /// The most bytes of a password that libxcrypt takes.
    static let maximumBytes = Int(CRYPT_MAX_PASSPHRASE_SIZE) - 1

    /// Hashes a password.
    ///
    /// - Parameters:
    ///   - password: Without a zero byte, at most `maximumBytes`; the caller wipes it.
    ///   - setting: Form, cost and salt, checked before.
    ///   - form: The name of the form.
    /// - Returns: The whole hash.
    /// - Throws: For want of memory.
    static func hash(
        _ password: ArraySlice<UInt8>, setting: String, form: String
    ) throws(ForeignHashFault) -> [UInt8] {
        var phrase = Array(password) + [0]
        defer { wipe(&phrase) }
        let size = MemoryLayout<crypt_data>.size
        let output = unsafe phrase.withUnsafeBytes { phrase -> [UInt8]? in
            // On the heap: 32 KiB, of which libxcrypt erases its own part.
            let data = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
            unsafe data.initializeMemory(as: UInt8.self, repeating: 0, count: size)
            defer {
                unsafe wipe(data, count: size)
                unsafe data.deallocate()
            }
            guard
                let text = unsafe crypt_rn(
                    phrase.baseAddress?.assumingMemoryBound(to: CChar.self), setting, data,
                    Int32(size))
            else { return nil }
            let count = unsafe strlen(text)
            return unsafe Array(UnsafeRawBufferPointer(start: text, count: count))
        }
        guard let output else { throw ForeignHashFault(form: form) }
        return output
    }

    /// Hashes a password that may be any bytes, and compares the key at the end in constant time.
    ///
    /// The libraries of other systems end a password at a zero byte, too, so one that has such a byte cannot
    /// have been hashed as a whole: it matches no hash, after the same work.
    /// - Parameters:
    ///   - password: The bytes.
    ///   - setting: Form, cost and salt, checked before.
    ///   - key: The end of the hash.
    ///   - form: The name of the form.
    ///   - limit: How many bytes count; more make no difference where `isTruncating`, else match no hash.
    ///   - isTruncating: Whether the form ignores further bytes.
    /// - Returns: Whether the hash is that of the password.
    /// - Throws: For want of memory.
    static func matches(
        _ password: [UInt8], setting: String, key: Substring, form: String,
        limit: Int = maximumBytes, isTruncating: Bool = false
    ) throws(ForeignHashFault) -> Bool {
        let hasZero = password.contains(0)
        let isTooLong = password.count > limit && !isTruncating
        let phrase = hasZero ? [] : password.prefix(limit)
        let output = try hash(phrase, setting: setting, form: form)
        let isEqual = isEqualKey(output.suffix(key.utf8.count), key)
        return isEqual && !hasZero && !isTooLong
    }
}
