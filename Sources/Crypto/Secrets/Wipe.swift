import COpenSSL

/// Overwrites the bytes with zeros, in a way the optimiser may not leave out.
///
/// Only this array's own storage is reached: other copies of the array keep theirs. The count
/// stays the same.
public func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count)
    }
}
