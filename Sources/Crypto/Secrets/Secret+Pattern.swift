extension Secret {
    /// Whether its bytes follow a pattern, as those do that a person typed to get a server going: one
    /// half byte or a short sequence of them over and over, or steps of one size (zeros included).
    ///
    /// Random bytes of a key's length never do.
    public var isPattern: Bool {
        withBytes { bytes in
            let digits = 2 * bytes.count
            func digit(_ index: Int) -> UInt8 {
                index.isMultiple(of: 2) ? bytes[index / 2] >> 4 : bytes[index / 2] & 0xF
            }
            let isRepeated = (1...max(1, digits / 2)).contains { period in
                (period..<max(period, digits)).allSatisfy { digit($0) == digit($0 - period) }
            }
            let step = bytes.count > 1 ? bytes[1] &- bytes[0] : 0
            let isRegular = bytes.indices.dropFirst().allSatisfy {
                bytes[$0] &- bytes[$0 - 1] == step
            }
            return isRepeated || isRegular
        }
    }
}
