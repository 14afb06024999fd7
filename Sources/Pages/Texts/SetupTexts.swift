/// What the page says that sets the server up.
protocol SetupTexts {
    var setUpTitle: String { get }
    var setUpIntroduction: String { get }
    var setUpFailed: String { get }
    var setupCode: String { get }
    var setupCodeHint: String { get }

    // MARK: The owner
    var ownerIntroduction: String { get }

    // MARK: The site
    var siteStepTitle: String { get }
    func isAddressRight(_ address: String) -> String
    var addressIsRight: String { get }
    var addressIsRightHint: String { get }
    var useOtherAddress: String { get }

    // MARK: The connection
    var onThisMachine: String { get }
    func encrypted(_ address: HTML?) -> HTML
    var untrustedProxyTitle: String { get }
    func untrustedProxy(_ address: HTML) -> HTML
    var unnamedClientTitle: String { get }
    var unnamedClient: HTML { get }
    var changedHostTitle: String { get }
    var changedHost: HTML { get }
    var unknownSchemeTitle: String { get }
    var unknownScheme: HTML { get }
    var unencryptedTitle: String { get }
    var unencrypted: String { get }

    // MARK: The rest
    var advanced: String { get }
    var databaseNameLabel: String { get }
    var databaseNameHint: String { get }
    var finishSetup: String { get }

    // MARK: Afterwards
    var setUpAlready: String { get }
    var setUpAlreadyLead: String { get }
}
