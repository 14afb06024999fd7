import Auth
import HTTP
import Web

/// Why a form failed: said beside its fields and, with links to them, in a summary above the form.
struct FormFailure {
    private let objections: [Objection]
    private let error: RequestError
    private let title: String?
    private let idPrefix: String

    private struct Objection {
        /// The name of the field.
        let field: String
        let text: String
    }

    /// A failure; nil where the form would not help: the general page of the error says more.
    ///
    /// - Parameters:
    ///   - error: Of the request.
    ///   - labels: The fields that are seen, in their order, by name.
    ///   - fields: The fields that errors of the domain are about.
    ///   - sentences: What is said beside those fields instead of the general sentences.
    ///   - title: What was not done; nil for the title of the error.
    ///   - idPrefix: What the id of a field has before its name, where several forms of the page have it.
    ///   - texts: Of the page.
    init?(
        _ error: RequestError, labels: KeyValuePairs<String, String>,
        about fields: [ErrorCode: String] = [:], saying sentences: [ErrorCode: String] = [:],
        title: String? = nil, idPrefix: String = "",
        texts: any Texts
    ) {
        switch error {
        case .domain(.invalidInput(let inputs)), .missingCredentials(let inputs):
            objections = labels.compactMap { name, label in
                inputs.first { $0.field == name }.map {
                    Objection(field: name, text: texts.objection($0.rule, to: label))
                }
            }
            // A field that is not seen was changed by a program, or is of an older page.
            guard !objections.isEmpty else { return nil }
        case .crossOrigin, .notFound, .methodNotAllowed, .unsupportedMediaType,
            .unsupportedContentCoding, .malformedJSON, .prefetch, .redirected, .domain(.notFound),
            .refused(.message):
            return nil
        case .domain, .refused:
            let text =
                sentences[error.code]
                ?? "\(texts.title(of: error.code)). \(texts.advice(for: error.code))"
            objections = fields[error.code].map { [Objection(field: $0, text: text)] } ?? []
        }
        self.error = error
        self.title = title
        self.idPrefix = idPrefix
    }

    /// Whether a page of signed-in people may show an error: not to a client who may not see the page, not
    /// to another site, and not where the request was not understood.
    static func mayShow(_ error: RequestError) -> Bool {
        switch error.code {
        case .unauthenticated, .invalidToken, .tokenExpired, .apiKeyNotAllowed, .insufficientScope,
            .crossOrigin, .contentTooLarge, .requestTimeout, .malformedRequest, .notFound:
            false
        default: true
        }
    }

    /// What is wrong with a field.
    subscript(field: String) -> FieldError? {
        objections.first { $0.field == field }.map { .message($0.text) }
    }

    /// Whether one of some fields is wrong.
    func concerns(_ fields: Set<String>) -> Bool {
        objections.contains { fields.contains($0.field) }
    }

    /// The notice above the form.
    ///
    /// - Parameters:
    ///   - texts: Of the page.
    ///   - level: Of its title among the headings of the page.
    /// - Returns: The notice, which has the focus.
    func summary(_ texts: any Texts, level: HeadingLevel = .second) -> HTML {
        let isTemporary = error.retryAfter != nil
        return notice(
            isTemporary ? .warning : .error,
            title
                ?? (objections.isEmpty
                    ? texts.title(of: error.code) : texts.title(of: .invalidRequest)),
            follows: .action, level: level
        ) {
            if objections.isEmpty {
                p {
                    if title != nil { "\(texts.title(of: error.code)). " }
                    texts.advice(for: error.code)
                }
                if let seconds = error.retryAfter, seconds > 1 {
                    p { texts.tryAgain(inSeconds: seconds) }
                }
            }
            for objection in objections {
                p { a("#\(idPrefix)\(objection.field)") { objection.text } }
            }
        }
    }
}
