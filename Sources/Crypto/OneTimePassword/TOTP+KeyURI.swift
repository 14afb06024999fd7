import Bytes

extension TOTP {
    /// The address that gives a secret to an authenticator app, mostly as a QR code: the key URI
    /// format of Google Authenticator, which all apps read.
    ///
    /// - Parameters:
    ///   - secret: The key, which is in the address as it is.
    ///   - issuer: What the app shows as the site.
    ///   - account: What it shows as the account, as an email address.
    /// - Returns: Visible ASCII. Colons of the issuer and the account become spaces, since a colon
    ///   parts the two in the label.
    public static func keyURI(secret: Secret, issuer: String, account: String) -> String {
        let issuer = labelText(issuer)
        let key = secret.withBytes { Base32.encode([UInt8](copying: $0)) }
        return "otpauth://totp/\(issuer):\(labelText(account))?secret=\(key)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(digits)&period=\(period)"
    }

    private static func labelText(_ text: String) -> String {
        let colon = UInt8(ascii: ":")
        return PercentEncoding.encoded(text.utf8.map { $0 == colon ? UInt8(ascii: " ") : $0 })
    }
}
