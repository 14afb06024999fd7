import Auth
import HTTP
import Web

extension PageContext {
    /// The page that sets the server up.
    func setupPage(_ state: SetupState) -> Response {
        cardPage(texts.setUpTitle, lead: texts.setUpIntroduction, isWide: true) {
            state.failure?.summary(texts)
            postForm(Pages.Path.setup, class: "stack wide", hidden: ["code": state.knownCode]) {
                ownerStep(state)
                void("hr")
                siteStep(state)
                void("hr")
                advancedFold(state)
                button(texts.finishSetup, .primary, isBlock: true)
            }
        }
    }

    /// What was typed before; nil for nothing.
    private func kept(_ name: String, _ state: SetupState) -> String? {
        guard state.failure != nil else { return nil }
        let text = posted(name)
        return text.isEmpty ? nil : text
    }

    private func ownerStep(_ state: SetupState) -> HTML {
        step(texts.yourAccount, id: "you", .crescent) {
            p("muted") { texts.ownerIntroduction }
            if case .asked = state.code {
                field(
                    texts.setupCode, name: "code", autocomplete: .off,
                    isFocused: state.failure == nil, hint: texts.setupCodeHint,
                    error: state.failure?["code"])
            }
            pair {
                field(
                    texts.nameOfPerson, name: "username", autocomplete: .name,
                    value: kept("username", state),
                    isFocused: state.failure == nil && !state.asksForCode,
                    error: state.failure?["username"])
                field(
                    texts.email, name: "email", autocomplete: .username, type: .email,
                    value: kept("email", state), error: state.failure?["email"])
            }
            passwordField(
                texts.password, .new(minimumLength: service.minimumPasswordLength),
                hint: texts.newPasswordHint(atLeast: service.minimumPasswordLength),
                error: state.failure?["password"], texts: texts)
        }
    }

    private func siteStep(_ state: SetupState) -> HTML {
        let origins = service.settingsOrigins
        return step(texts.siteStepTitle, id: "site", .half) {
            field(
                texts.siteNameLabel, name: "siteName", autocomplete: .organization,
                value: kept("siteName", state) ?? siteName, presence: .unmarked,
                hint: texts.siteAbout, error: state.failure?["siteName"],
                locked: origins.siteName.fixedBy.map(text))
            if let place = origins.websiteURL.fixedBy {
                field(
                    texts.websiteLabel, name: "websiteUrl", autocomplete: .url, type: .url,
                    value: "\(service.websiteURL)", presence: .unmarked, locked: text(place))
            } else if let origin = state.connection.origin {
                addressChoices(origin, state)
            } else {
                websiteField(state, suggestion: "\(service.websiteURL)")
            }
            connectionNotice(state.connection)
        }
    }

    private func addressChoices(_ origin: Origin, _ state: SetupState) -> HTML {
        let chosen = kept("address", state)
        let isDetected =
            chosen.map { $0 == "detected" && state.failure?["websiteUrl"] == nil }
            ?? state.isAddressPlausible
        let suggestion = state.isAddressPlausible ? nil : "https://\(origin.host)"
        return choices(texts.isAddressRight("\(origin)")) {
            radio(
                texts.addressIsRight, name: "address", value: "detected", isOn: isDetected,
                hint: texts.addressIsRightHint)
            radio(texts.useOtherAddress, name: "address", value: "other", isOn: !isDetected)
            depends { websiteField(state, suggestion: suggestion) }
        }
    }

    private func websiteField(_ state: SetupState, suggestion: String?) -> HTML {
        field(
            texts.websiteLabel, name: "websiteUrl", autocomplete: .url, type: .url,
            value: kept("websiteUrl", state) ?? suggestion, presence: .unmarked,
            hint: texts.websiteHint, error: state.failure?["websiteUrl"])
    }

    private func connectionNotice(_ connection: ConnectionReview) -> HTML {
        switch connection.finding {
        case .thisMachine: notice(.info, text: texts.onThisMachine)
        case .encrypted:
            notice(
                .success,
                text: texts.encrypted(
                    connection.client.map { address in span("mono") { "\(address)" } }))
        case .untrustedProxy(let address):
            notice(
                .warning, texts.untrustedProxyTitle,
                text: texts.untrustedProxy(span("mono") { "\(address)" }), level: .third)
        case .unnamedClient:
            notice(
                .warning, texts.unnamedClientTitle, text: texts.unnamedClient, level: .third)
        case .changedHost:
            notice(.warning, texts.changedHostTitle, text: texts.changedHost, level: .third)
        case .unknownScheme:
            notice(
                .warning, texts.unknownSchemeTitle, text: texts.unknownScheme, level: .third)
        case .unencrypted:
            notice(.warning, texts.unencryptedTitle, text: texts.unencrypted, level: .third)
        }
    }

    private func advancedFold(_ state: SetupState) -> HTML {
        let advanced: Set = ["databaseName", "retentionPeriod", "migrationType"]
        let retention = Period.standardRetention.text
        return fold(
            texts.advanced, isOpen: state.failure?.concerns(advanced) ?? false
        ) {
            element("section", .class("stack"), .aria(.label, texts.advanced)) {
                pair {
                    field(
                        texts.databaseNameLabel, name: "databaseName", autocomplete: .off,
                        type: .pattern(#"[A-Za-z0-9_\-]{1,64}"#),
                        value: kept("databaseName", state),
                        presence: .optional(mark: texts.optional), hint: texts.databaseNameHint,
                        error: state.failure?["databaseName"])
                    retentionField(
                        selected: kept("retentionPeriod", state) ?? retention,
                        error: state.failure?["retentionPeriod"])
                }
                migrationField(
                    selected: kept("migrationType", state) ?? "automatic",
                    error: state.failure?["migrationType"])
            }
        }
    }
}

extension SetupState {
    fileprivate var knownCode: String? {
        if case .known(let code) = code { code } else { nil }
    }

    fileprivate var asksForCode: Bool {
        if case .asked = code { true } else { false }
    }
}
