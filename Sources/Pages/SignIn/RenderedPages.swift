import Auth
import Synchronization

/// A page that is the same for every visitor of a language, rendered once and kept in memory.
///
/// Shared by all threads. Bounded: one page a language, until the settings change.
final class RenderedPages: Sendable {
    private let pages = Mutex<[Language: Page]>([:])

    /// Everything that the page depends on beside its language.
    struct Basis: Equatable {
        let settings: Settings
        let website: Origin
    }

    private struct Page {
        let basis: Basis
        let body: [UInt8]
    }

    /// The page in a language.
    ///
    /// - Parameters:
    ///   - language: Of the texts.
    ///   - basis: What the page depends on now.
    ///   - render: Renders it where it was not rendered before, or the basis changed.
    /// - Returns: The document.
    func body(in language: Language, _ basis: Basis, render: () -> [UInt8]) -> [UInt8] {
        if let page = pages.withLock({ $0[language] }), page.basis == basis { return page.body }
        let body = render()
        pages.withLock { $0[language] = Page(basis: basis, body: body) }
        return body
    }
}
