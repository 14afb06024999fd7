/// A part that mails of every kind include: `{{>header}}`, `{{>footer}}`.
enum MailPart: CaseIterable {
    /// What a page begins with: the document, its head and the name of the site.
    case pageHeader
    /// What a page ends with: the site, and where people get help.
    case pageFooter
    /// What a plain text ends with.
    case textFooter

    /// The name by which templates include it, and that of its file.
    var name: String {
        switch self {
        case .pageHeader: "header"
        case .pageFooter, .textFooter: "footer"
        }
    }

    /// The suffix of its file.
    var suffix: TemplateFiles.Suffix {
        switch self {
        case .pageHeader, .pageFooter: .html
        case .textFooter: .txt
        }
    }

    /// The file in the program.
    func builtIn(in language: MailLanguage) -> [UInt8] {
        switch (self, language) {
        case (.pageHeader, .en): PackageResources.header_html
        case (.pageFooter, .en): PackageResources.footer_html
        case (.textFooter, .en): PackageResources.footer_txt
        case (.pageHeader, .de): PackageResources.header_de_html
        case (.pageFooter, .de): PackageResources.footer_de_html
        case (.textFooter, .de): PackageResources.footer_de_txt
        }
    }
}
