/// One-time codes of the time (RFC 6238) in the one form that every authenticator app reads: SHA-1,
/// six digits, a new code each 30 seconds.
public enum TOTP {
    /// Digits of a code.
    public static let digits = 6
    /// Seconds for which an app shows one code.
    public static let period: Int64 = 30
    /// Bytes of a new secret: the length of the HMAC's output (RFC 4226 §4, R6).
    public static let secretBytes = HMACSHA1.count

    /// How many steps the clock of an app may be early or late (RFC 6238 §5.2).
    private static let skew: Int64 = 1

    /// The number of the 30 seconds that a time is in.
    ///
    /// - Parameter seconds: Since 1970, UTC.
    /// - Returns: The step, rounded down before 1970 as well.
    public static func step(at seconds: Int64) -> Int64 {
        let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: period)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The code of a step.
    public static func code(secret: Secret, step: Int64) -> String {
        HOTP.code(secret: secret, counter: UInt64(bitPattern: step), digits: digits)
    }

    /// The step whose code this is, out of the current one and its two neighbours.
    ///
    /// Always compares with all three, in constant time. The caller stores the step in the transaction
    /// that acts on it, so that no code is accepted twice (RFC 6238 §5.2).
    /// - Parameters:
    ///   - code: As typed: six digits, spaces anywhere.
    ///   - secret: That of the app.
    ///   - seconds: The time, since 1970, UTC.
    ///   - lastUsedStep: The step that was accepted last; it and all before it never match.
    /// - Returns: The step, the latest where two have the same code: the code is used up with it. Nil
    ///   for a wrong code.
    public static func matchingStep(
        code: some Collection<UInt8>, secret: Secret, at seconds: Int64, after lastUsedStep: Int64?
    ) -> Int64? {
        let typed = code.filter { $0 != UInt8(ascii: " ") }
        let current = step(at: seconds)
        var match: Int64?
        for step in current - skew...current + skew {
            let isEqual = constantTimeEquals(
                typed, Array(self.code(secret: secret, step: step).utf8))
            if isEqual, lastUsedStep.map({ step > $0 }) ?? true { match = step }
        }
        return match
    }
}
