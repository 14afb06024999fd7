import Glibc

/// Overwrites bytes with zeros, in a way the optimiser may not leave out.
///
/// Only this array's own storage is reached: other copies of the array keep theirs.
/// - Parameters:
///   - bytes: The count stays the same.
///   - count: How many of them, from the first; all where there are fewer.
public func wipe(_ bytes: inout [UInt8], first count: Int = .max) {
    unsafe bytes.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return }
        unsafe wipe(start, count: min(count, buffer.count))
    }
}

/// Overwrites memory with zeros, in a way the optimiser may not leave out.
public func wipe(_ start: UnsafeMutableRawPointer, count: Int) {
    unsafe explicit_bzero(start, count)
}
