/// A request that a browser sends for its person: it opens a page, or posts the form of one.
enum BrowserRequest {
    /// Opens the sign-in page, with the cookie of a session or without one.
    case signInPage(Int?)
    /// Posts the form of the sign-in page.
    case signIn(isPasswordRight: Bool)
    /// Opens the account page.
    case accountPage(Int?)
    /// Posts the form of the account page that changes the name.
    case changeName(String, Int)
    /// Posts the form that every page has.
    case signOut(Int)

    /// The fields that a browser sends with each of them.
    static let fields = [
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Sec-Fetch-Site: same-origin",
    ]
}

extension BrowserRequest {
    /// The request line, the fields and the form.
    func request(of person: AccountModel) -> (String, [String], String?) {
        switch self {
        case .signInPage(let session):
            ("GET /auth/login HTTP/1.1", fields(of: session, person), nil)
        case .signIn(let isPasswordRight):
            (
                "POST /auth/login HTTP/1.1", Self.fields,
                Self.form([
                    ("email", person.email),
                    ("password", isPasswordRight ? AccountModel.password : "not it at all"),
                ])
            )
        case .accountPage(let session):
            ("GET /auth/account HTTP/1.1", fields(of: session, person), nil)
        case .changeName(let name, let session):
            (
                "POST /auth/me/update HTTP/1.1", fields(of: session, person),
                Self.form([("name", name), ("language", "")])
            )
        case .signOut(let session):
            (
                "POST /auth/logout HTTP/1.1", fields(of: session, person),
                Self.form([("return_to", "")])
            )
        }
    }

    private func fields(of session: Int?, _ person: AccountModel) -> [String] {
        Self.fields + person.fields(of: session, byCookie: true)
    }

    /// A form, of values with no other special characters than these.
    private static func form(_ fields: [(name: String, value: String)]) -> String {
        fields.map { name, value in
            "\(name)=\(value.replacing("@", with: "%40").replacing(" ", with: "+"))"
        }.joined(separator: "&")
    }
}

extension ReceivedResponse {
    /// Whether it is a page.
    var isPage: Bool { fields["content-type"]?.hasPrefix("text/html") ?? false }

    /// Whether it redirects to an address that begins like this.
    func redirects(to start: String) -> Bool {
        status == 303 && fields["location"]?.hasPrefix(start) ?? false
    }
}
