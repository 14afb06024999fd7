extension English: SetupTexts {
    var setUpTitle: String { "Welcome to lunauth" }
    var setUpIntroduction: String {
        "Create the owner account and check the address of this server. You can change the rest later "
            + "in Settings."
    }
    var setUpFailed: String { "The server was not set up" }
    var setupCode: String { "Setup code" }
    var setupCodeHint: String {
        "It is in the log of the server, in the line that begins with “no owner exists yet”."
    }

    var ownerIntroduction: String {
        "You become the owner, who manages all settings and accounts."
    }

    var siteStepTitle: String { "Your site" }
    func isAddressRight(_ address: String) -> String {
        "The server sees the address \(address). Is this right?"
    }
    var addressIsRight: String { "Yes, people will use this address" }
    var addressIsRightHint: String { "Used for links in email and for cookies." }
    var useOtherAddress: String { "No, use another address" }

    var onThisMachine: String {
        "Your browser runs on the same machine as the server. Before others use it, put a proxy with "
            + "https in front, and set the public address."
    }
    func encrypted(_ address: HTML?) -> HTML {
        html {
            "The connection is encrypted, and the proxy forwards the addresses of clients."
            if let address {
                " Yours is "
                address
                "."
            }
        }
    }
    var untrustedProxyTitle: String { "The proxy is not trusted" }
    func untrustedProxy(_ address: HTML) -> HTML {
        html {
            "Requests come from "
            address
            " with forwarding headers, which are ignored. If this is your proxy, add it to "
            code { "trustedProxies" }
            " in the configuration and reload this page."
        }
    }
    var unnamedClientTitle: String { "The proxy does not forward client addresses" }
    var unnamedClient: HTML {
        html {
            "All people would share one address and its limits. Let the proxy send "
            code { "X-Forwarded-For" }
            " and reload this page."
        }
    }
    var changedHostTitle: String { "The proxy changes the host" }
    var changedHost: HTML {
        html {
            "Let it pass the "
            code { "Host" }
            " field of the browser on and reload this page, or enter the public address above."
        }
    }
    var unknownSchemeTitle: String { "The proxy does not say whether the connection is encrypted" }
    var unknownScheme: HTML {
        html {
            "Let it send "
            code { "X-Forwarded-Proto" }
            " and reload this page, or enter the https address above."
        }
    }
    var unencryptedTitle: String { "This connection is not encrypted" }
    var unencrypted: String {
        "Others on the network can read your password. Open this page with https before you continue."
    }

    var advanced: String { "Advanced" }
    var databaseNameLabel: String { "Database name" }
    var databaseNameHint: String {
        "Letters, digits, hyphens and underscores. Empty keeps the current database."
    }
    var finishSetup: String { "Finish setup" }

    var setUpAlready: String { "This server is set up already" }
    var setUpAlreadyLead: String { "Sign in as the owner to manage it." }
}
