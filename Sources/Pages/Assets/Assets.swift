import Auth
import Synchronization

/// The style sheet, the script and the logo, compressed in memory.
///
/// Shared by all threads.
final class Assets: Sendable {
    /// The script of every page.
    let script = Asset(Array(Script.text.utf8), .script)
    /// The script of pages where a passkey may be used.
    let passkeyScript = Asset(Array(PasskeyScript.text.utf8), .script)
    /// The logo of the site; nil where it has none.
    let logo: Asset?
    /// Style sheets by accent, the last used at the end.
    private let styleSheets = Mutex<[(accent: SiteAccent, asset: Asset)]>([])

    /// How many accents are kept: pages of the one before may still load their style sheet.
    private static let keptAccents = 3

    /// Assets with a logo.
    init(logo: SiteLogo?) {
        self.logo = logo.map { Asset($0.bytes, .image($0.format)) }
    }

    /// The style sheet with an accent; compressed when it is first used.
    func styleSheet(_ accent: SiteAccent) -> Asset {
        styleSheets.withLock { kept in
            if let last = kept.last, last.accent == accent { return last.asset }
            let asset =
                if let index = kept.firstIndex(where: { $0.accent == accent }) {
                    kept.remove(at: index).asset
                } else {
                    Asset(Array(StyleSheet.text(accent: accent).utf8), .styleSheet)
                }
            kept.append((accent, asset))
            if kept.count > Self.keptAccents { kept.removeFirst() }
            return asset
        }
    }

    /// The asset at a path; nil where there is none.
    ///
    /// - Parameters:
    ///   - path: Of a request.
    ///   - accent: The present one, whose style sheet may not have been used since the start.
    /// - Returns: The asset.
    func asset(at path: ArraySlice<UInt8>, accent: SiteAccent) -> Asset? {
        let present = [styleSheet(accent), script, passkeyScript] + (logo.map { [$0] } ?? [])
        let earlier = styleSheets.withLock { $0.dropLast().map(\.asset) }
        return (present + earlier).first { path.elementsEqual($0.path.utf8) }
    }
}
